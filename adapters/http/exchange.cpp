// SPDX-License-Identifier: MIT
#include "adapters/http/exchange.h"

#include <nlohmann/json.hpp>

namespace stageclock::front {

Response to_response(const Problem& problem) {
    nlohmann::ordered_json json;
    json["type"] = "urn:stageclock:problem:" + problem.word;
    json["title"] = problem.title;
    json["status"] = problem.status;
    json["detail"] = problem.detail;
    if (!problem.errors.empty()) {
        auto& errors = json["errors"] = nlohmann::ordered_json::array();
        for (const FieldProblem& error : problem.errors) {
            errors.push_back({{"pointer", error.pointer}, {"detail", error.detail}});
        }
    }
    if (!problem.clauses.empty()) json["clauses"] = problem.clauses;
    Response response;
    response.status = problem.status;
    response.content_type = "application/problem+json";
    response.body =
        json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    return response;
}

bool is_from_elsewhere(const Request& request) {
    const std::string* site = request.header("sec-fetch-site");
    return site != nullptr && *site != "same-origin" && *site != "none";
}

Response unauthorised(const std::string& detail) {
    Response response =
        to_response({401, "unauthorised", "A valid token is needed", detail, {}, {}});
    response.headers = {{"WWW-Authenticate", "Basic realm=\"stageclock\", charset=\"UTF-8\""},
                        {"WWW-Authenticate", "Bearer realm=\"stageclock\""}};
    return response;
}

}  // namespace stageclock::front

// SPDX-License-Identifier: MIT
#include "adapters/http/sandbox_clock.h"

#include <nlohmann/json.hpp>
#include <openssl/rand.h>

#include "adapters/http/fields.h"
#include "adapters/http/pages.h"
#include "adapters/support/crypto.h"
#include "adapters/support/form.h"

namespace stageclock::front {
namespace {

constexpr std::string_view path = "/sandbox/clock";
constexpr std::size_t longest_by = 40;

int status_of(const Error& error) {
    switch (error.code) {
        case Code::invalid_input: return 422;
        case Code::refused: return 403;
        case Code::unavailable: return 503;
        default: return 500;
    }
}

Setting setting_of(const Desk& desk) { return {desk.zone(), desk.now(), desk.sandbox()}; }

}  // namespace

SandboxClock::SandboxClock(Desk& desk) : desk_(desk), secret_(32, '\0') {
    RAND_bytes(reinterpret_cast<unsigned char*>(secret_.data()), static_cast<int>(secret_.size()));
}

std::string SandboxClock::form_token() const {
    return crypto::to_hex(crypto::hmac_sha256(secret_, path)).substr(0, 32);
}

std::optional<Response> SandboxClock::admit(const Request& head) const {
    const std::string type = head.media_type();
    if (type == form::media_type || type == "application/json") return std::nullopt;
    return to_response(
        {415, "media-type", "Unsupported media type", "Send a form or application/json.", {}, {}});
}

Response SandboxClock::answer(const Request& request) {
    return request.media_type() == form::media_type ? from_form(request) : from_json(request);
}

Response SandboxClock::from_form(const Request& request) {
    const auto fields = form::fields_of(request.body);
    const auto value = [&](const char* name) { return form::field_of(fields, name); };
    if (is_from_elsewhere(request) || !crypto::constant_time_equal(value("token"), form_token())) {
        return sorry_page(403, "Please send the form again",
                          "This form was not made by the page it should come from, or it is older "
                          "than the daemon. Go back to the start and send it from there.");
    }
    const std::string by = value("by");
    const auto now = by.size() <= longest_by
                         ? desk_.forward(by)
                         : Result<Instant>(Error{Code::invalid_input,
                                                 "That is too long for a length of time.", "by"});
    if (now) {
        Response response;
        response.status = 303;
        response.headers.push_back({"Location", "/"});
        return response;
    }
    if (now.error().code == Code::refused) {
        return sorry_page(403, "Not in a live daemon", now.error().what);
    }
    Response response =
        start_page(setting_of(desk_), desk_.boards(), form_token(), now.error().what);
    response.status = status_of(now.error());
    return response;
}

Response SandboxClock::from_json(const Request& request) {
    const auto json = parse_json(request.body);
    if (!json) {
        return to_response(
            {400, "malformed-json", "The body is not readable JSON", json.error().what, {}, {}});
    }
    std::vector<FieldProblem> problems;
    Fields fields(&*json, "", problems);
    const std::string by = fields.required("by", longest_by);
    fields.no_others();
    if (!fields.present() && problems.empty()) problems.push_back({"", "must be an object"});
    if (!problems.empty()) {
        return to_response({422,
                            "malformed-field",
                            "Some fields are not as they must be",
                            "Send {\"by\": \"5 working days\"}.",
                            problems,
                            {}});
    }
    const auto now = desk_.forward(by);
    if (!now) {
        return to_response({status_of(now.error()),
                            "clock",
                            "The clock was not moved",
                            now.error().what,
                            {{"/by", now.error().what}},
                            {}});
    }
    const nlohmann::ordered_json answer{{"now", to_rfc3339(*now)},
                                        {"words", to_words(*now, desk_.zone())}};
    Response response;
    response.content_type = "application/json";
    response.body = answer.dump(2) + "\n";
    return response;
}

}  // namespace stageclock::front

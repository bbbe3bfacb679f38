// SPDX-License-Identifier: MIT
#include "adapters/http/migration.h"

#include <nlohmann/json.hpp>

#include "adapters/http/fields.h"
#include "adapters/http/limits.h"
#include "adapters/http/webhook.h"

namespace stageclock::front {

Response answer_migration(Desk& desk, const Request& request) {
    const auto json = parse_json(request.body);
    if (!json) {
        return to_response(
            {400, "malformed-json", "The body is not readable JSON", json.error().what, {}, {}});
    }
    std::vector<FieldProblem> problems;
    Fields fields(&*json, "", problems);
    const std::string ref = fields.required("ref", limits::id_bytes);
    const std::string reason = fields.required("reason", limits::text_bytes, Text::prose);
    fields.no_others();
    if (!fields.present() && problems.empty()) problems.push_back({"", "must be an object"});
    if (!problems.empty()) {
        return to_response({422,
                            "malformed-field",
                            "Some fields are not as they must be",
                            "Send {\"ref\": \"CSCP-2026-0042\", \"reason\": \"...\"}.",
                            problems,
                            {}});
    }
    const Answer answer = desk.migrate(ref, reason);
    if (answer.kind == Answer::Kind::accepted || answer.kind == Answer::Kind::repeated) {
        Response response;
        response.content_type = "application/json";
        response.body = answer_json(answer);
        return response;
    }
    if (answer.refusal) {
        return to_response({422,
                            std::string(to_text(answer.refusal->reason)),
                            "The case was not migrated",
                            answer.refusal->what,
                            {},
                            {}});
    }
    return to_response({503, "unavailable", "Not stored", "Please try again later.", {}, {}});
}

}  // namespace stageclock::front

// SPDX-License-Identifier: MIT
#include "adapters/notify/mattermost/mattermost_door.h"

#include <nlohmann/json.hpp>

#include "adapters/notify/mattermost/mattermost.h"
#include "adapters/notify/web/json_message.h"
#include "adapters/support/crypto.h"
#include "adapters/support/form.h"

namespace stageclock::mattermost {
namespace {

using Json = nlohmann::json;
using front::Request;
using front::Response;

// The member of an object; null when there is none.
Json at(const Json& json, const char* key) {
    return json.is_object() ? json.value(key, Json()) : Json();
}

std::string text_at(const Json& json, const char* key) {
    const Json text = at(json, key);
    return text.is_string() ? text.get<std::string>() : std::string();
}

Response json_answer(const Json& json) {
    return {200, "application/json", json.dump(-1, ' ', false, Json::error_handler_t::replace), {}};
}

class MattermostDoor final : public front::Door {
public:
    explicit MattermostDoor(const notify::DoorParts& parts) : app_(parts.app), desk_(parts.desk) {}

    std::string path() const override { return "/chat/v1/" + app_.id; }

    Response answer(const Request& request) override {
        if (request.media_type() == form::media_type) {
            return command(form::fields_of(request.body));
        }
        if (!web::is_shallow(request.body)) return refused(400, "not a call we know");
        return pressed(Json::parse(request.body, nullptr, false));
    }

private:
    Response refused(int status, const std::string& why) {
        desk_.note_refusal(app_.id, why);
        return {status, "application/json", "{}", {}};
    }

    bool proven(const std::string& given, const std::string& right) const {
        return app_.unproven || (!app_.secret.empty() && crypto::constant_time_equal(given, right));
    }

    Speaker speaker(std::string account) const {
        return {"mattermost", std::move(account), "", app_.boards};
    }

    Response command(const form::Fields& fields) {
        const auto field = [&](const char* name) { return form::field_of(fields, name); };
        if (!proven(field("token"), app_.secret)) return refused(401, "token wrong or missing");
        const std::string id = field("trigger_id");
        if (id.empty() || field("user_id").empty()) return refused(400, "not a call we know");
        const ChatReply reply = desk_.hear({speaker(field("user_id")), field("text"), id});
        std::string text = escaped(reply.text);
        for (const ChatCase& each : reply.cases) {
            if (each.page.empty()) continue;
            text += "\n[" + escaped("Open " + each.ref) + "](" + each.page + ")";
        }
        return json_answer({{"response_type", "ephemeral"}, {"text", text}});
    }

    Response pressed(const Json& call) {
        const Json context = at(call, "context");
        const std::string link = text_at(context, "link");
        const std::string choice = text_at(context, "choice");
        if (!proven(text_at(context, "token"), button_token(app_.secret, link, choice))) {
            return refused(401, "token wrong or missing");
        }
        const std::string account = text_at(call, "user_id");
        if (account.empty()) return refused(400, "not a call we know");
        // The same button of the same message pressed twice is one act.
        const std::string id = crypto::sha256_hex(account + "/" + text_at(call, "post_id") + "/" +
                                                  link + "/" + choice);
        const ChatReply reply = desk_.press({speaker(account), link, choice, "", id});
        const std::string text = escaped(reply.text);
        if (reply.kind != ChatReply::Kind::recorded && reply.kind != ChatReply::Kind::over) {
            return json_answer({{"ephemeral_text", text}});
        }
        return json_answer({{"update", {{"message", text}, {"props", Json::object()}}}});
    }

    const ChatAppSettings app_;
    ChatDesk& desk_;
};

}  // namespace

void open(const notify::DoorParts& parts, notify::Doors& doors) {
    if (parts.app.secret.empty() && !parts.app.unproven) return;
    doors.push_back(std::make_unique<MattermostDoor>(parts));
}

}  // namespace stageclock::mattermost

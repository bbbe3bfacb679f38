// SPDX-License-Identifier: MIT
#include "adapters/notify/slack/slack_door.h"

#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/notify/slack/slack_message.h"
#include "adapters/notify/slack/slack_people.h"
#include "adapters/notify/slack/slack_signature.h"
#include "adapters/notify/web/json_message.h"
#include "adapters/notify/web/later_calls.h"
#include "adapters/support/crypto.h"
#include "adapters/support/form.h"

namespace stageclock::slack {
namespace {

using Json = nlohmann::json;
using front::Request;
using front::Response;

constexpr std::string_view action_start = "act:";

// An object, or an empty one: what is too deep or no JSON reads as nothing.
Json object_of(const std::string& text) {
    Json json = web::is_shallow(text) ? Json::parse(text, nullptr, false) : Json();
    return json.is_object() ? json : Json::object();
}

// The text at a path of members; empty when there is none.
std::string text_at(const Json& json, std::initializer_list<const char*> path) {
    const Json* at = &json;
    for (const char* key : path) {
        if (!at->is_object() || !at->contains(key)) return {};
        at = &(*at)[key];
    }
    return at->is_string() ? at->get<std::string>() : std::string();
}

// What was typed beside the buttons: state.values.BLOCK.words.value.
std::string words_of(const Json& payload) {
    if (!payload.contains("state") || !payload["state"].is_object()) return {};
    const Json values = payload["state"].value("values", Json());
    if (!values.is_object()) return {};
    for (const auto& [block, fields] : values.items()) {
        std::string words = text_at(fields, {"words", "value"});
        if (!words.empty()) return words;
    }
    return {};
}

Response json_answer(std::string body) { return {200, "application/json", std::move(body), {}}; }

// Answers are due within 3 seconds.
http::ClientOptions hasty(http::ClientOptions options) {
    options.connect_limit = std::chrono::milliseconds(1'000);
    options.total_limit = std::chrono::milliseconds(1'800);
    return options;
}

class SlackDoor final : public front::Door {
public:
    explicit SlackDoor(const notify::DoorParts& parts)
        : app_(parts.app),
          desk_(parts.desk),
          clock_(parts.clock),
          people_(parts.places, hasty(parts.options)),
          after_("chat_app " + parts.app.id, parts.options) {
        hosts_ = {"hooks.slack.com", http::host_of(app_.url)};
    }

    std::string path() const override { return "/chat/v1/" + app_.id; }

    Response answer(const Request& request) override {
        const bool is_form = request.media_type() == form::media_type;
        const auto fields = is_form ? form::fields_of(request.body) : form::Fields{};
        // Slack's look at our certificate carries no signature.
        if (form::field_of(fields, "ssl_check") == "1") return {};
        const std::string why = app_.unproven ? "" : unproven(request, app_.secret, clock_.now());
        if (!why.empty()) {
            desk_.note_refusal(app_.id, why);
            return {401, "application/json", "{}", {}};
        }
        if (!is_form) return checked(object_of(request.body));
        const std::string payload = form::field_of(fields, "payload");
        if (!payload.empty()) return pressed(object_of(payload));
        if (!form::field_of(fields, "command").empty()) return command(fields);
        return unreadable();
    }

private:
    Response unreadable() {
        desk_.note_refusal(app_.id, "not a call we know");
        return {400, "application/json", "{}", {}};
    }

    Response checked(const Json& event) {
        if (text_at(event, {"type"}) != "url_verification") return unreadable();
        return json_answer(Json{{"challenge", text_at(event, {"challenge"})}}.dump(
            -1, ' ', false, Json::error_handler_t::replace));
    }

    Speaker speaker(const std::string& account) {
        return {"slack", account, people_.address_of(app_, account, clock_.now()), app_.boards};
    }

    Response command(const form::Fields& fields) {
        const auto field = [&](const char* name) { return form::field_of(fields, name); };
        const std::string account = field("user_id");
        if (account.empty()) return unreadable();
        std::string id = field("trigger_id");
        if (id.empty()) return unreadable();
        return json_answer(
            answer_of(desk_.hear({speaker(account), unescaped(field("text")), std::move(id)})));
    }

    // The answer is empty: what became of it follows by another call.
    Response pressed(const Json& payload) {
        if (text_at(payload, {"type"}) != "block_actions") return {};
        const std::string account = text_at(payload, {"user", "id"});
        const Json actions = payload.value("actions", Json());
        if (account.empty() || !actions.is_array() || actions.empty()) return unreadable();
        const std::string action = text_at(actions[0], {"action_id"});
        if (!action.starts_with(action_start)) return {};  // a link was followed
        Pressed act{speaker(account), text_at(actions[0], {"value"}),
                    action.substr(action_start.size()), words_of(payload), ""};
        // A second click is a new call to Slack; with the same words it is the same act to us.
        act.id = crypto::sha256_hex(account + "/" + text_at(payload, {"channel", "id"}) + "/" +
                                    text_at(payload, {"message", "ts"}) + "/" + act.link + "/" +
                                    act.choice + "/" + act.text);
        respond(payload, desk_.press(act));
        return {};
    }

    void respond(const Json& payload, const ChatReply& reply) {
        const bool done =
            reply.kind == ChatReply::Kind::recorded || reply.kind == ChatReply::Kind::over;
        const std::string channel = text_at(payload, {"channel", "id"});
        const std::string ts = text_at(payload, {"message", "ts"});
        const std::string url = text_at(payload, {"response_url"});
        if (done && !app_.token.empty() && !channel.empty() && !ts.empty()) {
            Json update = Json::parse(new_words(payload, reply));
            update["channel"] = channel;
            update["ts"] = ts;
            after_.add(api_call(app_, "chat.update", update.dump()));
            return;
        }
        if (url.empty() || http::host_of(url).empty() || !hosts_.contains(http::host_of(url))) {
            return;
        }
        std::string body = answer_of(reply);
        if (done) {
            Json update = Json::parse(new_words(payload, reply));
            update["replace_original"] = true;
            body = update.dump();
        }
        after_.add({"POST", url, "application/json; charset=utf-8", std::move(body), {}});
    }

    static std::string new_words(const Json& payload, const ChatReply& reply) {
        return replaced(payload.value("message", Json::object())
                            .dump(-1, ' ', false, Json::error_handler_t::replace),
                        reply);
    }

    const ChatAppSettings app_;
    ChatDesk& desk_;
    const Clock& clock_;
    People people_;
    std::set<std::string> hosts_;
    web::LaterCalls after_;
};

}  // namespace

void open(const notify::DoorParts& parts, notify::Doors& doors) {
    if (parts.app.secret.empty() && !parts.app.unproven) return;
    doors.push_back(std::make_unique<SlackDoor>(parts));
}

}  // namespace stageclock::slack

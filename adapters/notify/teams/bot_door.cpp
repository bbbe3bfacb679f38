// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/bot_door.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <exception>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "adapters/notify/teams/acquaintances.h"
#include "adapters/notify/teams/activity.h"
#include "adapters/notify/teams/bot_proof.h"
#include "adapters/notify/teams/card.h"
#include "adapters/notify/teams/connector.h"

namespace stageclock::teams {
namespace {

using Json = nlohmann::json;

// Teams waits about 15 seconds for the answer to a button.
constexpr std::chrono::milliseconds connector_limit{6'000};

http::ClientOptions within_patience(http::ClientOptions options) {
    options.total_limit = std::min(options.total_limit, connector_limit);
    return options;
}

// The answer to an invoke: always with a body, because Teams shows nobody a bare status.
front::Response invoked(int status, const char* type, Json value) {
    const Json body{{"statusCode", status}, {"type", type}, {"value", std::move(value)}};
    return {200, "application/json", body.dump(-1, ' ', false, Json::error_handler_t::replace), {}};
}

front::Response invoke_failed(int status, const char* code, const std::string& message) {
    return invoked(status, "application/vnd.microsoft.error",
                   Json{{"code", code}, {"message", message}});
}

front::Response to_invoke(const ChatReply& reply, bool own) {
    using Kind = ChatReply::Kind;
    if (reply.kind == Kind::recorded || reply.kind == Kind::over) {
        return invoked(200, "application/vnd.microsoft.card.adaptive",
                       Json::parse(reply_card(reply, own), nullptr, false));
    }
    if (reply.kind == Kind::unavailable) {
        return invoke_failed(500, "InternalServerError", reply.text);
    }
    return invoked(200, "application/vnd.microsoft.activity.message", reply.text);
}

class Bot {
public:
    explicit Bot(const notify::DoorParts& parts)
        : app_(parts.app),
          desk_(parts.desk),
          connector_(app_, within_patience(parts.options)),
          acquaintances_(app_, connector_, parts.places),
          proof_(app_, parts.clock, parts.options) {}

    front::Response answer(const front::Request& request) {
        const auto activity = read_activity(request.body);
        if (!activity) return refused(400, "no activity that can be read");
        const auto proven = proof_.check(request.header("authorization"), *activity);
        if (!proven && proven.error().code == Code::unavailable) {
            return refused(503, proven.error().what);
        }
        if (!proven) return refused(401, proven.error().what);
        if (!connector_.permits(activity->service_url)) {
            return refused(403, "the service address is not one that may be called");
        }
        if (!is_of_tenant(*activity)) return refused(403, "the activity is of another tenant");
        try {
            return respond(with_id(*activity, request.body));
        } catch (const std::exception&) {
            spdlog::error("chat app {}: an activity was not answered: internal error", app_.id);
            return invoke_failed(500, "InternalServerError",
                                 "This was not recorded. Please try again.");
        }
    }

private:
    bool is_of_tenant(const Activity& activity) const {
        const auto same = [](unsigned char a, unsigned char b) {
            return std::tolower(a) == std::tolower(b);
        };
        return app_.unproven || app_.tenant.empty() ||
               std::equal(app_.tenant.begin(), app_.tenant.end(), activity.tenant.begin(),
                          activity.tenant.end(), same);
    }

    // Ids are the platform's, unique within the conversation.
    static Activity with_id(Activity activity, const std::string& body) {
        activity.id = id_of(activity, body);
        return activity;
    }

    front::Response respond(const Activity& activity) {
        const auto& gone = activity.removed;
        const bool left = activity.type == "installationUpdate"
                              ? activity.action.starts_with("remove")
                              : std::find(gone.begin(), gone.end(), activity.bot) != gone.end();
        if (left && activity.type != "message" && activity.type != "invoke") {
            acquaintances_.part(activity);
            return {200, "application/json", "{}", {}};
        }
        const Speaker who{app_.channel, activity.account, acquaintances_.meet(activity),
                          app_.boards};
        const bool own = activity.conversation_type == "personal";
        if (activity.type == "invoke") {
            if (!activity.pressed) {
                return invoke_failed(501, "NotSupported", "This bot has nothing of that kind.");
            }
            return to_invoke(desk_.press(press_of(who, activity)), own);
        }
        if (activity.type == "message" && activity.pressed) {
            const ChatReply reply = desk_.press(press_of(who, activity));
            const bool replaces = reply.kind == ChatReply::Kind::recorded && !activity.card.empty();
            send(activity, reply, own, replaces);
        } else if (activity.type == "message" && !activity.text.empty()) {
            send(activity, desk_.hear({who, activity.text, activity.id}), own, false);
        }
        return {200, "application/json", "{}", {}};
    }

    static Pressed press_of(const Speaker& who, const Activity& activity) {
        return {who, activity.link, activity.verb, activity.words, activity.id};
    }

    // As a message of its own, or in the place of the card whose button was pressed.
    void send(const Activity& to, const ChatReply& reply, bool own, bool replaces) {
        const bool shows = own && reply.cases.size() == 1;
        const std::string body =
            shows || replaces ? message_with(reply_card(reply, own)) : text_message(reply);
        const std::string tail =
            "/activities" + (replaces ? "/" + http::encoded(to.card) : std::string());
        const auto answer = connector_.call(replaces ? "PUT" : "POST",
                                            {to.service_url, to.conversation}, tail, body);
        if (!answer) {
            spdlog::warn("chat app {}: no answer could be sent: {}", app_.id, answer.error().what);
        } else if (answer->status >= 300) {
            spdlog::warn("chat app {}: an answer was not taken: HTTP {}", app_.id, answer->status);
        }
    }

    front::Response refused(int status, const std::string& why) {
        desk_.note_refusal(app_.id, why);
        const Json body{{"error", {{"code", "Refused"}, {"message", "This call was not taken."}}}};
        return {status, "application/json", body.dump(), {}};
    }

    const ChatAppSettings app_;
    ChatDesk& desk_;
    Connector connector_;
    Acquaintances acquaintances_;
    BotProof proof_;
};

class BotDoor final : public front::Door {
public:
    BotDoor(std::string path, std::shared_ptr<Bot> bot)
        : path_(std::move(path)), bot_(std::move(bot)) {}

    std::string path() const override { return path_; }
    front::Response answer(const front::Request& request) override { return bot_->answer(request); }

private:
    const std::string path_;
    const std::shared_ptr<Bot> bot_;
};

}  // namespace

void open_bot(const notify::DoorParts& parts, notify::Doors& doors) {
    constexpr const char* usual = "/api/messages";
    const auto bot = std::make_shared<Bot>(parts);
    const bool taken = std::any_of(doors.begin(), doors.end(),
                                   [&](const auto& door) { return door->path() == usual; });
    if (!taken) doors.push_back(std::make_unique<BotDoor>(usual, bot));
    doors.push_back(std::make_unique<BotDoor>("/chat/v1/" + parts.app.id, bot));
}

}  // namespace stageclock::teams

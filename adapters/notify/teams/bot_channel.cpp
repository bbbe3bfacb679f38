// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/bot_channel.h"

#include <algorithm>

#include "adapters/notify/teams/acquaintances.h"
#include "adapters/notify/teams/card.h"
#include "adapters/notify/teams/connector.h"
#include "adapters/notify/teams/workflow.h"

namespace stageclock::teams {
namespace {

constexpr const char* channel_name = "teams-bot";
// Where Teams is reached before a team or group has been heard of.
constexpr const char* everywhere = "https://smba.trafficmanager.net/teams/";

struct Out {
    Places& places;
    std::map<std::string, std::unique_ptr<Connector>> connectors;  // by id of the app
};

std::string key_of(const web::Place& place) {
    return place_key(place.person.empty() ? place.chat.to : place.person);
}

Result<http::Request> post(Out& out, const web::Place& place, const Rendered& message) {
    const auto connector = out.connectors.find(place.app.id);
    if (connector == out.connectors.end()) {
        return Error{Code::invalid_input, "no [[chat_app]] posts there", "app"};
    }
    const auto kept = out.places.place_of(channel_name, key_of(place));
    if (!kept) return Error{Code::unavailable, "the store cannot be read now", ""};
    Conversation to = *kept ? from_place(**kept) : Conversation{};
    if (place.person.empty()) {
        to = {to.service_url.empty() ? everywhere : to.service_url, place.chat.to};
    } else if (to.id.empty()) {
        return Error{Code::not_found, "not sent: this person has not met the bot", ""};
    }
    return connector->second->request("POST", to, "/activities", message.bytes);
}

// Whoever took the bot away is not written to again, and nothing of ours has to be mended.
Delivery judge_call(Out& out, const web::Place& place, const http::Request& request,
                    const http::Answer& answer) {
    const auto connector = out.connectors.find(place.app.id);
    const bool again = connector != out.connectors.end() &&
                       connector->second->may_try_another_token(request, answer);
    if (again) return web::later(answer, "the token was not taken; another will be");
    if (answer.status == 412) return web::later(answer, "busy");
    Delivery delivery = judge(answer);
    const auto says = [&answer](const char* word) {
        return answer.body.find(word) != std::string::npos;
    };
    const bool gone = (answer.status == 404 && says("ConversationNotFound")) ||
                      (answer.status == 403 && says("BotNotInConversationRoster"));
    if (gone) (void)out.places.keep_place(channel_name, key_of(place), "");
    if (!place.person.empty() && (answer.status == 403 || answer.status == 404)) {
        delivery.to_mend = false;
    }
    return delivery;
}

}  // namespace

std::unique_ptr<Notifier> make_bot_channel(const notify::Parts& parts) {
    const auto out = std::make_shared<Out>(Out{parts.places, {}});
    for (const ChatAppSettings& app : parts.settings.chat_apps) {
        if (app.channel != channel_name) continue;
        out->connectors[app.id] = std::make_unique<Connector>(app, parts.options);
    }
    if (out->connectors.empty()) return nullptr;
    web::Channel channel{
        .name = channel_name,
        .templates = channel_name,
        .wrapped = message_with,
        .plain = plain_card,
        .fits = [](const std::string& message) { return message.size() <= message_limit; },
        .request = [out](const web::Place& place,
                         const Rendered& message) { return post(*out, place, message); },
        .concluded =
            [out](const web::Place& place, const http::Request& request,
                  const http::Answer& answer) { return judge_call(*out, place, request, answer); }};
    return web::make_channel(std::move(channel), parts.settings, parts.templates, parts.options);
}

}  // namespace stageclock::teams

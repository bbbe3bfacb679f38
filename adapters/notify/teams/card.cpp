// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/card.h"

#include <nlohmann/json.hpp>

namespace stageclock::teams {
namespace {

using Json = nlohmann::json;

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string message_with(const std::string& card) {
    Json attachment{{"contentType", "application/vnd.microsoft.card.adaptive"},
                    {"contentUrl", nullptr}};
    attachment["content"] = Json::parse(card, nullptr, false);
    return written(
        Json{{"type", "message"}, {"attachments", Json::array({std::move(attachment)})}});
}

std::string plain_card(const std::vector<std::string>& lines) {
    Json body = Json::array();
    for (const std::string& line : lines) {
        body.push_back(Json{{"type", "TextBlock"}, {"text", line}, {"wrap", true}});
    }
    return written(Json{{"type", "AdaptiveCard"}, {"version", "1.3"}, {"body", std::move(body)}});
}

}  // namespace stageclock::teams

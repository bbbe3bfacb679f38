// SPDX-License-Identifier: MIT
#include "adapters/notify/webex/webex.h"

#include <cstddef>

#include <nlohmann/json.hpp>

#include "adapters/notify/teams/card.h"
#include "adapters/notify/web/quote.h"

namespace stageclock::webex {
namespace {

using Json = nlohmann::json;

constexpr const char* public_url = "https://webexapis.com/v1";
constexpr std::size_t message_limit = 20 * 1000;

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// What a card shows is read as Markdown; our templates have none, so all of it is somebody's text.
void quote_texts(Json& at) {
    for (const char* key : {"text", "value"}) {
        if (!at.is_object() || !at.contains(key) || !at[key].is_string()) continue;
        at[key] = web::markdown_quoted(at[key].get_ref<const std::string&>());
    }
    if (!at.is_structured()) return;
    for (Json& below : at) quote_texts(below);
}

// The card, and a line for clients that show none. That line is `text`, not `markdown`: nothing in
// it is a mention or a link.
std::string wrapped(const std::string& card) {
    Json message = Json::parse(teams::message_with(card), nullptr, false);
    message.erase("type");
    Json& attachment = message["attachments"][0];
    attachment.erase("contentUrl");
    Json& content = attachment["content"];
    message["text"] = content.value("fallbackText", "Safeguarding escalation");
    if (content.contains("body")) quote_texts(content["body"]);
    return written(message);
}

std::string addressed(const std::string& message, const web::Place& place, const Outgoing&) {
    Json json = Json::parse(message, nullptr, false);
    if (place.person.empty()) {
        json["roomId"] = place.chat.to;
    } else {
        const bool address = place.person.find('@') != std::string::npos;
        json[address ? "toPersonEmail" : "toPersonId"] = place.person;
    }
    return written(json);
}

Result<http::Request> post(const web::Place& place, const Rendered& message) {
    const std::string& url = place.app.url;
    return http::Request{"POST",
                         (url.empty() ? std::string(public_url) : url) + "/messages",
                         "application/json",
                         message.bytes,
                         {{"Authorization", "Bearer " + place.app.token}}};
}

}  // namespace

web::Channel channel() {
    return {.name = "webex",
            .templates = "teams",
            .wrapped = wrapped,
            .plain = teams::plain_card,
            .fits = [](const std::string& message) { return message.size() <= message_limit; },
            .request = post,
            .placed = addressed};
}

}  // namespace stageclock::webex

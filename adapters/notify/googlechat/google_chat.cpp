// SPDX-License-Identifier: MIT
#include "adapters/notify/googlechat/google_chat.h"

#include <nlohmann/json.hpp>

#include "adapters/notify/web/quote.h"

namespace stageclock::google_chat {
namespace {

using Json = nlohmann::json;

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// These widgets read a little HTML; our templates have none, so all of it is somebody's text.
void quote_texts(Json& at) {
    for (const char* widget : {"textParagraph", "decoratedText"}) {
        if (!at.is_object() || !at.contains(widget) || !at[widget].is_object()) continue;
        Json& text = at[widget]["text"];
        if (text.is_string()) text = web::html_quoted(text.get_ref<const std::string&>());
    }
    if (!at.is_structured()) return;
    for (Json& below : at) quote_texts(below);
}

std::string wrapped(const std::string& json) {
    Json message = Json::parse(json, nullptr, false);
    quote_texts(message);
    return written(message);
}

std::string plain(const std::vector<std::string>& lines) {
    Json widgets = Json::array();
    for (const std::string& line : lines) {
        widgets.push_back({{"textParagraph", {{"text", web::html_quoted(line)}}}});
    }
    const Json card{{"sections", {{{"widgets", std::move(widgets)}}}}};
    return written({{"cardsV2", {{{"cardId", "notice"}, {"card", card}}}}});
}

// The webhook's address has its key and token in the query already.
Result<http::Request> post(const web::Place& place, const Rendered& message) {
    const std::string& url = place.chat.url;
    return http::Request{"POST",
                         url + (url.find('?') == std::string::npos ? "?" : "&") +
                             "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD&requestId=" +
                             web::repeat_id(message),
                         "application/json; charset=UTF-8",
                         message.bytes,
                         {}};
}

}  // namespace

web::Channel channel() {
    return {.name = "google-chat",
            .templates = "google-chat",
            .wrapped = wrapped,
            .plain = plain,
            .fits = [](const std::string& message) { return message.size() <= message_limit; },
            .request = post};
}

}  // namespace stageclock::google_chat

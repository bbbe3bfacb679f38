// SPDX-License-Identifier: MIT
#include "adapters/notify/matrix/matrix.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "adapters/notify/web/quote.h"
#include "adapters/support/mime_compose.h"

namespace stageclock::matrix {
namespace {

using Json = nlohmann::json;

// An event may have 65 536 bytes in all, as the server stores it; ours stays far below, because a
// homeserver adds to it.
constexpr std::size_t message_limit = 48 * 1000;
constexpr std::size_t text_limit = 1000;  // bytes of one value

// The message as plain text and as HTML, grown side by side.
struct Words {
    std::string plain;
    std::string html;

    void line(const std::string& before, const std::string& text, const char* open,
              const char* close) {
        plain += before + text + "\n";
        html += open + web::html_quoted(before + text) + close;
    }
};

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    const bool text = found != object.end() && found->is_string();
    if (!text) return {};
    const auto& whole = found->get_ref<const std::string&>();
    const auto part = std::string(mime::cut(whole, text_limit));
    return part.size() < whole.size() ? part + " ..." : part;
}

std::vector<Json> objects(const Json& message, const char* key) {
    std::vector<Json> out;
    const auto found = message.find(key);
    if (found == message.end() || !found->is_array()) return out;
    std::copy_if(found->begin(), found->end(), std::back_inserter(out),
                 [](const Json& one) { return one.is_object(); });
    return out;
}

void add_link(Words& words, const Json& link) {
    const std::string title = text_of(link, "title");
    const std::string url = text_of(link, "url");
    if (!url.starts_with("https://") && !url.starts_with("http://")) return;
    words.plain += title + ": " + url + "\n";
    words.html +=
        "<p><a href=\"" + web::html_quoted(url) + "\">" + web::html_quoted(title) + "</a></p>";
}

// m.text: what is sent as m.notice makes no sound under the usual push rules, and this asks for
// something. Nobody is mentioned, whatever a text looks like.
std::string wrapped(const std::string& json) {
    const Json given = Json::parse(json, nullptr, false);
    Words words;
    words.line("", text_of(given, "title"), "<p><strong>", "</strong></p>");
    for (const Json& line : objects(given, "lines")) {
        words.line("", text_of(line, "text"), "<p>", "</p>");
    }
    for (const Json& fact : objects(given, "facts")) {
        words.line(text_of(fact, "title") + ": ", text_of(fact, "value"), "<p>", "</p>");
    }
    for (const Json& line : objects(given, "notes")) {
        words.line("", text_of(line, "text"), "<p>", "</p>");
    }
    for (const Json& link : objects(given, "links")) add_link(words, link);
    const Json message{{"msgtype", "m.text"},
                       {"body", words.plain},
                       {"format", "org.matrix.custom.html"},
                       {"formatted_body", words.html},
                       {"m.mentions", Json::object()}};
    return message.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string plain(const std::vector<std::string>& lines) {
    Json texts = Json::array();
    for (const std::string& line : lines) texts.push_back({{"text", line}});
    return Json{{"lines", std::move(texts)}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Client-server API, PUT /rooms/{roomId}/send/{eventType}/{txnId}: the same txnId is the same
// event.
Result<http::Request> put(const web::Place& place, const Rendered& message) {
    if (!place.person.empty()) {
        return Error{Code::invalid_input, "matrix reaches rooms only: name one as a [[chat]]", ""};
    }
    if (place.app.url.empty()) {
        return Error{Code::invalid_input, "its [[chat_app]] names no homeserver (url)", ""};
    }
    return http::Request{"PUT",
                         place.app.url + "/_matrix/client/v3/rooms/" +
                             http::encoded(place.chat.to) + "/send/m.room.message/" +
                             web::repeat_id(message),
                         "application/json",
                         message.bytes,
                         {{"Authorization", "Bearer " + place.app.token}}};
}

// A homeserver may say only in the body how long to wait.
Delivery judged(const http::Answer& answer) {
    if (answer.status != 429 || answer.retry_after.count() > 0) return web::by_status(answer);
    const Json body = Json::parse(answer.body, nullptr, false);
    http::Answer longer = answer;
    if (body.is_object() && body.contains("retry_after_ms") &&
        body["retry_after_ms"].is_number_unsigned()) {
        const auto most = std::uint64_t{3'600'000};
        const auto wait = std::min(body["retry_after_ms"].get<std::uint64_t>(), most);
        longer.retry_after = std::chrono::seconds(wait / 1000 + 1);
    }
    return web::by_status(longer);
}

}  // namespace

web::Channel channel() {
    return {.name = "matrix",
            .templates = "matrix",
            .wrapped = wrapped,
            .plain = plain,
            .fits = [](const std::string& message) { return message.size() <= message_limit; },
            .request = put,
            .judged = judged};
}

}  // namespace stageclock::matrix

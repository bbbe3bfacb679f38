// SPDX-License-Identifier: MIT
#include "adapters/notify/mattermost/mattermost.h"

#include <cctype>

#include <nlohmann/json.hpp>

#include "adapters/support/crypto.h"

namespace stageclock::mattermost {
namespace {

using Json = nlohmann::json;

constexpr std::size_t message_limit = 7'500;  // bytes; servers before 7 take 8000 of attachments
constexpr std::size_t text_limit = 3'900;     // bytes; above 4000 a webhook's post is split
constexpr std::string_view no_width = "\xE2\x80\x8B";

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The buttons of a message lead to the door of the app; without one there are none.
struct Buttons {
    std::string url;
    std::string secret;
};

void arm(Json& attachment, const Buttons& buttons) {
    if (!attachment.is_object() || !attachment.contains("actions")) return;
    if (buttons.url.empty()) {
        attachment.erase("actions");
        return;
    }
    int number = 0;
    for (Json& action : attachment["actions"]) {
        Json& context = action["integration"]["context"];
        const auto member = [&](const char* key) { return context.value(key, std::string()); };
        context["token"] = button_token(buttons.secret, member("link"), member("choice"));
        action["integration"]["url"] = buttons.url;
        action["id"] = "act" + std::to_string(++number);  // letters and digits only
    }
}

// As a post of the API, when an app posts it.
std::string placed(const web::Place& place, const std::string& message, const Buttons& buttons) {
    Json json = Json::parse(message, nullptr, false);
    if (json.contains("attachments")) {
        for (Json& attachment : json["attachments"]) arm(attachment, buttons);
    }
    if (place.app.id.empty()) return written(json);
    Json post{{"channel_id", place.chat.to}, {"message", json.value("text", std::string())}};
    if (json.contains("attachments")) post["props"]["attachments"] = json["attachments"];
    return written(post);
}

Result<http::Request> call(const web::Place& place, const Rendered& message) {
    http::Request request{"POST", place.chat.url, message.content_type, message.bytes, {}};
    if (!place.person.empty()) {
        return Error{Code::refused, "not sent: Mattermost reaches rooms, not single people", ""};
    }
    if (place.app.id.empty()) return request;
    if (place.app.url.empty() || place.app.token.empty()) {
        return Error{Code::refused, "not sent: the [[chat_app]] has no url or no token_file",
                     "token_file"};
    }
    request.url = place.app.url + "/posts";
    request.headers = {{"Authorization", "Bearer " + place.app.token}};
    return request;
}

bool fits(const std::string& message) {
    const Json json = Json::parse(message, nullptr, false);
    const auto size = [&](const char* key) { return json.value(key, std::string()).size(); };
    return message.size() <= message_limit && size("text") <= text_limit &&
           size("message") <= text_limit;
}

std::string plain(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return written(Json{{"text", text}});
}

// The first app of the channel that takes answers; a webhook belongs to no app of its own.
Buttons buttons_of(const Settings& settings) {
    for (const ChatAppSettings& app : settings.chat_apps) {
        if (app.channel != "mattermost" || app.secret.empty()) continue;
        if (settings.public_url.empty()) break;
        return {settings.public_url + "/chat/v1/" + app.id, app.secret};
    }
    return {};
}

}  // namespace

std::string escaped(std::string_view value) {
    constexpr std::string_view signs = "\\`*_[]()#~|<>!{}";
    std::string out;
    bool line_start = true;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const char next = i + 1 < value.size() ? value[i + 1] : ' ';
        const bool tight = std::isspace(static_cast<unsigned char>(next)) == 0;
        const bool sign = signs.find(c) != std::string_view::npos ||
                          (line_start && (c == '-' || c == '+')) || (c == '.' && tight);
        if (sign) out += '\\';
        out += c;
        const bool word = std::isdigit(static_cast<unsigned char>(next)) == 0 && tight;
        if (c == '@' || (c == ':' && word)) out += no_width;
        line_start = c == '\n' || (line_start && c == ' ');
    }
    return out;
}

std::string button_token(std::string_view secret, std::string_view link, std::string_view choice) {
    std::string text = "button\n";
    text.append(link).append("\n").append(choice);
    return crypto::to_hex(crypto::hmac_sha256(secret, text));
}

Delivery judge(const http::Answer& answer) {
    Delivery delivery = web::by_status(answer);
    if (answer.status == 501) delivery.outcome = Delivered::never;  // webhooks are switched off
    const Json json = Json::parse(answer.body, nullptr, false);
    const bool post = json.is_object() && json.contains("id") && !json.contains("status_code");
    const bool known = answer.body.empty() || answer.body == "ok" || post;
    if (delivery.outcome == Delivered::accepted && !known) {
        return web::later(answer, "this is no answer of Mattermost");
    }
    delivery.to_mend = delivery.outcome == Delivered::never;
    return delivery;
}

std::unique_ptr<Notifier> make(const notify::Parts& parts) {
    if (!notify::is_used(parts.settings, "mattermost")) return nullptr;
    const Buttons buttons = buttons_of(parts.settings);
    web::Channel channel{.name = "mattermost",
                         .templates = "mattermost",
                         .wrapped = [](const std::string& json) { return json; },
                         .plain = plain,
                         .fits = fits,
                         .request = call,
                         .judged = judge,
                         .escaped = escaped,
                         .placed =
                             [buttons](const std::string& message, const web::Place& place,
                                       const Outgoing&) {
                                 return placed(place, message, buttons);
                             }};
    return web::make_channel(std::move(channel), parts.settings, parts.templates, parts.options);
}

}  // namespace stageclock::mattermost

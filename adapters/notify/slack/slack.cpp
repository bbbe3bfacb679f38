// SPDX-License-Identifier: MIT
#include "adapters/notify/slack/slack.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <nlohmann/json.hpp>

#include "adapters/notify/slack/slack_message.h"
#include "adapters/notify/slack/slack_people.h"

namespace stageclock::slack {
namespace {

using Json = nlohmann::json;

// The words of https://docs.slack.dev for what passes by itself, and the beginnings of those for
// what somebody has to mend: the app's rights, the room, the template.
constexpr std::array passing{
    "ratelimited",     "rate_limited",        "internal_error",         "fatal_error",
    "request_timeout", "service_unavailable", "message_limit_exceeded", "rollup_error",
    "no_response"};
constexpr std::array to_be_mended{"access_denied",
                                  "account_inactive",
                                  "action_prohibited",
                                  "as_user",
                                  "cannot_",
                                  "channel_",
                                  "deprecated_",
                                  "ekm_",
                                  "enterprise_is_",
                                  "invalid_",
                                  "is_archived",
                                  "is_inactive",
                                  "json_not_object",
                                  "messages_tab_",
                                  "metadata_",
                                  "method_",
                                  "missing_",
                                  "msg_",
                                  "no_active_",
                                  "no_permission",
                                  "no_service",
                                  "no_team",
                                  "no_text",
                                  "not_",
                                  "org_login",
                                  "posting_to_",
                                  "restricted_",
                                  "slack_connect_",
                                  "team_",
                                  "token_",
                                  "too_many_",
                                  "two_factor_",
                                  "user_",
                                  "users_not_found"};

// Where and when the message stands, as Slack names it; proof that it was taken.
std::string receipt(const Json& json) {
    std::string out;
    for (const char* key : {"channel", "ts"}) {
        if (!json.contains(key) || !json[key].is_string()) continue;
        const auto text = json[key].get<std::string>();
        const bool plain = text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
                               return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.';
                           });
        if (plain) out += " " + text;
    }
    return out;
}

Delivery by_word(const http::Answer& answer, const std::string& word) {
    const auto begins = [&](const char* start) { return word.starts_with(start); };
    if (std::any_of(passing.begin(), passing.end(), [&](auto* each) { return word == each; }) ||
        std::none_of(to_be_mended.begin(), to_be_mended.end(), begins)) {
        return web::later(answer, word);
    }
    return {Delivered::never, "HTTP " + std::to_string(answer.status) + ": " + word, {}, true};
}

Result<http::Request> call(const web::Place& place, const Rendered& message, People& people) {
    if (place.app.id.empty()) {
        return http::Request{"POST", place.chat.url, message.content_type, message.bytes, {}};
    }
    if (place.app.token.empty()) {
        return Error{Code::refused, "not sent: the [[chat_app]] has no token_file", "token_file"};
    }
    http::Request request = api_call(place.app, "chat.postMessage", message.bytes);
    if (place.person.find('@') == std::string::npos) return request;
    const auto account = people.account_of(place.app, place.person);
    if (!account) return account.error();
    Json json = Json::parse(message.bytes, nullptr, false);
    json["channel"] = *account;
    request.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    return request;
}

// The room or person is part of what is sent; who is named by address is looked up when it goes.
std::string addressed(const std::string& message, const web::Place& place, const Outgoing&) {
    const std::string kept = place.app.secret.empty() ? without_answers(message) : message;
    const std::string& room = place.person.empty() ? place.chat.to : place.person;
    if (place.app.id.empty() || room.find('@') != std::string::npos) return kept;
    Json json = Json::parse(kept, nullptr, false);
    json["channel"] = room;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string plain(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return Json{{"text", text}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Delivery judge(const http::Answer& answer) {
    const Json json = Json::parse(answer.body, nullptr, false);
    const bool good = answer.status >= 200 && answer.status < 300;
    const std::string word = error_word(answer.body);
    if (good && json.is_object() && json.value("ok", Json()) == true) {
        return {Delivered::accepted, "HTTP " + std::to_string(answer.status) + ":" + receipt(json)};
    }
    if (good && (answer.body.empty() || word == "ok")) return web::by_status(answer);
    if (good && word.empty()) return web::later(answer, "this is no answer of Slack");
    if (good) return by_word(answer, word);
    Delivery delivery = web::by_status(answer);
    if (!word.empty()) delivery.reply += ": " + word;
    delivery.to_mend =
        delivery.outcome == Delivered::never && (delivery.to_mend || by_word(answer, word).to_mend);
    return delivery;
}

std::unique_ptr<Notifier> make(const notify::Parts& parts) {
    if (!notify::is_used(parts.settings, "slack")) return nullptr;
    auto people = std::make_shared<People>(parts.places, parts.options);
    web::Channel channel{
        .name = "slack",
        .templates = "slack",
        .wrapped = completed,
        .plain = plain,
        .fits = fits,
        .request = [people](const web::Place& place,
                            const Rendered& message) { return call(place, message, *people); },
        .judged = judge,
        .escaped = escaped,
        .placed = addressed};
    return web::make_channel(std::move(channel), parts.settings, parts.templates, parts.options);
}

}  // namespace stageclock::slack

// SPDX-License-Identifier: MIT
#include "adapters/notify/slack/slack_people.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/notify/slack/slack_message.h"
#include "adapters/notify/web/json_message.h"
#include "adapters/support/form.h"
#include "bot/core/directory.h"

namespace stageclock::slack {
namespace {

using Json = nlohmann::json;

http::Request to_method(const ChatAppSettings& app, const std::string& method) {
    const std::string base = app.url.empty() ? "https://slack.com/api" : app.url;
    return {"POST", base + "/" + method, "", "", {{"Authorization", "Bearer " + app.token}}};
}

std::string text_at(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool says(const Json& json, const char* key, bool otherwise) {
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

// The user in the answer; an error when there is none.
Result<Json> asked(http::Client& client, const ChatAppSettings& app, const std::string& method,
                   const std::string& question) {
    http::Request request = to_method(app, method);
    request.content_type = form::media_type;
    request.body = question;
    const auto answer = client.send(request);
    if (!answer) return Error{Code::unavailable, method + " did not answer", ""};
    const Json json =
        web::is_shallow(answer->body) ? Json::parse(answer->body, nullptr, false) : Json();
    if (answer->status == 200 && json.is_object() && says(json, "ok", false) &&
        json.contains("user") && json["user"].is_object()) {
        return json["user"];
    }
    const std::string word = error_word(answer->body);
    if (word == "users_not_found" || word == "user_not_found") {
        return Error{Code::not_found, method + ": nobody has this address or account", ""};
    }
    const bool passing = answer->status != 200 || word.empty() || word == "ratelimited" ||
                         word == "internal_error" || word == "fatal_error";
    return Error{passing ? Code::unavailable : Code::refused, method + ": " + word, ""};
}

// The address of a person of our own workspace; a robot's or a guest's vouches for nobody.
std::string vouched(const Json& user, const ChatAppSettings& app, const std::string& account) {
    const bool ours = !app.tenant.empty() && text_at(user, "team_id") == app.tenant &&
                      text_at(user, "id") == account;
    const bool ended = says(user, "deleted", false) || says(user, "is_bot", false) ||
                       says(user, "is_stranger", false) || !says(user, "is_email_confirmed", true);
    if (!ours || ended || !user.contains("profile")) return {};
    const std::string address = text_at(user["profile"], "email");
    return is_address(address) ? address : std::string();
}

}  // namespace

http::Request api_call(const ChatAppSettings& app, const std::string& method, std::string json) {
    http::Request request = to_method(app, method);
    request.content_type = "application/json; charset=utf-8";
    request.body = std::move(json);
    return request;
}

Result<std::string> People::account_of(const ChatAppSettings& app, const std::string& address) {
    const std::string key = folded(address);
    const auto user = asked(client_, app, "users.lookupByEmail", "email=" + http::encoded(address));
    if (user && !text_at(*user, "id").empty()) {
        const std::string account = text_at(*user, "id");
        // Not remembered is no harm: it is asked again.
        static_cast<void>(places_.keep_place("slack", key, account));
        return account;
    }
    const Error error =
        user ? Error{Code::unavailable, "the answer names no account", ""} : user.error();
    if (error.code != Code::unavailable) return error;
    const auto before = places_.place_of("slack", key);
    if (before && *before) return **before;
    return error;
}

std::string People::address_of(const ChatAppSettings& app, const std::string& account,
                               Instant now) {
    if (app.tenant.empty() || app.token.empty()) return {};
    const std::string key = folded(account);
    const std::string today = to_rfc3339(now).substr(0, 10);
    const auto kept = places_.place_of("slack", key);
    const std::string before = kept && *kept ? **kept : std::string();  // "ADDRESS 2026-12-24"
    const std::string known = before.substr(0, before.find(' '));
    if (!known.empty() && before.ends_with(" " + today)) return known;
    const auto user = asked(client_, app, "users.info", "user=" + http::encoded(account));
    if (!user) return user.error().code == Code::unavailable ? known : std::string();
    const std::string address = vouched(*user, app, account);
    static_cast<void>(
        places_.keep_place("slack", key, address.empty() ? "" : address + " " + today));
    return address;
}

}  // namespace stageclock::slack

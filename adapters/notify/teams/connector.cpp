// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/connector.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <nlohmann/json.hpp>

namespace stageclock::teams {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 3> microsoft{"smba.trafficmanager.net", "*.botframework.com",
                                                    "*.teams.microsoft.com"};
constexpr std::string_view bearer = "Bearer ";

bool covers(std::string_view rule, std::string_view host) {
    if (!rule.starts_with("*.")) return rule == host;
    return host.size() > rule.size() - 1 && host.ends_with(rule.substr(1));
}

std::string text_at(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::shared_ptr<oauth::TokenSource> tokens_of(const ChatAppSettings& app,
                                              const http::ClientOptions& options) {
    // Whoever may call without proof names the address we answer to: it gets no token of ours.
    if (app.unproven) return nullptr;
    const std::string tenant = app.tenant.empty() ? "botframework.com" : app.tenant;
    OauthSettings settings;
    settings.token_url = login_url(app, "https://login.microsoftonline.com",
                                   "/" + http::encoded(tenant) + "/oauth2/v2.0/token");
    settings.client_id = app.client_id;
    settings.client_secret = app.token;
    settings.scope = "https://api.botframework.com/.default";
    auto made = oauth::TokenSource::make(settings, options);
    return made ? *made : nullptr;
}

// The token a request bears; empty: none.
std::string borne(const http::Request& request) {
    for (const auto& [name, value] : request.headers) {
        if (name == "Authorization") return value.substr(bearer.size());
    }
    return {};
}

}  // namespace

std::string to_place(const Conversation& conversation) {
    return Json{{"service", conversation.service_url},
                {"conversation", conversation.id},
                {"addresses", conversation.addresses}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Conversation from_place(const std::string& place) {
    const Json json = Json::parse(place, nullptr, false);
    if (!json.is_object()) return {};
    Conversation read{text_at(json, "service"), text_at(json, "conversation")};
    if (!json.contains("addresses") || !json["addresses"].is_array()) return read;
    for (const Json& each : json["addresses"]) {
        if (each.is_string()) read.addresses.push_back(each.get<std::string>());
    }
    return read;
}

std::string login_url(const ChatAppSettings& app, const std::string& otherwise,
                      const std::string& path) {
    std::string base = app.url.empty() ? otherwise : app.url;
    while (base.ends_with('/')) base.pop_back();
    return base + path;
}

Connector::Connector(ChatAppSettings app, http::ClientOptions options)
    : app_(std::move(app)), client_(options), tokens_(tokens_of(app_, options)) {}

bool Connector::permits(const std::string& service_url) const {
    if (service_url.find_first_of("?#\\") != std::string::npos) return false;
    const std::string host = http::host_of(service_url);
    const auto here = [&host](std::string_view rule) { return covers(rule, host); };
    if (host.empty()) return false;
    return std::any_of(microsoft.begin(), microsoft.end(), here) ||
           std::any_of(app_.hosts.begin(), app_.hosts.end(), here);
}

Result<std::string> Connector::token() {
    const Error none{Code::refused,
                     "no access token for the bot: see client_id, tenant and token_file of its "
                     "[[chat_app]]",
                     "chat_app"};
    if (tokens_ == nullptr) return none;
    const auto got = tokens_->get();
    if (got) return got->text;
    if (got.error().code != Code::unavailable) return none;
    return Error{Code::unavailable, "no access token for the bot now", "chat_app"};
}

Result<http::Request> Connector::request(const std::string& method, const Conversation& to,
                                         const std::string& tail, const std::string& body) {
    std::string base = to.service_url;
    while (base.ends_with('/')) base.pop_back();
    http::Request made{method,
                       base + "/v3/conversations/" + http::encoded(to.id) + tail,
                       body.empty() ? "" : "application/json",
                       body,
                       {}};
    // The whole address, so that no part of it can make another host of it.
    if (!permits(to.service_url) || !permits(made.url)) {
        return Error{Code::refused, "the service address is not one that may be called", "hosts"};
    }
    if (app_.unproven) return made;
    const auto proof = token();
    if (!proof) return proof.error();
    made.headers.emplace_back("Authorization", std::string(bearer) + *proof);
    return made;
}

Result<http::Answer> Connector::call(const std::string& method, const Conversation& to,
                                     const std::string& tail, const std::string& body) {
    for (;;) {
        const auto made = request(method, to, tail, body);
        if (!made) return made.error();
        auto answer = client_.send(*made);
        if (!answer || !may_try_another_token(*made, *answer)) return answer;
    }
}

bool Connector::may_try_another_token(const http::Request& request, const http::Answer& answer) {
    const std::string token = borne(request);
    if (token.empty()) return false;
    const std::lock_guard lock(mutex_);
    if (answer.status != 401) {
        worked_ = token;
        return false;
    }
    tokens_->forget(token);
    const bool another = worked_ == token;
    if (another) worked_.clear();
    return another;
}

}  // namespace stageclock::teams

// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/bot_proof.h"

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>

#include "adapters/notify/teams/connector.h"
#include "adapters/support/jws.h"

namespace stageclock::teams {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::minutes tolerance{5};

std::string text_at(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Error refused(const char* why) { return {Code::refused, why, "authorization"}; }

// RFC 7519 section 4.1: seconds since 1970, perhaps with a fraction. Nullopt: not there, or not a
// time of this age.
std::optional<Instant> time_at(const Json& claims, const char* key) {
    const auto found = claims.find(key);
    if (found == claims.end() || !found->is_number()) return std::nullopt;
    const auto seconds = found->get<double>();
    if (!(seconds > 0 && seconds < 1e11)) return std::nullopt;
    return Instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

Done check_times(const Json& claims, Instant now) {
    const auto exp = time_at(claims, "exp");
    if (!exp) return refused("the token has no end");
    if (now - *exp >= tolerance) return refused("the token has ended");
    if (!claims.contains("nbf")) return done();
    const auto nbf = time_at(claims, "nbf");
    if (!nbf || *nbf - now > tolerance) return refused("the token does not count yet");
    return done();
}

// The channel's own tokens name the address to answer to, and their key the channels it speaks for.
Done check_channel(const Json& claims, const SigningKey& key, const Activity& activity) {
    if (text_at(claims, "iss") != "https://api.botframework.com") {
        return refused("the token is of another issuer");
    }
    if (activity.service_url.empty() || text_at(claims, "serviceurl") != activity.service_url) {
        return refused("the token is for another service address");
    }
    const auto& may = key.endorsements;
    if (std::find(may.begin(), may.end(), activity.channel) == may.end()) {
        return refused("the token's key does not speak for this channel");
    }
    return done();
}

// A token of the own tenant counts only when it was given to the bot itself: any other app of the
// tenant can get one for our audience, and would speak for everybody.
Done check_tenant(const Json& claims, const ChatAppSettings& app, const Activity& activity) {
    const std::string issuer = text_at(claims, "iss");
    if (issuer != "https://sts.windows.net/" + app.tenant + "/" &&
        issuer != "https://login.microsoftonline.com/" + app.tenant + "/v2.0") {
        return refused("the token is of another issuer");
    }
    const char* holder = claims.contains("azp") ? "azp" : "appid";
    if (text_at(claims, holder) != app.client_id) return refused("the token is another app's");
    const bool elsewhere =
        claims.contains("serviceurl") && text_at(claims, "serviceurl") != activity.service_url;
    return elsewhere ? Done(refused("the token is for another service address")) : done();
}

}  // namespace

BotProof::BotProof(ChatAppSettings app, const Clock& clock, const http::ClientOptions& options)
    : app_(std::move(app)),
      clock_(clock),
      bot_framework_(
          login_url(app_, "https://login.botframework.com", "/v1/.well-known/openidconfiguration"),
          clock, options),
      tenant_(
          login_url(app_, "https://login.microsoftonline.com",
                    "/" + http::encoded(app_.tenant) + "/v2.0/.well-known/openid-configuration"),
          clock, options) {}

Done BotProof::check(const std::string* authorization, const Activity& activity) {
    constexpr std::string_view scheme = "Bearer ";
    // Other channels of the Bot Framework let their clients choose who they are.
    if (activity.channel != "msteams") return refused("not a channel we listen to");
    if (app_.unproven) return done();
    if (app_.client_id.empty()) return refused("client_id is not set, so nobody is believed");
    if (authorization == nullptr || !authorization->starts_with(scheme)) {
        return refused("there is no token");
    }
    const std::string token = authorization->substr(scheme.size());
    const auto header = jws::header_of(token);
    if (!header || header->alg != "RS256" || header->kid.empty()) {
        return refused("the token is not one that is signed with RS256");
    }
    auto key = bot_framework_.find(header->kid);
    if (!key) return key.error();
    const bool of_channel = key->has_value();
    if (!of_channel && !app_.tenant.empty()) {
        if (auto own = tenant_.find(header->kid)) key = *std::move(own);
    }
    if (!*key) return refused("the token's key is not known");
    const auto payload = jws::verified_rs256(token, (**key).jwk);
    if (!payload) return refused("the token's signature is not right");
    const Json claims = Json::parse(*payload, nullptr, false);
    if (!claims.is_object()) return refused("the token claims nothing");
    if (text_at(claims, "aud") != app_.client_id) return refused("the token is for another bot");
    if (const auto in_time = check_times(claims, clock_.now()); !in_time) return in_time;
    return of_channel ? check_channel(claims, **key, activity)
                      : check_tenant(claims, app_, activity);
}

}  // namespace stageclock::teams

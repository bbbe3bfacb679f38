// SPDX-License-Identifier: MIT
#include "adapters/notify/govuk/service.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/notify/web/verdict.h"
#include "adapters/support/crypto.h"

namespace stageclock::govuk {
namespace {

using Json = nlohmann::json;

constexpr const char* public_url = "https://api.notifications.service.gov.uk";
constexpr std::size_t half = 36;  // a UUID as text
constexpr std::chrono::seconds rate_window{60};

bool is_uuid(std::string_view text) {
    if (text.size() != half) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

// RFC 7515 appendix C.
std::string base64url(std::string_view bytes) {
    std::string text = crypto::base64_encode(bytes);
    while (text.ends_with('=')) text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

// What an answer says, as far as we go by it. `error` is one word of letters: nothing else of an
// answer gets into what we keep.
struct Said {
    std::string error;
    std::string id;
    bool clock = false;
};

Said said_by(const http::Answer& answer) {
    Said said;
    const Json json = Json::parse(answer.body, nullptr, false);
    if (!json.is_object()) return said;
    if (const auto id = json.find("id"); id != json.end() && id->is_string()) {
        const auto& text = id->get_ref<const std::string&>();
        if (is_uuid(text)) said.id = text;
    }
    const auto errors = json.find("errors");
    if (errors == json.end() || !errors->is_array() || errors->empty()) return said;
    const Json& first = errors->front();
    if (!first.is_object()) return said;
    const std::string error = first.contains("error") && first["error"].is_string()
                                  ? first["error"].get<std::string>()
                                  : "";
    const bool word = error.size() <= 40 && std::all_of(error.begin(), error.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                      });
    if (word) said.error = error;
    said.clock =
        first.contains("message") && first["message"].is_string() &&
        first["message"].get_ref<const std::string&>().find("system clock") != std::string::npos;
    return said;
}

}  // namespace

std::optional<ApiKey> parse_key(const std::string& text) {
    if (text.size() < 2 * half + 1) return std::nullopt;
    const std::size_t secret = text.size() - half;
    const std::size_t issuer = secret - half - 1;
    ApiKey key{text.substr(issuer, half), text.substr(secret)};
    if (text[secret - 1] != '-' || !is_uuid(key.issuer) || !is_uuid(key.secret)) {
        return std::nullopt;
    }
    return key;
}

std::string token(const ApiKey& key, Instant at) {
    const std::string head = R"({"alg":"HS256","typ":"JWT"})";
    const Json claims{{"iss", key.issuer}, {"iat", at.time_since_epoch().count()}};
    const std::string signed_part = base64url(head) + "." + base64url(claims.dump());
    return signed_part + "." + base64url(crypto::hmac_sha256(key.secret, signed_part));
}

Service::Service(const NotifySettings& settings, http::ClientOptions options,
                 std::function<Instant()> now)
    : key_(parse_key(settings.api_key)),
      url_(settings.url.empty() ? public_url : settings.url),
      now_(std::move(now)),
      client_(std::move(options)) {}

Result<http::Answer> Service::post(const std::string& path, const std::string& body) {
    return call({"POST", url_ + path, "application/json", body, {}});
}

Result<http::Answer> Service::get(const std::string& path) {
    return call({"GET", url_ + path, "", "", {}});
}

Result<http::Answer> Service::call(http::Request request) {
    if (!key_) return Error{Code::refused, "the API key is none of GOV.UK Notify", ""};
    request.headers.emplace_back("Authorization", "Bearer " + token(*key_, now_()));
    return client_.send(request);
}

Delivery judge(const http::Answer& answer) {
    const Said said = said_by(answer);
    Delivery by_status = web::by_status(answer);
    if (!said.id.empty()) by_status.reply += ": notification " + said.id;
    if (said.error.empty()) return by_status;
    by_status.reply += ": " + said.error;
    switch (answer.status) {
        case 400:
            // A ValidationError is about this message; a BadRequestError about our settings.
            by_status.to_mend = said.error == "BadRequestError";
            break;
        case 401:
        case 403:
            // Mended within the time we try, nothing is lost.
            by_status = {Delivered::try_again, by_status.reply, {}, true};
            if (said.clock) by_status.reply += ": the clock is off";
            break;
        case 429:
            if (by_status.after.count() > 0) break;
            // The first ends within a minute, the other (the day's limit) at midnight UTC.
            by_status.after =
                said.error == "TooManyRequestsError" ? std::chrono::hours(1) : rate_window;
            by_status.to_mend = said.error == "TooManyRequestsError";
            break;
        default: break;
    }
    return by_status;
}

}  // namespace stageclock::govuk

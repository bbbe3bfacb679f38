// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/signing_keys.h"

#include <chrono>
#include <cstddef>

#include <nlohmann/json.hpp>

namespace stageclock::teams {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::hours longest_kept{24};
constexpr std::chrono::minutes between_looks{5};
constexpr std::chrono::seconds between_failures{10};
constexpr std::size_t most_keys = 200;
constexpr std::size_t answer_limit = 1024 * 1024;

std::string text_at(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> texts_at(const Json& json, const char* key) {
    std::vector<std::string> texts;
    if (!json.contains(key) || !json[key].is_array()) return texts;
    for (const Json& each : json[key]) {
        if (each.is_string()) texts.push_back(each.get<std::string>());
    }
    return texts;
}

http::ClientOptions patient_for_keys(http::ClientOptions options) {
    options.answer_limit = answer_limit;
    options.total_limit = std::min(options.total_limit, std::chrono::milliseconds(5'000));
    return options;
}

}  // namespace

SigningKeys::SigningKeys(std::string metadata_url, const Clock& clock, http::ClientOptions options)
    : metadata_url_(std::move(metadata_url)),
      clock_(clock),
      client_(patient_for_keys(std::move(options))) {}

Result<std::optional<SigningKey>> SigningKeys::find(const std::string& kid) {
    const std::lock_guard lock(mutex_);
    const Instant now = clock_.now();
    const auto is_old = [&] { return !fetched_ || now - *fetched_ >= longest_kept; };
    const auto pause = is_old() ? std::chrono::seconds(between_failures) : between_looks;
    const bool may_ask = !asked_ || now - *asked_ >= pause;
    if (may_ask && (is_old() || !keys_.contains(kid))) {
        asked_ = now;
        if (auto found = fetch()) {
            keys_ = *std::move(found);
            fetched_ = now;
        }
    }
    if (is_old()) return Error{Code::unavailable, "the signing keys cannot be fetched", ""};
    const auto key = keys_.find(kid);
    if (key == keys_.end()) return std::optional<SigningKey>();
    return std::optional(key->second);
}

std::optional<SigningKeys::Keys> SigningKeys::fetch() {
    const auto read = [this](const std::string& url) {
        const auto answer = client_.send({"GET", url, "", "", {}});
        return answer && answer->status == 200 ? Json::parse(answer->body, nullptr, false) : Json();
    };
    const Json metadata = read(metadata_url_);
    if (!metadata.is_object()) return std::nullopt;
    const Json set = read(text_at(metadata, "jwks_uri"));
    if (!set.is_object() || !set.contains("keys") || !set["keys"].is_array()) return std::nullopt;
    Keys keys;
    for (const Json& key : set["keys"]) {
        const bool signs = key.is_object() && text_at(key, "kty") == "RSA" &&
                           (!key.contains("use") || text_at(key, "use") == "sig");
        const std::string kid = signs ? text_at(key, "kid") : std::string();
        if (kid.empty() || keys.size() == most_keys) continue;
        const Json jwk{{"kty", "RSA"}, {"n", text_at(key, "n")}, {"e", text_at(key, "e")}};
        keys[kid] = {jwk.dump(-1, ' ', false, Json::error_handler_t::replace),
                     texts_at(key, "endorsements")};
    }
    return keys;
}

}  // namespace stageclock::teams

// SPDX-License-Identifier: MIT
#include "adapters/support/oauth_token.h"

#include <algorithm>

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include "adapters/support/mail_line.h"

namespace stageclock::oauth {
namespace {

using std::chrono::seconds;

constexpr auto fetch_limit = std::chrono::milliseconds(10'000);
constexpr seconds before_the_end{60};  // a token is not used in its last minute
constexpr seconds usual_life{300};     // when the answer does not say (RFC 6749 section 5.1)
constexpr seconds longest_life{24 * 3600};

// The `error` of a refusal (RFC 6749 section 5.2) when it is a plain word; what else stands in the
// answer may repeat what we sent.
std::string error_word(const nlohmann::json& answer) {
    if (!answer.is_object() || !answer.contains("error") || !answer["error"].is_string()) return {};
    auto word = answer["error"].get<std::string>();
    const bool plain = word.size() <= 40 &&
                       word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    return plain ? word : std::string();
}

Error refusal(int status, const std::string& word) {
    const auto said = word.empty() ? "HTTP " + std::to_string(status) : word;
    std::string key = "oauth.token_url";
    if (word == "invalid_client" || status == 401) key = "oauth.client_secret_file";
    if (word == "invalid_scope") key = "oauth.scope";
    if (word == "unauthorized_client") key = "oauth.client_id";
    const auto code = status >= 500 || status == 429 ? Code::unavailable : Code::refused;
    return {code, "the token endpoint gives no access token (" + said + "): see " + key, key};
}

}  // namespace

Result<std::shared_ptr<TokenSource>> TokenSource::make(const OauthSettings& settings,
                                                       http::ClientOptions options) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), curl_url_cleanup);
    const Error bad{Code::invalid_input,
                    "must be an https address without a user; http is permitted on this machine",
                    "oauth.token_url"};
    const auto part = [&parts](CURLUPart which) {
        char* text = nullptr;
        if (curl_url_get(parts.get(), which, &text, 0) != CURLUE_OK) return std::string();
        std::string out = text;
        curl_free(text);
        return out;
    };
    const auto set =
        curl_url_set(parts.get(), CURLUPART_URL, settings.token_url.c_str(), CURLU_DISALLOW_USER);
    if (set != CURLUE_OK) return bad;
    const auto host = part(CURLUPART_HOST);
    const auto scheme = part(CURLUPART_SCHEME);
    if (scheme != "https" && !(scheme == "http" && mail::is_loopback(host))) return bad;
    if (settings.client_id.empty() || settings.client_secret.empty())
        return Error{Code::invalid_input, "is missing", "oauth.client_secret_file"};
    // The operator named this host: it may stand in our own network.
    options.local_hosts = {host};
    if (!settings.ca_file.empty()) options.ca_file = settings.ca_file;
    options.total_limit = fetch_limit;
    return std::shared_ptr<TokenSource>(new TokenSource(settings, std::move(options)));
}

TokenSource::TokenSource(OauthSettings settings, http::ClientOptions options)
    : settings_(std::move(settings)), client_(std::move(options)) {}

Result<Token> TokenSource::get() {
    std::uint64_t before = 0;
    {
        const std::lock_guard lock(failures_mutex_);
        before = failures_;
    }
    const std::lock_guard lock(mutex_);
    if (!text_.empty() && std::chrono::steady_clock::now() < until_) return Token{text_, false};
    {
        // Another thread asked in vain while we waited: the same question has the same answer.
        const std::lock_guard failures(failures_mutex_);
        if (failures_ != before) return *last_failure_;
    }
    auto token = fetch();
    if (!token) {
        const std::lock_guard failures(failures_mutex_);
        ++failures_;
        last_failure_ = token.error();
    }
    return token;
}

Result<Token> TokenSource::fetch() {
    text_.clear();
    http::Request request;
    request.method = "POST";
    request.url = settings_.token_url;
    request.content_type = "application/x-www-form-urlencoded";
    request.headers = {{"Accept", "application/json"}};
    // RFC 6749 appendix B.
    request.body = "grant_type=client_credentials&client_id=" + http::encoded(settings_.client_id) +
                   "&client_secret=" + http::encoded(settings_.client_secret);
    if (!settings_.scope.empty()) request.body += "&scope=" + http::encoded(settings_.scope);
    const auto answer = client_.send(request);
    if (!answer) {
        return Error{answer.error().code,
                     "no access token from the token endpoint: " + answer.error().what,
                     "oauth.token_url"};
    }
    const auto json = nlohmann::json::parse(answer->body, nullptr, false);
    if (answer->status != 200) return refusal(answer->status, error_word(json));
    const bool good =
        json.is_object() && json.contains("access_token") && json["access_token"].is_string();
    const auto text = good ? json["access_token"].get<std::string>() : std::string();
    // Printable ASCII (RFC 6750 section 2.1 permits less): it goes into a line of a mail dialogue.
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
    if (text.empty() || !plain) {
        return Error{Code::unavailable, "the token endpoint's answer holds no access token",
                     "oauth.token_url"};
    }
    seconds life = usual_life;
    if (json.contains("expires_in") && json["expires_in"].is_number()) {
        const auto given = json["expires_in"].get<double>();
        life = seconds(static_cast<long>(std::clamp(given, 0.0, double(longest_life.count()))));
    }
    text_ = text;
    until_ = std::chrono::steady_clock::now() + life - std::min(before_the_end, life / 2);
    return Token{text, true};
}

void TokenSource::forget(const std::string& text) {
    const std::lock_guard lock(mutex_);
    if (text_ == text) text_.clear();
}

}  // namespace stageclock::oauth

// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/support/http_client.h"
#include "bot/core/result.h"
#include "bot/ports/settings.h"

// Access tokens for a mail server or a chat platform, got with client credentials (RFC 6749
// section 4.4). Errors name a key of [oauth] and never hold the secret, a token or the endpoint.
namespace stageclock::oauth {

struct Token {
    std::string text;
    bool fresh = false;  // got just now: a server that refuses it would refuse another
};

// Thread-safe.
class TokenSource {
public:
    // Error: the endpoint is not https (http on this machine passes), or something is missing.
    // Of `options` the proxy and the authorities count; the settings' own ca_file comes first.
    static Result<std::shared_ptr<TokenSource>> make(const OauthSettings& settings,
                                                     http::ClientOptions options = {});

    // The token in hand, or a new one when there is none or it soon ends. Bounded by 10 s. Of
    // several threads that wait for one only one asks.
    Result<Token> get();
    // The mail server refused this one: the next get() fetches another.
    void forget(const std::string& text);

private:
    TokenSource(OauthSettings settings, http::ClientOptions options);
    Result<Token> fetch();

    const OauthSettings settings_;
    http::Client client_;
    std::mutex mutex_;
    std::string text_;
    std::chrono::steady_clock::time_point until_;
    std::mutex failures_mutex_;
    std::uint64_t failures_ = 0;
    std::optional<Error> last_failure_;
};

}  // namespace stageclock::oauth

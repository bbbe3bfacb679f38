// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/support/http_client.h"
#include "bot/ports/clock.h"

namespace stageclock::teams {

// A public key somebody signs tokens with.
struct SigningKey {
    std::string jwk;
    std::vector<std::string> endorsements;  // channels it may speak for
};

// The keys a login server publishes: its metadata (OpenID Connect Discovery 1.0 section 4) names
// the address of the set. Kept for 24 hours; looked for again when a key is asked for that is not
// among them, at most every five minutes. Thread-safe.
class SigningKeys {
public:
    SigningKeys(std::string metadata_url, const Clock& clock, http::ClientOptions options);

    // Nothing: there is no such key. Code::unavailable: there are no keys of the last 24 hours.
    Result<std::optional<SigningKey>> find(const std::string& kid);

private:
    using Keys = std::map<std::string, SigningKey>;
    std::optional<Keys> fetch();

    const std::string metadata_url_;
    const Clock& clock_;
    http::Client client_;
    std::mutex mutex_;
    Keys keys_;
    std::optional<Instant> fetched_;
    std::optional<Instant> asked_;  // also in vain
};

}  // namespace stageclock::teams

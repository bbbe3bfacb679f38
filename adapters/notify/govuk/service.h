// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "adapters/notify/real_time.h"
#include "adapters/support/http_client.h"
#include "bot/core/time.h"
#include "bot/ports/notifier.h"
#include "bot/ports/settings.h"

// GOV.UK Notify as we call it (docs/adapters/govuk-notify.md). Internal to this folder and its
// tests.
namespace stageclock::govuk {

// The two halves of an API key, "NAME-ISSUER-SECRET": nullopt when it is none.
struct ApiKey {
    std::string issuer;  // id of the service, 36 characters
    std::string secret;  // 36 characters
};
std::optional<ApiKey> parse_key(const std::string& text);

// The JSON Web Token of one call (RFC 7519, HS256). `at` is the real time: Notify refuses a token
// more than 30 seconds off.
std::string token(const ApiKey& key, Instant at);

// Calls to one service account. Thread-safe.
class Service {
public:
    Service(const NotifySettings& settings, http::ClientOptions options,
            std::function<Instant()> now = notify::real_now);

    // `path`: "/v2/notifications/sms". Errors as of http::Client, without the key or the address.
    Result<http::Answer> post(const std::string& path, const std::string& body);
    Result<http::Answer> get(const std::string& path);

private:
    Result<http::Answer> call(http::Request request);

    const std::optional<ApiKey> key_;
    const std::string url_;
    const std::function<Instant()> now_;
    http::Client client_;
};

// What Notify's answer to a message means. Only `error` is judged, never the sentence beside it,
// with one exception Notify documents: a clock that is off.
Delivery judge(const http::Answer& answer);

}  // namespace stageclock::govuk

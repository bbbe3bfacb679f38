// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/support/http_client.h"
#include "bot/core/time.h"
#include "bot/ports/places.h"
#include "bot/ports/settings.h"

namespace stageclock::slack {

// A POST of JSON to a method of the Web API, with the app's token.
http::Request api_call(const ChatAppSettings& app, const std::string& method, std::string json);

// Who is who: accounts ("U0123ABCD") and mail addresses. What Slack said last is remembered for
// when it does not answer. Thread-safe.
class People {
public:
    People(Places& places, http::ClientOptions options)
        : places_(places), client_(std::move(options)) {}

    // users.lookupByEmail. Code::unavailable: try again; Code::not_found: nobody there has it;
    // Code::refused: the app may not ask.
    Result<std::string> account_of(const ChatAppSettings& app, const std::string& address);
    // users.info, asked once a day. Empty: not known, or the address proves nothing: a guest of
    // another workspace (`tenant` is ours), a robot, an account that has ended.
    std::string address_of(const ChatAppSettings& app, const std::string& account, Instant now);

private:
    Places& places_;
    http::Client client_;
};

}  // namespace stageclock::slack

// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/notify/teams/activity.h"
#include "adapters/notify/teams/signing_keys.h"
#include "adapters/support/http_client.h"
#include "bot/core/result.h"
#include "bot/ports/clock.h"
#include "bot/ports/settings.h"

namespace stageclock::teams {

// Whether an activity comes from Teams, by the token that came with it: the rules of the Bot
// Framework ("Authenticate requests from the Bot Connector service"), and stricter where those
// leave a gap. Thread-safe.
class BotProof {
public:
    BotProof(ChatAppSettings app, const Clock& clock, const http::ClientOptions& options);

    // `authorization`: the header's value; null: it is not there exactly once. Code::refused: not
    // proven, and why, without personal data; Code::unavailable: it cannot be decided now.
    Done check(const std::string* authorization, const Activity& activity);

private:
    const ChatAppSettings app_;
    const Clock& clock_;
    SigningKeys bot_framework_;
    SigningKeys tenant_;  // of the app's own tenant
};

}  // namespace stageclock::teams

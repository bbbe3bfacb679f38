// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "adapters/notify/web/web_channel.h"

namespace stageclock::teams {

// Teams drops messages above about 28 KB; this is what we allow ourselves.
constexpr std::size_t message_limit = 28 * 1000;

// The channel "teams": notices as cards, posted to Workflows webhooks
// (docs/adapters/teams.md).
web::Channel workflow();

// An answer of the webhook. Throttling is also reported inside a 200.
Delivery judge(const http::Answer& answer);

}  // namespace stageclock::teams

// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "adapters/notify/channels.h"

namespace stageclock::slack {

// The channel "slack": an incoming webhook, or an app that posts into rooms and to people
// (docs/adapters/slack.md).
std::unique_ptr<Notifier> make(const notify::Parts& parts);

// An answer of a webhook or of the Web API, whose errors come as HTTP 200.
Delivery judge(const http::Answer& answer);

}  // namespace stageclock::slack

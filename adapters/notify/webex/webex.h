// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/notify/web/web_channel.h"

namespace stageclock::webex {

// The channel "webex": the cards of Teams, posted by a bot into spaces or to people
// (docs/adapters/webex.md).
web::Channel channel();

}  // namespace stageclock::webex

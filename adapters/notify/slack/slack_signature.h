// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "bot/core/time.h"
#include "bot/ports/door.h"

namespace stageclock::slack {

// "v0=" and the hex HMAC-SHA256 of "v0:TIMESTAMP:BODY"
// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
std::string signature(std::string_view secret, std::string_view timestamp, std::string_view body);

// Why the request is not proven to be Slack's; empty: it is. Its time may lie five minutes from
// `now`, either way.
std::string unproven(const front::Request& request, std::string_view secret, Instant now);

}  // namespace stageclock::slack

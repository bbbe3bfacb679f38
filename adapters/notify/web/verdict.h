// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/support/http_client.h"
#include "bot/ports/notifier.h"

namespace stageclock::web {

// What an answer means by its status alone (RFC 9110 section 15): 2xx accepted; 408, 425, 429 and
// 5xx later, not before Retry-After and at most an hour on; anything else never. 401, 403, 404 and
// 410 are for an operator to mend.
Delivery by_status(const http::Answer& answer);

// The same for a reason of our own: "throttled".
Delivery later(const http::Answer& answer, const std::string& why);

}  // namespace stageclock::web

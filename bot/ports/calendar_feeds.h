// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "bot/core/result.h"

namespace stageclock {

// The deadlines somebody owes, as a calendar program subscribes to them.
class CalendarFeeds {
public:
    virtual ~CalendarFeeds() = default;

    // The open duties with a deadline that the reader of this notice owes, of all open cases, as
    // iCalendar (RFC 5545). The notice is named by the number of its row in the outbox; whoever
    // asks has opened a sealed link that its reader got. No personal data. Code::not_found: there
    // is no such notice, or it had no reader of its own; Code::unavailable: try again. Thread-safe.
    virtual Result<std::string> deadlines(std::int64_t notice) = 0;
};

}  // namespace stageclock

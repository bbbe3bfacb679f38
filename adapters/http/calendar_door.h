// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "adapters/http/exchange.h"
#include "adapters/http/webhook.h"
#include "bot/ports/calendar_feeds.h"
#include "bot/ports/seal.h"

namespace stageclock::front {

// "/calendar/SEAL.ics": somebody's deadlines, for a calendar program that cannot log in. The sealed
// address is the only proof it asks for; it opens nothing else. GET and HEAD only.
class CalendarDoor {
public:
    // All outlive this.
    CalendarDoor(CalendarFeeds& feeds, const Seal& seal, RefusalNotes& notes)
        : feeds_(feeds), seal_(seal), notes_(notes) {}

    static bool is_calendar(std::string_view path);
    // 304 when the program has it already (RFC 9110 section 13.1.2), 404 for any other address.
    Response get(const Request& request);

private:
    CalendarFeeds& feeds_;
    const Seal& seal_;
    RefusalNotes& notes_;
};

}  // namespace stageclock::front

// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/decide.h"

namespace stageclock {

// A time without a break in which the same people would be told.
struct Span {
    Instant from;
    Instant to;  // half open
    std::vector<Recipient> people;
    std::vector<std::string> missing;  // roles nobody with an address is known for
};

// Who would be told for `target` in each minute of the seven days that begin at local midnight of
// `from`, as few spans as there are changes. The case stays as it is.
std::vector<Span> every_hour_of_a_week(const Case& the_case, const Target& target,
                                       const Rules& rules, Date from);

// The first Monday after the day of `instant`.
Date monday_after(Instant instant, const Calendar& calendar);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/calendar.h"
#include "bot/core/result.h"

namespace stageclock {

// The days a range of hours begins on.
enum class Days {
    every,
    working,
    non_working,  // weekends and bank holidays
    weekends,
    holidays,  // bank holidays
    weekdays   // Monday to Friday, or the days of `from_day` to `to_day`
};

// Hours of the week on the wall clock, half-open: "working days 09:00-17:00" holds at 09:00
// and no longer at 17:00. A range past midnight belongs to the day it begins on.
struct Hours {
    bool outside = false;  // every instant but these
    Days days = Days::every;
    int from_day = 1;  // 1 = Monday ... 7 = Sunday; weekdays only
    int to_day = 5;
    TimeOfDay from{0};
    TimeOfDay to{24 * 60};
    bool operator==(const Hours&) const = default;
};

// "07:00-21:00", "working days 09:00-17:00", "Monday to Friday 09:00-17:00", "Saturday
// 10:00-12:00", "outside working days 09:00-17:00". The error says what is permitted.
Result<Hours> parse_hours(std::string_view text);
std::string to_text(const Hours& hours);

bool holds(const Hours& hours, Instant at, const Calendar& calendar);
// The first instant, from `at` on, at which any of these hours holds; `at` itself when one does.
// None when none does within a year, or `hours` is empty.
std::optional<Instant> opening(const std::vector<Hours>& hours, Instant at,
                               const Calendar& calendar);

}  // namespace stageclock

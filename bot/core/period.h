// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/core/calendar.h"

namespace stageclock {

// What a report is about: a quarter of a calendar year or the whole of it. Quarters end on 31
// March, 30 June, 30 September and 31 December (B-11).
struct Period {
    int year = 0;
    int quarter = 0;  // 1 to 4; 0: the year
    auto operator<=>(const Period&) const = default;
    bool is_year() const { return quarter == 0; }
};

// "2026-Q4", "2026", and back; nullopt for anything else. Years from 2000 to 2199.
std::string to_text(const Period& period);
std::optional<Period> parse_period(std::string_view text);
// "October to December 2026", "2026".
std::string to_words(const Period& period);

// The one of the same length that ends the day before.
Period before(const Period& period);
// ... that begins the day after.
Period after(const Period& period);
Date first_day(const Period& period);
Date last_day(const Period& period);
// The quarter or year in which the day lies.
Period quarter_of(Date date);
Period year_of(Date date);

// From the first instant of the period up to, not including, the first one after it.
struct PeriodSpan {
    Instant from;
    Instant to;
    bool holds(Instant instant) const { return from <= instant && instant < to; }
};
PeriodSpan span_of(const Period& period, const Calendar& calendar);

}  // namespace stageclock

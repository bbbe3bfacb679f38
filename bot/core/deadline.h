// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/calendar.h"
#include "bot/core/result.h"

namespace stageclock {

// How a policy words a limit. The units stay apart: working days are never converted to hours.
enum class Unit {
    working_days,
    working_weeks,
    calendar_days,     // every day counts; on a day nobody works, by the next working day
    calendar_months,   // the same day so many months on, likewise
    working_hours,     // only the hours between opening and close of working days
    hours,             // elapsed, through nights, holidays and clock changes
    same_working_day,  // close of the working day it arises on, else of the next
    at_once,           // told at once, shown overdue at the close of the working day
    by_agreement,      // no deadline until a case sets one
    none               // no deadline
};

struct Term {
    Unit unit = Unit::none;
    int count = 0;
    bool operator==(const Term&) const = default;
};

// "5 working days", "1 working week", "28 calendar days", "3 calendar months", "4 working hours",
// "24 hours", "same working day", "at once", "by agreement",
// "none". The error says what is permitted.
Result<Term> parse_term(std::string_view text);
std::string to_text(const Term& term);

// The readings of a policy that decide what its words mean (R-3, R-4, R-10 and their alternatives).
struct Readings {
    TimeOfDay close_of_business{17 * 60};     // the hour at which a day's limit ends
    TimeOfDay reminder_time{9 * 60};          // local hour of reminders and daily repeats
    TimeOfDay opening{9 * 60};                // when the working hours of a day begin
    // What arises at or after this hour, or on a day nobody works, counts as arising on the next
    // working day; none: the day it arises is day 0 whatever the hour.
    std::optional<TimeOfDay> late_start;
    bool first_day_counts = false;            // the day it arises is day 1, not day 0
    bool same_clock_time_on_last_day = false; // R-3, the alternative
    bool week_is_same_weekday = false;        // R-4, the alternative
};

// Why a deadline is what it is: enough for a person to check it by hand.
struct TraceLine {
    Date date;
    int counted = 0;  // the number this working day got; 0 when it was not counted
    std::string why;  // "day 0", "working day 1", "Saturday", "Boxing Day"
};

struct Trace {
    std::string rule;          // "1 working week"
    std::string reading;       // "5 working days, due at close of business 17:00 (R-3, R-4)"
    std::string start_event;   // "stage 2 entered"
    Instant start;
    std::vector<TraceLine> lines;
    std::vector<std::string> adjustments;  // "urgent since ...: the earlier of both (R-9)"
    std::string calendar;      // version of the calendar
    std::string policy;        // version of the policy
};

struct Deadline {
    std::optional<Instant> due;    // none: the term sets no deadline
    // The count ran past the end of the holiday list. `due` is then the earliest it can be (no
    // unknown holiday counted), must be shown as provisional and told to the operator.
    bool beyond_calendar = false;
    Trace trace;
};

// When a term that starts at `start` ends. Pure.
Deadline deadline(const Term& term, Instant start, const Readings& readings,
                  const Calendar& calendar);

}  // namespace stageclock

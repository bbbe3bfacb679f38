// SPDX-License-Identifier: MIT
#pragma once

#include "bot/core/period.h"
#include "bot/core/policy.h"

// When what a board owes beside its cases is due. Pure.
namespace stageclock {

// When the report of a period goes out: the opening hour of the first working day after it, or of
// the day its policy sets.
Instant report_due(const BoardReport& report, const Period& period, const Readings& readings,
                   const Calendar& calendar);
// The first period that ends after `start`.
Period first_period(const BoardReport& report, Instant start, const Calendar& calendar);

// When the board is told that its policy is past its review date: the opening hour of the first
// working day after it, and of the working day on or after the same day of each month that follows.
// `number`: which one, from 0.
Instant review_prompt_due(Date review_due, int number, const Readings& readings,
                          const Calendar& calendar);
// The last of them that is due at `now`; -1: none is.
int last_review_prompt(Date review_due, Instant now, const Readings& readings,
                       const Calendar& calendar);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/core/calendar_entry.h"
#include "bot/core/decide.h"
#include "bot/ports/notifier.h"
#include "bot/ports/seal.h"
#include "bot/ports/settings.h"
#include "bot/ports/store.h"

// Deadlines of cases as calendar entries: what is attached to mails, and what a subscribed calendar
// is made of. No entry holds personal data: a reference, a title of the policy, the board's name.
namespace stageclock {

// The entry of one run of a duty. Nothing is stored for it: the UID is made of case, duty and the
// start of the run; SEQUENCE is the number of the case's events, which never falls and rises with
// whatever may have moved the deadline. None: it has no fixed deadline.
std::optional<CalendarEntry> calendar_entry(const Case& the_case, const DutyRun& run,
                                            const Rules& rules, const Settings& settings,
                                            Instant stamp);

// The run a notice asks for; nullptr: none that is open. It stands on a duty, or on a stage whose
// duty has its title.
const DutyRun* run_of(const Notice& notice, const Case& the_case, const Rules& rules);

// What the mail of this row takes along: the deadline it asks to keep ("deadline.ics"), and the end
// of entries its reader was sent before ("no-longer-due.ics"). Both only for officers and boards,
// by mail. Which entries those are is read from the outbox, so each end is sent once.
// Code::unavailable: the store is in the way.
Result<std::vector<Attachment>> calendar_files(const NoticeRow& row, const Case& the_case,
                                               const Rules& rules, const Settings& settings,
                                               Store& store);

// "https://stageclock.example.org/calendar/SEAL.ics": what the reader of the notice in row `id`
// subscribes to. Empty: it is no officer of a case who is asked something, or there is no public
// URL.
std::string calendar_page_of(const Notice& notice, std::int64_t id, const Settings& settings,
                             const Seal& seal);

}  // namespace stageclock

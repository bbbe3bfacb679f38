// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/core/calendar.h"
#include "bot/core/case.h"
#include "bot/core/directory.h"
#include "bot/core/notice.h"
#include "bot/core/policy.h"

namespace stageclock {

// The rules a case is judged by, gathered: all read-only.
struct Rules {
    const Policy& policy;
    const Board& board;
    const Directory& directory;
    const Calendar& calendar;
};

// The calendar a policy goes by, of one for each division of the bank-holiday file; the first one
// when its own is not among them (check() says so). `calendars` is not empty.
const Calendar& calendar_of(const Policy& policy, const std::vector<Calendar>& calendars);

struct Refusal {
    Refused reason{};
    std::string field;  // "data.receiving.agency"
    std::string what;   // for people: what is wrong and what is permitted; no personal data
    std::vector<std::string> clauses;
};

// Either events (at least one) or a refusal.
struct Verdict {
    std::vector<Event> events;
    std::optional<Refusal> refusal;
};

// What an update means for a case. For a raise `the_case` is an empty case whose `ref` is the
// reference it will get. Pure: nothing happens until the events are stored.
Verdict accept(const Case& the_case, const Rules& rules, const Update& update, Instant now);

struct Decision {
    Case after;  // the case with `events` applied
    std::vector<Event> events;
    std::vector<Notice> notices;
    // Unsent reminders and prompts of these duties are to be cancelled: nobody owes them now.
    std::vector<std::string> cancelled;
    std::optional<Instant> next;  // when to look again; none: never by itself
};

// Draws every consequence that is due at `now`: starts, meets and ends duties, makes the notices
// of all occasions up to now. Calling it again with the result and the same `now` adds nothing.
Decision decide(Case the_case, const Rules& rules, Instant now);

// The deadline of one duty of a case, with its trace: urgency, the protective deadline
// and the calendar considered.
Deadline deadline_of(const Case& the_case, const DutyRun& run, const Rules& rules);

// A reminder that was held, as it is when it goes out: with the deadline as it stands by then.
Notice without_hold(Notice notice, const Case& the_case, const Rules& rules);

// Who fills `target` on this case at `now`. A target nobody fills gives none: the caller makes the
// gap known. Contacts named on the case come before the directory.
std::vector<Recipient> recipients(const Case& the_case, const Target& target, const Rules& rules,
                                  Instant now);

// A case as people see it.
struct DutyView {
    std::string id;
    std::string title;
    std::string stage;
    DutyRun::State state{};
    Instant started;
    Deadline deadline;
    std::vector<Recipient> owed_by;
    std::vector<std::string> clauses;
};
struct CaseView {
    Case the_case;
    std::string stage_title;
    std::vector<DutyView> duties;   // the open ones first
    std::vector<std::string> gaps;  // roles of this and the next stage nobody is known for
    std::vector<const Guard*> guards;
    bool complete = true;  // closed, and everything owed after closing given
};
// The sentences people must see with this case as it stands.
std::vector<const Guard*> guards_of(const Case& the_case, const Rules& rules);
CaseView view(const Case& the_case, const Rules& rules, Instant now);

}  // namespace stageclock

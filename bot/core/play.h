// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/core/decide.h"

// A case played through from its raise: the same accept() and decide() the daemon runs, on a clock
// that only moves when something is due. Nothing here is worded for people; bot/app/simulate does.
namespace stageclock {

// What arrives, and when. `received` of each update is its moment; they are in rising order.
struct Script {
    std::string ref;  // the reference the case gets
    Update raise;     // `received` is the start of the story
    std::vector<Update> updates;
    Instant until;  // silence to here; nothing later is played
};

// A duty of the case as it stood when it began, or when its deadline moved.
struct DutyShown {
    std::string id;
    std::string title;
    std::string stage;  // empty: the whole case
    std::string ask;
    Instant started;
    DutyRun::State state{};
    std::optional<Instant> over;  // when it was met or ended
    Deadline deadline;
    std::optional<Instant> before;  // moved: the deadline until now
    std::vector<Recipient> owed_by;
    std::vector<std::string> missing;  // roles that owe it and that nobody is known for
    std::vector<std::string> clauses;
};

// A decision not to tell.
struct NotTold {
    std::string rule;
    Occasion occasion{};
    int number = 0;
    Instant at;  // when it would have been due
    Reason reason{};
    std::vector<Recipient> people;  // who would have been told, or was spared
    std::vector<std::string> clauses;
};

// A role nobody is known for, or whose post has no address.
struct Gap {
    std::string role;  // in words: "line manager of the receiving side (Housing)"
    std::string rule;  // what asked for it: a duty, a copy, "stage-2", "contacts"
};

// Everything that happened at one instant.
struct Moment {
    Instant at;
    std::optional<Update> update;    // what arrived; none: time alone made something due
    std::optional<Refusal> refusal;  // ... and why it was refused
    std::vector<Event> events;       // without the bookkeeping of decide()
    std::vector<DutyShown> started;
    std::vector<DutyShown> moved;  // open duties whose deadline is another one now
    std::vector<Notice> notices;
    std::vector<NotTold> not_told;
    std::vector<std::string> cancelled;  // duties whose unsent reminders and prompts lapse
    std::vector<Gap> gaps;
    std::vector<const Guard*> guards;  // sentences people see from now on
    std::string stage;                 // of the case, after all this
};

struct Timeline {
    std::vector<Moment> moments;
    Case end;                       // as it stands at `until`; no reference: it was never raised
    std::vector<DutyShown> duties;  // all that ever began, in that order, as they ended up
    std::vector<std::string> gaps;  // roles of this and the next stage nobody is known for
    std::vector<const Guard*> guards;
    std::optional<Instant> next;  // when something would be due next; none: never by itself
    Instant until;
    bool stuck = false;  // a fault of ours: something stayed due, and the clocks stopped there
};

// Each instant that falls due in order, then each update at its own. The rules must outlive the
// timeline: guards point into them.
Timeline play(const Script& script, const Rules& rules);

// The duty of a run as it stands in this case.
DutyShown shown(const Case& the_case, const DutyRun& run, const Rules& rules, Instant now);

// The people and gaps of an event that says somebody was deliberately not told. `notices` are those
// made at the same time.
NotTold not_told(const Case& the_case, const Event& event, const std::vector<Notice>& notices,
                 const Rules& rules, Instant now);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
//
// When a duty of a case is due: its term, the case's urgency, what the parties agreed and the
// case's own protective deadline.
#include <algorithm>

#include "bot/core/decide_work.h"
#include "bot/core/ladder.h"

namespace stageclock {
namespace {

std::string start_words(const Case& the_case, const DutyRun& run, const Duty& duty,
                        const Rules& rules) {
    if (run.basis == the_case.outset && (duty.starts == "outset" || duty.from == "outset")) {
        return "the concern was first considered";
    }
    if (duty.from == "disputed" && run.basis == the_case.facts.disputed) {
        return "the decision in dispute was made";
    }
    if (duty.starts == "stage-entered") {
        const Stage* stage = find_stage(rules.policy, duty.stage);
        return (stage != nullptr ? stage->title : duty.stage) + " was entered";
    }
    if (const NamedEvent* named = find_event(rules.policy, duty.starts)) return named->title;
    const auto colon = duty.starts.find(':');
    const std::string of = colon == std::string::npos ? "" : duty.starts.substr(colon + 1);
    if (const Duty* other = find_duty(rules.policy, of)) {
        const std::string word = duty.starts.substr(0, colon);
        return "\"" + other->title + "\" was " + word;
    }
    if (duty.starts.starts_with("sent:")) return "the notice \"" + of + "\" was sent";
    return role_words(duty.starts);
}

// Since when the case has been at `level` or above without a break; none: it is not.
std::optional<Instant> since(const Case& the_case, int level, const Policy& policy) {
    std::optional<Instant> from;
    for (const PriorityChange& change : the_case.priorities) {
        if (level_of(policy, change.level) < level) {
            from.reset();
        } else if (!from) {
            from = change.at;
        }
    }
    // Cases from before there were levels know only that they are urgent.
    return the_case.priorities.empty() ? the_case.urgent_since : from;
}

// while more than standard, the earlier of the limits: the standard one, and that of each
// level up to the present one counted from the switch to it.
Deadline with_priority(Deadline due, const Case& the_case, const DutyRun& run, const Duty& duty,
                       const Rules& rules) {
    const Zone& zone = rules.calendar.zone();
    for (const PriorityTerm& row : duty.by_priority) {
        const int level = level_of(rules.policy, row.level);
        const auto switched = since(the_case, level, rules.policy);
        if (level < 0 || !switched) continue;
        const Instant from = std::max(run.started, *switched);
        Deadline sooner = deadline(row.term, from, rules.policy.readings, rules.calendar);
        std::string name = row.level == "urgent" ? "Urgent" : "Priority " + row.level;
        name += " since " + to_words(from, zone);
        if (!sooner.due || (due.due && *due.due <= *sooner.due)) {
            due.trace.adjustments.push_back(name +
                                            ", but the standard limit is the earlier (R-9).");
            continue;
        }
        sooner.trace.adjustments.push_back(
            name + ": " + to_text(row.term) + " instead of " + to_text(duty.due) +
            (due.due ? ", which would end " + to_words(*due.due, zone) : std::string()) +
            " (R-9).");
        due = std::move(sooner);
    }
    return due;
}

// A limit that is the parties' to set: what they agreed, and the longest they may.
Deadline agreed_or_longest(const Case& the_case, const DutyRun& run, const Duty& duty,
                           const Rules& rules) {
    const Readings& readings = rules.policy.readings;
    const auto latest = std::find_if(
        the_case.agreements.rbegin(), the_case.agreements.rend(),
        [&](const Agreement& row) { return row.duty == duty.id && row.at >= run.started; });
    if (latest == the_case.agreements.rend()) {
        return deadline(duty.at_most.value_or(duty.due), run.basis, readings, rules.calendar);
    }
    Deadline due = deadline(duty.due, run.basis, readings, rules.calendar);
    due.due = latest->until;
    due.trace.reading = "a target the parties agreed on " +
                        to_words(latest->at, rules.calendar.zone()) +
                        ", not a limit of the policy (R-8)";
    return due;
}

// a case's own deadline can only bring the limit forward.
void with_protection(Deadline& due, const Case& the_case, const DutyRun& run, const Duty& duty,
                     const Rules& rules) {
    const auto& own = the_case.protective_deadline;
    // What has no limit at all gets none here; one the parties may set does.
    const bool limits =
        duty.due.unit != Unit::none &&
        std::find(duty.met_by.begin(), duty.met_by.end(), "resolved") != duty.met_by.end();
    // A limit of a stage already left keeps the deadline it had: it may have been met late.
    const Policy& policy = rules.policy;
    const bool concerns = duty.stage.empty() || lies_in(policy, the_case.stage, duty.stage) ||
                          place_of(policy, the_case.stage) > place_of(policy, duty.stage);
    if (!own || !limits || !concerns || *own < run.started) return;
    if (due.due && *due.due <= *own) return;
    const Zone& zone = rules.calendar.zone();
    due.trace.adjustments.push_back(
        "The case carries its own protective deadline, " + to_words(*own, zone) +
        (due.due ? ", earlier than the policy's " + to_words(*due.due, zone) : std::string()) +
        " (R-8).");
    due.due = own;
    due.beyond_calendar = false;
}

}  // namespace

Term deciding::term_in_force(const Case& the_case, const Duty& duty, const Policy& policy) {
    Term term = duty.due;
    const int present = level_of(policy, priority_of(the_case));
    for (const PriorityTerm& row : duty.by_priority) {
        const int level = level_of(policy, row.level);
        if (0 <= level && level <= present) term = row.term;
    }
    return term;
}

Deadline deadline_of(const Case& the_case, const DutyRun& run, const Rules& rules) {
    const Duty* duty = find_duty(rules.policy, run.duty);
    if (duty == nullptr) return {};
    const bool agreed = duty->due.unit == Unit::by_agreement;
    Deadline due = agreed ? agreed_or_longest(the_case, run, *duty, rules)
                          : deadline(duty->due, run.basis, rules.policy.readings, rules.calendar);
    due = with_priority(std::move(due), the_case, run, *duty, rules);
    with_protection(due, the_case, run, *duty, rules);
    due.trace.start_event = start_words(the_case, run, *duty, rules);
    due.trace.policy = rules.policy.title + ", version " + rules.policy.version;
    return due;
}

Notice without_hold(Notice notice, const Case& the_case, const Rules& rules) {
    if (!notice.hold_until) return notice;
    notice.hold_until.reset();
    for (const DutyRun& run : the_case.duties) {
        if (run.duty != notice.rule || !run.open()) continue;
        Deadline deadline = deadline_of(the_case, run, rules);
        notice.deadline = deadline.due;
        notice.provisional = deadline.beyond_calendar;
        notice.trace = std::move(deadline.trace);
        notice.urgent = the_case.urgent_since.has_value();
    }
    return notice;
}

}  // namespace stageclock

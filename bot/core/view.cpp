// SPDX-License-Identifier: MIT
#include <algorithm>

#include "bot/core/decide.h"
#include "bot/core/recipients.h"

namespace stageclock {
namespace {

std::string start_words(const Case& the_case, const DutyRun& run, const Duty& duty,
                        const Rules& rules) {
    if (run.basis == the_case.outset && (duty.starts == "outset" || duty.from == "outset")) {
        return "the concern was first considered";
    }
    if (duty.starts == "stage-entered") {
        const Stage* stage = find_stage(rules.policy, duty.stage);
        return (stage != nullptr ? stage->title : duty.stage) + " was entered";
    }
    if (const NamedEvent* named = find_event(rules.policy, duty.starts)) return named->title;
    return role_words(duty.starts);
}

// while urgent, the earlier of the standard limit and the urgent one counted from the switch.
Deadline with_urgency(Deadline standard, const Case& the_case, const DutyRun& run, const Duty& duty,
                      const Rules& rules) {
    if (!the_case.urgent_since || !duty.urgent) return standard;
    const Instant from = std::max(run.started, *the_case.urgent_since);
    Deadline urgent = deadline(*duty.urgent, from, rules.policy.readings, rules.calendar);
    const bool sooner = urgent.due && (!standard.due || *urgent.due < *standard.due);
    const Zone& zone = rules.calendar.zone();
    if (!sooner) {
        standard.trace.adjustments.push_back("Urgent since " + to_words(from, zone) +
                                             ", but the standard limit is the earlier (R-9).");
        return standard;
    }
    urgent.trace.adjustments.push_back(
        "Urgent since " + to_words(from, zone) + ": " + to_text(*duty.urgent) + " instead of " +
        to_text(duty.due) +
        (standard.due ? ", which would end " + to_words(*standard.due, zone) : std::string()) +
        " (R-9).");
    return urgent;
}

// a case's own deadline can only bring the limit forward.
void with_protection(Deadline& due, const Case& the_case, const DutyRun& run, const Duty& duty,
                     const Rules& rules) {
    const auto& own = the_case.protective_deadline;
    const bool limits = std::find(duty.met_by.begin(), duty.met_by.end(), "resolved") !=
                        duty.met_by.end();
    const bool concerns = duty.stage.empty() || duty.stage == the_case.stage;
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

int state_order(DutyRun::State state) {
    switch (state) {
        case DutyRun::State::missed: return 0;
        case DutyRun::State::running: return 1;
        default: return 2;
    }
}

std::vector<std::string> open_gaps(const Case& the_case, const Rules& rules) {
    std::vector<Target> targets;
    for (const Stage* stage :
         {find_stage(rules.policy, the_case.stage), next_stage(rules.policy, the_case.stage)}) {
        if (stage == nullptr) continue;
        targets.insert(targets.end(), stage->actors.begin(), stage->actors.end());
        targets.insert(targets.end(), stage->joins.begin(), stage->joins.end());
    }
    return fill(the_case, targets, rules).missing;
}

}  // namespace

std::vector<const Guard*> guards_of(const Case& the_case, const Policy& policy) {
    std::vector<const Guard*> guards = guards_for(policy, "prompt");
    const auto add = [&](const std::string& when) {
        for (const Guard* guard : guards_for(policy, when)) {
            if (std::find(guards.begin(), guards.end(), guard) == guards.end()) {
                guards.push_back(guard);
            }
        }
    };
    add("raise");
    if (the_case.urgent_since) add("urgent");
    if (the_case.facts.immediate_risk) add("immediate-risk");
    if (the_case.facts.raising.agency == the_case.facts.receiving.agency) add("same-agency");
    if (!the_case.facts.reason.empty()) add("reason:" + the_case.facts.reason);
    for (const Tag& tag : the_case.tags) add("tag:" + tag.id);
    return guards;
}

Deadline deadline_of(const Case& the_case, const DutyRun& run, const Rules& rules) {
    const Duty* duty = find_duty(rules.policy, run.duty);
    if (duty == nullptr) return {};
    Deadline due = with_urgency(
        deadline(duty->due, run.basis, rules.policy.readings, rules.calendar), the_case, run, *duty,
        rules);
    with_protection(due, the_case, run, *duty, rules);
    due.trace.start_event = start_words(the_case, run, *duty, rules);
    due.trace.policy = rules.policy.title + ", version " + rules.policy.version;
    return due;
}

CaseView view(const Case& the_case, const Rules& rules, Instant now) {
    CaseView view;
    view.the_case = the_case;
    const Stage* stage = find_stage(rules.policy, the_case.stage);
    view.stage_title = stage != nullptr ? stage->title : the_case.stage;
    for (const DutyRun& run : the_case.duties) {
        const Duty* duty = find_duty(rules.policy, run.duty);
        if (duty == nullptr) continue;
        std::vector<Target> owed = duty->owed_by;
        const Stage* of = find_stage(rules.policy, duty->stage);
        if (owed.empty() && of != nullptr) owed = of->actors;
        DutyView row{.id = duty->id,
                     .title = duty->title,
                     .stage = duty->stage,
                     .state = run.state,
                     .started = run.started,
                     .deadline = deadline_of(the_case, run, rules),
                     .owed_by = fill(the_case, owed, rules).people,
                     .clauses = duty->clauses};
        // Between the deadline and the next look at the case the view already says so.
        if (run.state == DutyRun::State::running && row.deadline.due && *row.deadline.due <= now) {
            row.state = DutyRun::State::missed;
        }
        view.duties.push_back(std::move(row));
        if (run.open()) view.complete = false;
    }
    std::stable_sort(view.duties.begin(), view.duties.end(), [](const auto& a, const auto& b) {
        if (state_order(a.state) != state_order(b.state)) {
            return state_order(a.state) < state_order(b.state);
        }
        const Instant never = Instant::max();
        return a.deadline.due.value_or(never) < b.deadline.due.value_or(never);
    });
    if (the_case.open()) view.gaps = open_gaps(the_case, rules);
    view.guards = guards_of(the_case, rules.policy);
    view.complete = view.complete && !the_case.open();
    return view;
}

}  // namespace stageclock

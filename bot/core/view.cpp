// SPDX-License-Identifier: MIT
#include <algorithm>

#include "bot/core/decide.h"
#include "bot/core/ladder.h"
#include "bot/core/recipients.h"

namespace stageclock {
namespace {

int state_order(DutyRun::State state) {
    switch (state) {
        case DutyRun::State::missed: return 0;
        case DutyRun::State::running: return 1;
        default: return 2;
    }
}

std::vector<std::string> open_gaps(const Case& the_case, const Rules& rules, Instant now) {
    std::vector<Target> targets;
    for (const Stage* stage :
         {find_stage(rules.policy, the_case.stage), next_stage(the_case, rules, the_case.stage)}) {
        if (stage == nullptr) continue;
        targets.insert(targets.end(), stage->actors.begin(), stage->actors.end());
        targets.insert(targets.end(), stage->joins.begin(), stage->joins.end());
    }
    return fill(the_case, targets, rules, now).missing;
}

}  // namespace

std::vector<const Guard*> guards_of(const Case& the_case, const Rules& rules) {
    std::vector<const Guard*> guards;
    const auto concerns = [&](const Guard& guard) {
        const auto at = [&](const std::string& stage) {
            return lies_in(rules.policy, the_case.stage, stage);
        };
        const bool here =
            guard.stages.empty() || std::any_of(guard.stages.begin(), guard.stages.end(), at);
        return here && holds(guard.when_case, the_case, rules);
    };
    const auto add = [&](const std::string& when) {
        for (const Guard* guard : guards_for(rules.policy, when)) {
            const bool known = std::find(guards.begin(), guards.end(), guard) != guards.end();
            if (!known && concerns(*guard)) guards.push_back(guard);
        }
    };
    add("prompt");
    add("raise");
    if (the_case.urgent_since) add("urgent");
    if (the_case.facts.immediate_risk) add("immediate-risk");
    const std::string& raising = the_case.facts.raising.agency;
    if (!raising.empty() && raising == the_case.facts.receiving.agency) add("same-agency");
    if (!the_case.facts.reason.empty()) add("reason:" + the_case.facts.reason);
    for (const Tag& tag : the_case.tags) add("tag:" + tag.id);
    for (const LogEntry& entry : the_case.log) add("event:" + entry.what);
    return guards;
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
                     .owed_by = fill(the_case, owed, rules, now).people,
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
    if (the_case.open()) view.gaps = open_gaps(the_case, rules, now);
    view.guards = guards_of(the_case, rules);
    view.complete = view.complete && !the_case.open();
    return view;
}

}  // namespace stageclock

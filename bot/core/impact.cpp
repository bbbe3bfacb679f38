// SPDX-License-Identifier: MIT
#include "bot/core/impact.h"

#include <algorithm>

namespace stageclock {
namespace {

const DutyRun* open_run(const Case& the_case, const std::string& duty) {
    for (const DutyRun& run : the_case.duties) {
        if (run.duty == duty && run.open()) return &run;
    }
    return nullptr;
}

std::optional<Instant> due_of(const Case& the_case, const DutyRun& run, const Rules& rules) {
    return deadline_of(the_case, run, rules).due;
}

}  // namespace

std::vector<Impact> impact_of(const Case& the_case, const Rules& before, const Rules& after,
                              Instant now) {
    Update migration;
    migration.kind = UpdateKind::migrate;
    migration.text = "What would change.";
    const Verdict verdict = accept(the_case, after, migration, now);
    if (verdict.refusal) {
        if (verdict.refusal->reason != Refused::unknown_stage) return {};
        return {{Impact::Kind::no_such_stage, the_case.stage, std::nullopt, std::nullopt}};
    }
    const Case moved = decide(apply(the_case, verdict.events), after, now).after;
    std::vector<Impact> impacts;
    for (const DutyRun& run : the_case.duties) {
        if (!run.open()) continue;
        const auto due = due_of(the_case, run, before);
        const DutyRun* still = open_run(moved, run.duty);
        const auto then = still != nullptr ? due_of(moved, *still, after) : std::nullopt;
        if (still == nullptr) {
            impacts.push_back({Impact::Kind::duty_gone, run.duty, due, std::nullopt});
        } else if (due != then) {
            impacts.push_back({Impact::Kind::deadline_moved, run.duty, due, then});
        }
    }
    for (const DutyRun& run : moved.duties) {
        if (!run.open() || open_run(the_case, run.duty) != nullptr) continue;
        impacts.push_back(
            {Impact::Kind::duty_new, run.duty, std::nullopt, due_of(moved, run, after)});
    }
    return impacts;
}

}  // namespace stageclock

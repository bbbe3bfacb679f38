// SPDX-License-Identifier: MIT
#include "bot/core/coverage.h"

namespace stageclock {
namespace {

template <class Rows>
void add_rows(std::vector<RuleName>& names, const char* kind, const Rows& rows) {
    for (const auto& row : rows) names.push_back({kind, row.id});
}

void touch_notices(const Moment& moment, const Policy& policy, std::set<RuleName>& seen) {
    for (const Notice& notice : moment.notices) {
        if (find_copy(policy, notice.rule) != nullptr) seen.insert({"copy", notice.rule});
        if (!notice.form.empty()) seen.insert({"form", notice.form});
        if (!notice.to.route.empty()) seen.insert({"route", notice.to.route});
    }
}

// A stage is entered with its steps.
void touch_stage(const std::string& id, const Policy& policy, std::set<RuleName>& seen) {
    const Stage* stage = find_stage(policy, id);
    if (stage == nullptr) return;
    seen.insert({stage->within.empty() ? "stage" : "step", id});
    if (!stage->within.empty()) seen.insert({"stage", stage->within});
}

void touch_guards(const Moment& moment, const Policy& policy, std::set<RuleName>& seen) {
    for (const Guard* guard : moment.guards) seen.insert({"guard", guard->id});
    if (!moment.refusal) return;
    for (const Guard& guard : policy.guards) {
        if (moment.refusal->what == guard.text) seen.insert({"guard", guard.id});
    }
}

}  // namespace

std::vector<RuleName> rules_of(const Policy& policy) {
    std::vector<RuleName> names;
    for (const Stage& stage : policy.stages) {
        names.push_back({stage.within.empty() ? "stage" : "step", stage.id});
    }
    add_rows(names, "route", policy.routes);
    add_rows(names, "duty", policy.duties);
    add_rows(names, "copy", policy.copies);
    add_rows(names, "event", policy.events);
    add_rows(names, "form", policy.forms);
    add_rows(names, "guard", policy.guards);
    return names;
}

std::set<RuleName> touched(const Timeline& timeline, const Policy& policy) {
    std::set<RuleName> seen;
    for (const Moment& moment : timeline.moments) {
        for (const Event& event : moment.events) {
            if (event.kind == EventKind::stage_entered) touch_stage(event.stage, policy, seen);
            if (event.kind == EventKind::reported) seen.insert({"event", event.name});
        }
        for (const DutyShown& duty : moment.started) seen.insert({"duty", duty.id});
        touch_notices(moment, policy, seen);
        touch_guards(moment, policy, seen);
    }
    return seen;
}

std::vector<RuleName> uncovered(const Policy& policy, const std::set<RuleName>& seen) {
    std::vector<RuleName> missing;
    for (RuleName& name : rules_of(policy)) {
        if (!seen.contains(name)) missing.push_back(std::move(name));
    }
    return missing;
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "bot/core/ladder.h"

#include <algorithm>

namespace stageclock {
namespace {

bool lists(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// An empty list means any.
bool allows(const std::vector<std::string>& words, std::string_view word) {
    return words.empty() || lists(words, word);
}

bool allows_folded(const std::vector<std::string>& words, std::string_view word) {
    const std::string wanted = folded(word);
    return words.empty() || std::any_of(words.begin(), words.end(), [&](const std::string& listed) {
               return folded(listed) == wanted;
           });
}

bool any_set(const std::vector<std::string>& words, const Case& the_case) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return lists(the_case.circumstances, word);
    });
}

bool stands_at(const When& when, const Case& the_case, const Rules& rules) {
    return when.stage.empty() ||
           std::any_of(when.stage.begin(), when.stage.end(), [&](const std::string& stage) {
               return lies_in(rules.policy, the_case.stage, stage);
           });
}

bool misses_form(const When& when, const Case& the_case) {
    return when.form_missing.empty() ||
           std::any_of(when.form_missing.begin(), when.form_missing.end(),
                       [&](const std::string& form) {
                           const ReturnedForm* last = last_return(the_case, form);
                           return last == nullptr || last->at < stage_entered_at(the_case);
                       });
}

}  // namespace

std::string_view priority_of(const Case& the_case) {
    if (!the_case.urgent_since) return "standard";
    return the_case.priorities.empty() ? "urgent"
                                       : std::string_view(the_case.priorities.back().level);
}

bool holds(const When& when, const Case& the_case, const Rules& rules) {
    const RaiseFacts& facts = the_case.facts;
    const bool subject = facts.subject_kind == "both" || facts.subject_kind.empty() ||
                         allows(when.subject, facts.subject_kind);
    const bool status = facts.case_status.empty() || allows(when.case_status, facts.case_status);
    const bool urgent = !when.urgent || *when.urgent == the_case.urgent_since.has_value();
    const bool risk = !when.immediate_risk || *when.immediate_risk == facts.immediate_risk;
    const bool tagged =
        when.tag.empty() || std::any_of(the_case.tags.begin(), the_case.tags.end(),
                                        [&](const Tag& tag) { return lists(when.tag, tag.id); });
    const bool barred = std::any_of(the_case.tags.begin(), the_case.tags.end(),
                                    [&](const Tag& tag) { return lists(when.not_tag, tag.id); });
    return subject && status && urgent && risk && tagged && !barred &&
           stands_at(when, the_case, rules) && misses_form(when, the_case) &&
           names_agency(rules.directory, when.agency, facts.receiving.agency) &&
           names_agency(rules.directory, when.raising_agency, facts.raising.agency) &&
           allows_folded(when.unit, facts.receiving.unit) &&
           allows(when.priority, priority_of(the_case)) &&
           (when.circumstance.empty() || any_set(when.circumstance, the_case)) &&
           !any_set(when.not_circumstance, the_case) && allows(when.area, facts.area) &&
           allows(when.reason, facts.reason) && allows(when.procedure, the_case.procedure);
}

std::vector<const Stage*> ladder(const Case& the_case, const Rules& rules) {
    std::vector<const Stage*> rungs;
    const auto holds_here = [&](const Stage& stage) {
        return stage.procedure == the_case.procedure && holds(stage.when, the_case, rules);
    };
    for (const Stage& stage : rules.policy.stages) {
        if (!stage.within.empty() || !holds_here(stage)) continue;
        const std::size_t before = rungs.size();
        for (const Stage& step : rules.policy.stages) {
            if (step.within == stage.id && holds_here(step)) rungs.push_back(&step);
        }
        if (rungs.size() == before) rungs.push_back(&stage);
    }
    return rungs;
}

const Stage* next_stage(const Case& the_case, const Rules& rules, std::string_view from) {
    const Stage* present = find_stage(rules.policy, from);
    if (present == nullptr || present->last) return nullptr;
    if (!present->next.empty()) return entry_to(the_case, rules, present->next);
    const Stage* outer =
        present->within.empty() ? present : find_stage(rules.policy, present->within);
    const auto rungs = ladder(the_case, rules);
    // By place, not by its own rung: what holds for a case may change while it stands there.
    const auto found = std::find_if(rungs.begin(), rungs.end(), [&](const Stage* rung) {
        return place_of(rules.policy, rung->id) > place_of(rules.policy, from) &&
               !lies_in(rules.policy, rung->id, from);
    });
    const Stage* following = found == rungs.end() ? nullptr : *found;
    const bool leaves = following == nullptr || outer == nullptr ||
                        !lies_in(rules.policy, following->id, outer->id);
    if (outer == nullptr || outer == present || !leaves) return following;
    if (outer->last) return nullptr;
    return outer->next.empty() ? following : entry_to(the_case, rules, outer->next);
}

const Stage* entry_to(const Case& the_case, const Rules& rules, std::string_view stage) {
    for (const Stage* rung : ladder(the_case, rules)) {
        if (lies_in(rules.policy, rung->id, stage)) return rung;
    }
    return nullptr;
}

const Calendar& calendar_of(const Policy& policy, const std::vector<Calendar>& calendars) {
    const auto found = std::find_if(
        calendars.begin(), calendars.end(),
        [&](const Calendar& calendar) { return calendar.version().starts_with(policy.calendar); });
    return found == calendars.end() ? calendars.front() : *found;
}

bool brought_in(const Case& the_case, const Rules& rules, Side side) {
    if (side != Side::receiving) return true;
    const auto acts = [](const std::vector<Target>& targets) {
        return std::any_of(targets.begin(), targets.end(), [](const Target& target) {
            return target.side == Side::receiving || target.side == Side::both;
        });
    };
    return std::any_of(the_case.entries.begin(), the_case.entries.end(),
                       [&](const StageEntry& entry) {
                           const Stage* stage = find_stage(rules.policy, entry.stage);
                           return stage != nullptr && (acts(stage->actors) || acts(stage->joins));
                       });
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
//
// The conditions of rules: names that point nowhere, and conditions no case can meet together.
#include <algorithm>

#include "bot/core/check_parts.h"

namespace stageclock::checking {
namespace {

bool apart(const Words& one, const Words& other) {
    return !one.empty() && !other.empty() &&
           std::none_of(one.begin(), one.end(),
                        [&](const std::string& word) { return lists(other, word); });
}

Words all_folded(const Words& words) {
    Words found;
    for (const std::string& word : words) found.push_back(folded(word));
    return found;
}

// All of the circumstances one asks for are among those the other excludes.
bool ruled_out(const When& one, const When& other) {
    return !one.circumstance.empty() &&
           std::all_of(
               one.circumstance.begin(), one.circumstance.end(),
               [&](const std::string& word) { return lists(other.not_circumstance, word); });
}

}  // namespace

bool is_limited(const When& when) {
    return !when.subject.empty() || !when.case_status.empty() || !when.agency.empty() ||
           !when.raising_agency.empty() || !when.unit.empty() || !when.priority.empty() ||
           !when.circumstance.empty() || !when.not_circumstance.empty() || !when.area.empty() ||
           !when.reason.empty() || !when.procedure.empty() || !when.tag.empty() ||
           !when.not_tag.empty() || !when.stage.empty() || !when.form_missing.empty() ||
           when.immediate_risk.has_value() || when.urgent.has_value();
}

Words levels_of(const Policy& policy, const When& when) {
    Words levels = priority_ids(policy);
    levels.insert(levels.begin(), "standard");
    std::erase_if(levels, [&](const std::string& level) {
        const bool urgent = level != "standard";
        return (!when.priority.empty() && !lists(when.priority, level)) ||
               (when.urgent && *when.urgent != urgent);
    });
    return levels;
}

std::string contradiction(const Policy& policy, const When& one, const When& other, bool at_once) {
    if (apart(one.area, other.area)) return "area";
    if (apart(one.reason, other.reason)) return "reason";
    if (apart(one.procedure, other.procedure)) return "procedure";
    if (apart(all_folded(one.unit), all_folded(other.unit))) return "unit";
    const bool risks = one.immediate_risk && other.immediate_risk;
    if (risks && *one.immediate_risk != *other.immediate_risk) return "immediate_risk";
    if (!at_once) return "";
    if (ruled_out(one, other) || ruled_out(other, one)) return "circumstance";
    const Words levels = levels_of(policy, one);
    const Words others = levels_of(policy, other);
    const bool meet = std::any_of(levels.begin(), levels.end(),
                                  [&](const std::string& level) { return lists(others, level); });
    return meet ? "" : "priority";
}

void check_when(const Policy& policy, const At& at, const When& when, Findings& findings) {
    findings.all_known(at, "subject", when.subject, {"child", "adult"});
    if (!policy.case_status.empty()) {
        findings.all_known(at, "case status", when.case_status, policy.case_status);
    }
    Words levels = priority_ids(policy);
    levels.insert(levels.begin(), "standard");
    findings.all_known(at, "level of urgency", when.priority, levels);
    Words circumstances = ids(policy.circumstances);
    circumstances.emplace_back(raised_late);
    findings.all_known(at, "circumstance", when.circumstance, circumstances);
    findings.all_known(at, "circumstance", when.not_circumstance, circumstances);
    findings.all_known(at, "area", when.area, ids(policy.areas));
    findings.all_known(at, "reason", when.reason, ids(policy.reasons));
    findings.all_known(at, "procedure", when.procedure, ids(policy.procedures));
    findings.all_known(at, "tag", when.tag, known_tags());
    findings.all_known(at, "tag", when.not_tag, known_tags());
    findings.all_known(at, "stage", when.stage, ids(policy.stages));
    findings.all_known(at, "form", when.form_missing, ids(policy.forms));
    if (ruled_out(when, when)) {
        findings.say(at, "never holds: it asks for the circumstances it excludes",
                     "Take them from `circumstance` or from `not_circumstance`.");
    }
    const bool unknown_level =
        std::any_of(when.priority.begin(), when.priority.end(),
                    [&](const std::string& level) { return !lists(levels, level); });
    if (!unknown_level && levels_of(policy, when).empty()) {
        findings.say(at, "never holds: no level of `priority` is one `urgent` allows",
                     "Leave out one of the two.");
    }
}

}  // namespace stageclock::checking

// SPDX-License-Identifier: MIT
//
// The words events are named by: those a policy may use, and those that cannot happen where a rule
// waits for them.
#include <algorithm>
#include <optional>

#include "bot/core/check_parts.h"

namespace stageclock::checking {
namespace {

constexpr std::string_view missed = "missed:", met = "met:", sent = "sent:";

// "met:limit-1" of prefix "met:" gives "limit-1".
std::optional<std::string> after(std::string_view word, std::string_view prefix) {
    if (!word.starts_with(prefix)) return std::nullopt;
    return std::string(word.substr(prefix.size()));
}

// A case can stand at both: one is the other, or a step of it.
bool overlap(const Policy& policy, const std::string& one, const std::string& other) {
    return lies_in(policy, one, other) || lies_in(policy, other, one);
}

std::string never_reported(const Policy& policy, const NamedEvent& event, const std::string& stage,
                           Side side) {
    const bool here =
        stage.empty() || event.stages.empty() ||
        std::any_of(event.stages.begin(), event.stages.end(),
                    [&](const std::string& of) { return overlap(policy, stage, of); });
    if (!here) return quoted(event.id) + " belongs to other stages: " + listed(event.stages);
    if (side == Side::none || event.side == Side::none || event.side == side) return "";
    return quoted(event.id) + " is for the " + std::string(to_text(event.side)) +
           (event.side == Side::board ? "" : " side") + " to report";
}

bool is_set(const Policy& policy, const std::string& circumstance) {
    return std::any_of(policy.events.begin(), policy.events.end(),
                       [&](const NamedEvent& event) { return lists(event.sets, circumstance); });
}

bool any_by_agreement(const Policy& policy) {
    return std::any_of(policy.duties.begin(), policy.duties.end(),
                       [](const Duty& duty) { return duty.due.unit == Unit::by_agreement; });
}

// The procedure a duty belongs to; empty: any.
std::string procedure_of(const Policy& policy, const Duty& duty) {
    const Stage* stage = find_stage(policy, duty.stage);
    return stage != nullptr ? stage->procedure : duty.procedure;
}

}  // namespace

bool has_deadline(const Duty& duty) {
    return (duty.due.unit != Unit::none) || !duty.by_priority.empty();
}

Words event_words(const Policy& policy) {
    Words words = known_events();
    for (const NamedEvent& row : policy.events) words.push_back(row.id);
    for (const Duty& row : policy.duties) {
        if (has_deadline(row)) words.push_back(std::string(missed) + row.id);
        words.push_back(std::string(met) + row.id);
        words.push_back(std::string(sent) + row.id);
    }
    for (const Copy& row : policy.copies) words.push_back(std::string(sent) + row.id);
    for (const Stage& row : policy.stages) words.push_back("reached:" + row.id);
    for (const std::string& level : priority_ids(policy)) words.push_back("priority:" + level);
    for (const Circumstance& row : policy.circumstances) {
        words.push_back("circumstance:" + row.id);
    }
    for (const std::string& tag : known_tags()) words.push_back("tag:" + tag);
    for (const Form& form : policy.forms) {
        words.push_back("form-returned:" + form.id);
        for (const FormPart& part : form.parts) {
            words.push_back("form-returned:" + form.id + "/" + part.id);
        }
    }
    return words;
}

void check_event(const Policy& policy, const Words& words, const At& at, const std::string& word,
                 Findings& findings) {
    if (word.empty() || lists(words, word)) return;
    const auto duty = after(word, missed);
    if (duty && find_duty(policy, *duty) != nullptr) {
        findings.say(at, quoted(word) + " never happens: that duty has no deadline",
                     "Permitted: the end of a duty that has one, or another event.");
    } else {
        findings.say(at, "unknown event " + quoted(word), permitted(word, words));
    }
}

std::string never(const Policy& policy, const std::string& word, const std::string& stage,
                  Side side) {
    const Stage* here = find_stage(policy, stage);
    if (const NamedEvent* event = find_event(policy, word)) {
        return never_reported(policy, *event, stage, side);
    }
    for (const std::string_view prefix : {missed, met, sent}) {
        const auto id = after(word, prefix);
        if (!id) continue;
        if (side != Side::none) return quoted(word) + " comes from neither side";
        const Duty* duty = find_duty(policy, *id);
        if (prefix == sent && duty != nullptr && !duty->announce && !has_deadline(*duty)) {
            return "nobody is told of the duty " + quoted(*id);
        }
        const std::string procedure = duty != nullptr ? procedure_of(policy, *duty) : "";
        const bool elsewhere =
            here != nullptr && !procedure.empty() && procedure != here->procedure;
        return elsewhere ? quoted(*id) + " belongs to the procedure " + quoted(procedure) : "";
    }
    if (const auto id = after(word, "reached:")) {
        const Stage* reached = find_stage(policy, *id);
        const bool elsewhere =
            here != nullptr && reached != nullptr && reached->procedure != here->procedure;
        return elsewhere ? quoted(*id) + " belongs to the procedure " + quoted(reached->procedure)
                         : "";
    }
    if (const auto id = after(word, "circumstance:"); id && !is_set(policy, *id)) {
        return "no [[event]] sets the circumstance " + quoted(*id) + ", it is stated at the raise";
    }
    if (word == "deadline-agreed" && !any_by_agreement(policy)) {
        return "no duty is due \"by agreement\"";
    }
    return "";
}

}  // namespace stageclock::checking

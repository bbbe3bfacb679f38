// SPDX-License-Identifier: MIT
//
// What follows from something that happened: duties end, are met and begin.
#include <algorithm>
#include <array>

#include "bot/core/decide_work.h"
#include "bot/core/ladder.h"

namespace stageclock::deciding {
namespace {

bool closes(const Event& event) {
    return event.kind == EventKind::resolved || event.kind == EventKind::withdrawn;
}

const std::string anywhere;  // no stage: a rule of the whole case

bool is_closing_word(std::string_view word) {
    return word == "resolved" || word == "withdrawn" || word == "closed";
}

// Words that name a fact of the whole case: a rule's stage does not limit them.
bool concerns_whole_case(const Event& event) {
    constexpr std::array kinds{EventKind::raised,           EventKind::resolved,
                               EventKind::withdrawn,        EventKind::reopened,
                               EventKind::duty_met,         EventKind::duty_missed,
                               EventKind::outcome_confirmed};
    return std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end();
}

bool reaches(const Work& work, const Event& event, const std::string& stage, int beyond) {
    if (event.kind != EventKind::stage_entered) return false;
    const Policy& policy = work.rules.policy;
    if (lies_in(policy, event.stage, stage)) return beyond == 0;
    return place_of(policy, event.stage) > place_of(policy, stage);
}

// `what` is the id of a form, or "FORM/PART".
bool returns(const Event& event, std::string_view what) {
    const auto* returned = std::get_if<FormReturn>(&event.detail);
    if (event.kind != EventKind::form_returned || returned == nullptr) return false;
    const std::size_t slash = what.find('/');
    return returned->form == what.substr(0, slash) &&
           (slash == what.npos || returned->part == what.substr(slash + 1));
}

Event consequence(const Work& work, EventKind kind, const Duty& duty, Instant at) {
    Event event;
    event.kind = kind;
    event.at = at;
    event.recorded = work.now;
    event.stage = duty.stage.empty() ? work.the_case.stage : duty.stage;
    event.rule = duty.id;
    event.clauses = duty.clauses;
    return event;
}

// --- duties -------------------------------------------------------------------------------------

// Facts somebody reported, as against what follows from them.
bool is_reported(const Event& event) {
    switch (event.kind) {
        case EventKind::stage_entered:
        case EventKind::escalated:
        case EventKind::resolved:
        case EventKind::withdrawn:
        case EventKind::duty_met:
        case EventKind::duty_missed:
        case EventKind::told: return false;
        default: return true;
    }
}

void meet_duties(Work& work, const Event& event) {
    const std::vector<DutyRun> runs = work.the_case.duties;
    for (const DutyRun& run : runs) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open() || event.at < run.started) continue;
        // A side is asked of what people report; what follows by itself has none.
        const bool other = duty->met_side != Side::none && duty->met_side != event.by.side;
        if (other && is_reported(event)) continue;
        const std::string& stage = duty->outlasts ? anywhere : duty->stage;
        const bool met =
            std::any_of(duty->met_by.begin(), duty->met_by.end(),
                        [&](const std::string& word) { return means(work, event, word, stage); });
        if (!met) continue;
        Event made = consequence(work, EventKind::duty_met, *duty, event.at);
        const auto due = deadline_of(work.the_case, run, work.rules).due;
        if (due && event.at > *due) made.name = "late";
        emit(work, std::move(made));
        work.cancelled.push_back(duty->id);
        bring_about(work, *duty, event.at, duty->met_enters, duty->met_closes);
    }
}

// Closing ends what was owed before it; what closing itself asks for goes on.
void end_duties(Work& work, const Event& event) {
    const bool reopened = event.kind == EventKind::reopened;
    if (!closes(event) && !reopened) return;
    const std::vector<DutyRun> runs = work.the_case.duties;
    for (const DutyRun& run : runs) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open() || (duty->outlasts && !reopened)) continue;
        if (is_closing_word(duty->starts) != reopened) continue;
        emit(work, consequence(work, EventKind::duty_ended, *duty, event.at));
        work.cancelled.push_back(duty->id);
    }
}

// Owed only by a side that knows nothing of the case.
bool owed_by_outsiders(const Work& work, const Duty& duty) {
    return !duty.owed_by.empty() &&
           std::all_of(duty.owed_by.begin(), duty.owed_by.end(), [&](const Target& target) {
               return !stageclock::brought_in(work.the_case, work.rules, target.side);
           });
}

bool begins_with(const Work& work, const Event& event, const Duty& duty) {
    const auto begins = [&](const std::string& word) {
        return means(work, event, word, duty.stage);
    };
    return begins(duty.starts) || std::any_of(duty.or_starts.begin(), duty.or_starts.end(), begins);
}

bool starts_duty(const Work& work, const Event& event, const Duty& duty) {
    const bool at_outset = duty.starts == "outset";
    // A reopened case keeps its overall clocks.
    const bool begins = at_outset
                            ? (event.kind == EventKind::raised || event.kind == EventKind::reopened)
                            : begins_with(work, event, duty);
    if (!begins || !holds(duty.when, work.the_case, work.rules)) return false;
    if (!duty.procedure.empty() && duty.procedure != work.the_case.procedure) return false;
    if (duty.starts_side != Side::none && duty.starts_side != event.by.side) return false;
    // A stage already passed has no limit any more.
    const Policy& policy = work.rules.policy;
    const bool passed = at_outset && !duty.stage.empty() &&
                        !lies_in(policy, work.the_case.stage, duty.stage) &&
                        place_of(policy, work.the_case.stage) > place_of(policy, duty.stage);
    const bool owed =
        std::any_of(work.the_case.duties.begin(), work.the_case.duties.end(),
                    [&](const DutyRun& run) { return run.duty == duty.id && run.open(); });
    return !passed && !owed && !owed_by_outsiders(work, duty);
}

// Back to standard, or a new agreement, may move a deadline that has passed into the future:
// its duty runs anew, so that it is reminded of and prompted when it passes again.
void rearm_duties(Work& work, const Event& event) {
    if (event.kind != EventKind::marked_standard && event.kind != EventKind::deadline_agreed)
        return;
    const std::vector<DutyRun> runs = work.the_case.duties;
    for (const DutyRun& run : runs) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || run.state != DutyRun::State::missed) continue;
        const auto due = deadline_of(work.the_case, run, work.rules).due;
        if (!due || *due <= event.at) continue;
        emit(work, consequence(work, EventKind::duty_ended, *duty, event.at));
        Event again = consequence(work, EventKind::duty_started, *duty, run.started);
        again.deadline = run.basis;
        emit(work, std::move(again));
        work.cancelled.push_back(duty->id);
    }
}

void announce(Work& work, const Duty& duty) {
    const bool now_or_always =
        duty.stage.empty() || lies_in(work.rules.policy, work.the_case.stage, duty.stage);
    if (!duty.announce || duty.owed_by.empty() || !now_or_always) return;
    const DutyRun run = work.the_case.duties.back();
    const Filled who = fill(work.the_case, duty.owed_by, work.rules, work.now);
    const int told = tell_of_duty(work, duty, run, who.people);
    tell_of_missing(work, who.missing, work.now, static_cast<int>(work.the_case.events),
                    duty.clauses);
    record_sent(work, duty.id, Occasion::started, told, Reason::duty_started, duty.clauses);
}

// Where the term of a duty is counted from.
Instant basis_of(const Work& work, const Event& event, const Duty& duty) {
    if (duty.starts == "outset" || duty.from == "outset") return work.the_case.outset;
    if (duty.from == "disputed") return work.the_case.facts.disputed.value_or(event.at);
    return event.at;
}

// Under another version of the policy: what it does not know is owed no more, and what it asks for
// at this stage, or from the outset, is owed from when that was.
void take_over_duties(Work& work, const Event& event) {
    if (event.kind != EventKind::migrated || !work.the_case.open()) return;
    const Policy& policy = work.rules.policy;
    for (const DutyRun& run : std::vector<DutyRun>(work.the_case.duties)) {
        if (!run.open() || find_duty(policy, run.duty) != nullptr) continue;
        Event ended = consequence(work, EventKind::duty_ended, Duty{.id = run.duty}, event.at);
        emit(work, std::move(ended));
        work.cancelled.push_back(run.duty);
    }
    for (const Duty& duty : policy.duties) {
        const auto ran = [&](const DutyRun& run) { return run.duty == duty.id; };
        const auto& runs = work.the_case.duties;
        if (std::any_of(runs.begin(), runs.end(), ran)) continue;
        Event past;
        past.kind = duty.starts == "outset" ? EventKind::raised : EventKind::stage_entered;
        past.stage = work.the_case.stage;
        past.at = duty.starts == "outset" ? work.the_case.outset : stage_entered_at(work.the_case);
        if (!starts_duty(work, past, duty)) continue;
        Event made = consequence(work, EventKind::duty_started, duty, past.at);
        made.deadline = basis_of(work, past, duty);
        emit(work, std::move(made));
        announce(work, duty);
    }
}

void start_duties(Work& work, const Event& event) {
    for (const Duty& duty : work.rules.policy.duties) {
        if (!starts_duty(work, event, duty)) continue;
        // After the end only what the end asks for begins, and what follows from that.
        const bool after_the_end = is_closing_word(duty.starts) || duty.outlasts ||
                                   concerns_whole_case(event) ||
                                   (event.kind == EventKind::reported && duty.stage.empty());
        if (!work.the_case.open() && !after_the_end) continue;
        Event made = consequence(work, EventKind::duty_started, duty, event.at);
        made.deadline = basis_of(work, event, duty);
        emit(work, std::move(made));
        announce(work, duty);
    }
}

}  // namespace

// The stage was come into from outside: moving on to its next step is not entering it again.
bool enters(const Work& work, const Event& event, const std::string& stage) {
    const Policy& policy = work.rules.policy;
    if (event.kind != EventKind::stage_entered || !lies_in(policy, event.stage, stage))
        return false;
    if (event.stage == stage) return true;
    const auto& entries = work.the_case.entries;
    for (std::size_t i = entries.size(); i-- > 1;) {
        if (entries[i].stage != event.stage || entries[i].at != event.at) continue;
        // A reopened case enters its step, and with it the stage, anew.
        const std::string& before = entries[i - 1].stage;
        return before == event.stage || !lies_in(policy, before, stage);
    }
    return true;
}

void bring_about(Work& work, const Duty& duty, Instant at, const std::string& stage,
                 const std::optional<bool>& closes) {
    if (!work.the_case.open()) return;
    const Stage* to = stage.empty() ? nullptr : entry_to(work.the_case, work.rules, stage);
    if (to != nullptr && to->id != work.the_case.stage) {
        Event entered = consequence(work, EventKind::stage_entered, duty, at);
        entered.stage = to->id;
        entered.rule.clear();
        entered.clauses.insert(entered.clauses.end(), to->clauses.begin(), to->clauses.end());
        emit(work, std::move(entered));
    }
    if (!closes) return;
    const EventKind kind = *closes ? EventKind::resolved : EventKind::withdrawn;
    Event closed = consequence(work, kind, duty, at);
    closed.stage = work.the_case.stage;
    closed.rule.clear();
    closed.text = duty.title;
    emit(work, std::move(closed));
}

bool means(const Work& work, const Event& event, std::string_view word, const std::string& stage) {
    constexpr std::string_view missed = "missed:", met = "met:", reached = "reached:",
                               tagged = "tag:", sent = "sent:", priority = "priority:",
                               form_returned = "form-returned:";
    if (word.starts_with(missed)) {
        return event.kind == EventKind::duty_missed && event.rule == word.substr(missed.size());
    }
    if (word.starts_with(met)) {
        return event.kind == EventKind::duty_met && event.rule == word.substr(met.size());
    }
    if (word.starts_with(reached)) {
        return reaches(work, event, std::string(word.substr(reached.size())), 0);
    }
    if (word.starts_with(tagged)) {
        return event.kind == EventKind::tagged && event.name == word.substr(tagged.size());
    }
    if (word.starts_with(sent)) {
        return event.kind == EventKind::told && event.rule == word.substr(sent.size());
    }
    if (word.starts_with(priority)) {
        const std::string_view level = event.name.empty() ? "urgent" : std::string_view(event.name);
        return event.kind == EventKind::marked_urgent && level == word.substr(priority.size());
    }
    if (word.starts_with(form_returned)) {
        if (!returns(event, word.substr(form_returned.size()))) return false;
        return stage.empty() || lies_in(work.rules.policy, event.stage, stage);
    }
    if (word == "closed") return closes(event);
    if (word == "stage-entered" && !stage.empty()) return enters(work, event, stage);
    if (word != event.word()) {
        // A stage is left by entering a later one, however many are passed over.
        return word == "escalated" && !stage.empty() && reaches(work, event, stage, 1);
    }
    if (word == "escalated" && !stage.empty()) return event.stage == stage;
    return stage.empty() || concerns_whole_case(event) ||
           lies_in(work.rules.policy, event.stage, stage);
}

void settle(Work& work) {
    // Events added here may themselves have consequences: they are appended to the same list.
    for (std::size_t i = 0; i < work.the_case.unsettled.size(); ++i) {
        const Event event = work.the_case.unsettled[i];
        meet_duties(work, event);
        end_duties(work, event);
        rearm_duties(work, event);
        start_duties(work, event);
        take_over_duties(work, event);
        tell_of(work, event);
    }
    if (work.the_case.unsettled.empty()) return;
    Event settled;
    settled.kind = EventKind::settled;
    settled.at = work.now;
    settled.recorded = work.now;
    settled.upto = work.the_case.events;
    emit(work, std::move(settled));
}

}  // namespace stageclock::deciding

// SPDX-License-Identifier: MIT
//
// What follows from something that happened: duties end, are met and begin; people are told.
#include <algorithm>
#include <array>

#include "bot/core/decide_work.h"

namespace stageclock::deciding {
namespace {

bool closes(const Event& event) {
    return event.kind == EventKind::resolved || event.kind == EventKind::withdrawn;
}

bool is_closing_word(std::string_view word) {
    return word == "resolved" || word == "withdrawn" || word == "closed";
}

// Words that name a fact of the whole case: a rule's stage does not limit them.
bool concerns_whole_case(const Event& event) {
    constexpr std::array kinds{EventKind::raised,    EventKind::resolved,
                               EventKind::withdrawn, EventKind::reopened,
                               EventKind::duty_met,  EventKind::duty_missed,
                               EventKind::outcome_confirmed};
    return std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end();
}

bool reaches(const Work& work, const Event& event, const std::string& stage, int beyond) {
    if (event.kind != EventKind::stage_entered) return false;
    const Policy& policy = work.rules.policy;
    return place_of(policy, event.stage) >= place_of(policy, stage) + beyond;
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

void meet_duties(Work& work, const Event& event) {
    const std::vector<DutyRun> runs = work.the_case.duties;
    for (const DutyRun& run : runs) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open() || event.at < run.started) continue;
        if (duty->met_side != Side::none && duty->met_side != event.by.side) continue;
        const bool met = std::any_of(
            duty->met_by.begin(), duty->met_by.end(),
            [&](const std::string& word) { return means(work, event, word, duty->stage); });
        if (!met) continue;
        Event made = consequence(work, EventKind::duty_met, *duty, event.at);
        const auto due = deadline_of(work.the_case, run, work.rules).due;
        if (due && event.at > *due) made.name = "late";
        emit(work, std::move(made));
        work.cancelled.push_back(duty->id);
    }
}

// Closing ends what was owed before it; what closing itself asks for goes on.
void end_duties(Work& work, const Event& event) {
    const bool reopened = event.kind == EventKind::reopened;
    if (!closes(event) && !reopened) return;
    const std::vector<DutyRun> runs = work.the_case.duties;
    for (const DutyRun& run : runs) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open()) continue;
        if (is_closing_word(duty->starts) != reopened) continue;
        emit(work, consequence(work, EventKind::duty_ended, *duty, event.at));
        work.cancelled.push_back(duty->id);
    }
}

bool starts_duty(const Work& work, const Event& event, const Duty& duty) {
    const bool at_outset = duty.starts == "outset";
    // A reopened case keeps its overall clocks.
    const bool begins = at_outset ? (event.kind == EventKind::raised ||
                                     event.kind == EventKind::reopened)
                                  : means(work, event, duty.starts, duty.stage);
    if (!begins || !holds(duty.when, work.the_case)) return false;
    if (!duty.procedure.empty() && duty.procedure != work.the_case.procedure) return false;
    if (duty.starts_side != Side::none && duty.starts_side != event.by.side) return false;
    // A stage already passed has no limit any more.
    const Policy& policy = work.rules.policy;
    const bool passed = at_outset && !duty.stage.empty() &&
                        place_of(policy, work.the_case.stage) > place_of(policy, duty.stage);
    const bool owed = std::any_of(
        work.the_case.duties.begin(), work.the_case.duties.end(),
        [&](const DutyRun& run) { return run.duty == duty.id && run.open(); });
    return !passed && !owed;
}

// Back to standard may move a deadline that has passed into the future: its duty runs anew, so that
// it is reminded of and prompted when it passes again.
void rearm_duties(Work& work, const Event& event) {
    if (event.kind != EventKind::marked_standard) return;
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
    const bool now_or_always = duty.stage.empty() || duty.stage == work.the_case.stage;
    if (!duty.announce || duty.owed_by.empty() || !now_or_always) return;
    const DutyRun& run = work.the_case.duties.back();
    const Deadline due = deadline_of(work.the_case, run, work.rules);
    const Filled who = fill(work.the_case, duty.owed_by, work.rules);
    tell(work, who.people,
         {.rule = duty.id,
          .kind = NoticeKind::prompt,
          .reason = Reason::duty_started,
          .occurrence = occurrence_of(work.the_case, run, 0),
          .scheduled = work.now,
          .stage = duty.stage,
          .title = duty.title,
          .ask = duty.ask,
          .deadline = &due,
          .form = duty.form,
          .clauses = duty.clauses,
          .missing = {}});
    tell_of_missing(work, who.missing, work.now, static_cast<int>(work.the_case.events),
                    duty.clauses);
}

void start_duties(Work& work, const Event& event) {
    for (const Duty& duty : work.rules.policy.duties) {
        if (!starts_duty(work, event, duty)) continue;
        if (!work.the_case.open() && !is_closing_word(duty.starts) &&
            !concerns_whole_case(event)) {
            continue;
        }
        const bool from_outset = duty.starts == "outset" || duty.from == "outset";
        Event made = consequence(work, EventKind::duty_started, duty, event.at);
        made.deadline = from_outset ? work.the_case.outset : event.at;
        emit(work, std::move(made));
        announce(work, duty);
    }
}

// --- people -------------------------------------------------------------------------------------

// The open duty whose deadline a stage's notices show: the stage's own limit.
const DutyRun* limit_of(const Work& work, const std::string& stage) {
    const DutyRun* found = nullptr;
    for (const DutyRun& run : work.the_case.duties) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open() || duty->stage != stage) continue;
        if (limits_stage(*duty) || (found == nullptr && duty->owed_by.empty())) found = &run;
    }
    return found;
}

Wording stage_wording(const Work& work, const Stage& stage, NoticeKind kind, Reason reason) {
    const DutyRun* run = limit_of(work, stage.id);
    const Duty* duty = run != nullptr ? find_duty(work.rules.policy, run->duty) : nullptr;
    Wording wording{.rule = "stage-" + stage.id,
                    .kind = kind,
                    .reason = reason,
                    .occurrence = static_cast<int>(work.the_case.entries.size()),
                    .scheduled = work.now,
                    .stage = stage.id,
                    .title = duty != nullptr ? duty->title : stage.title,
                    .ask = stage.guidance,
                    .deadline = nullptr,
                    .form = duty != nullptr ? duty->form : "",
                    .clauses = stage.clauses,
                    .missing = {}};
    if (duty != nullptr) {
        wording.clauses.insert(wording.clauses.end(), duty->clauses.begin(), duty->clauses.end());
    }
    return wording;
}

void tell_stage(Work& work, const Stage& stage, const std::vector<Recipient>& people,
                NoticeKind kind, Reason reason) {
    Wording wording = stage_wording(work, stage, kind, reason);
    const DutyRun* run = limit_of(work, stage.id);
    const Deadline due = run != nullptr ? deadline_of(work.the_case, *run, work.rules) : Deadline{};
    if (run != nullptr) wording.deadline = &due;
    if (kind == NoticeKind::copy) wording.form.clear();
    tell(work, people, wording);
}

void without(std::vector<Recipient>& people, const std::string& address) {
    std::erase_if(people, [&](const Recipient& r) { return folded(r.address) == folded(address); });
}

// A disagreement has just been raised: the raiser gets the receipt, the practitioners of the other
// side learn of it; the other actors of the stage are told as on any stage.
void tell_of_raise(Work& work, const Stage& stage, Filled& actors) {
    tell_stage(work, stage, recipients(work.the_case, {Side::raising, "raiser"}, work.rules),
               NoticeKind::receipt, Reason::case_raised);
    without(actors.people, work.the_case.raiser.address);
    std::vector<Recipient> challenged;
    for (const Recipient& person : actors.people) {
        if (person.side == Side::receiving) challenged.push_back(person);
    }
    tell_stage(work, stage, challenged, NoticeKind::prompt, Reason::challenge_received);
    for (const Recipient& person : challenged) without(actors.people, person.address);
}

void tell_of_stage(Work& work, const Event& event) {
    const Stage* stage = find_stage(work.rules.policy, event.stage);
    if (stage == nullptr) return;
    Filled actors = fill(work.the_case, stage->actors, work.rules);
    const Filled joins = fill(work.the_case, stage->joins, work.rules);
    if (work.the_case.entries.size() == 1) tell_of_raise(work, *stage, actors);
    tell_stage(work, *stage, actors.people, NoticeKind::prompt, Reason::stage_entered);
    tell_stage(work, *stage, joins.people, NoticeKind::copy, Reason::stage_entered);
    if (work.the_case.entries.size() > 1) {  // whoever raised it always learns where it stands
        tell_stage(work, *stage, recipients(work.the_case, {Side::raising, "raiser"}, work.rules),
                   NoticeKind::copy, Reason::stage_entered);
    }

    std::vector<std::string> missing = actors.missing;
    missing.insert(missing.end(), joins.missing.begin(), joins.missing.end());
    tell_of_missing(work, missing, work.now, static_cast<int>(work.the_case.events),
                    stage->clauses);

    const auto& copied = work.rules.board.stage_copies;
    if (std::find(copied.begin(), copied.end(), stage->id) != copied.end()) {
        tell_stage(work, *stage, recipients(work.the_case, {Side::board, "inbox"}, work.rules),
                   NoticeKind::copy, Reason::stage_copy);
    }
}

void tell_everybody(Work& work, NoticeKind kind, Reason reason) {
    const Stage* stage = find_stage(work.rules.policy, work.the_case.stage);
    Wording wording{.rule = "close",
                    .kind = kind,
                    .reason = reason,
                    .occurrence = static_cast<int>(work.the_case.events),
                    .scheduled = work.now,
                    .stage = work.the_case.stage,
                    .title = stage != nullptr ? stage->title : "",
                    .ask = "",
                    .deadline = nullptr,
                    .form = "",
                    .clauses = {},
                    .missing = {}};
    tell(work, participants(work.the_case, work.rules), wording);
}

void tell_of_change(Work& work, Reason reason) {
    const Stage* stage = find_stage(work.rules.policy, work.the_case.stage);
    if (stage == nullptr) return;
    const DutyRun* run = limit_of(work, stage->id);
    if (run == nullptr) return;
    const Deadline due = deadline_of(work.the_case, *run, work.rules);
    Wording wording = stage_wording(work, *stage, NoticeKind::prompt, reason);
    wording.rule = "deadline-" + stage->id;
    wording.occurrence = static_cast<int>(work.the_case.events);
    wording.deadline = &due;
    wording.form.clear();
    tell(work, fill(work.the_case, stage->actors, work.rules).people, wording);
}

void tell_copies(Work& work, const Event& event) {
    for (const Copy& copy : work.rules.policy.copies) {
        if (!means(work, event, copy.on, copy.stage)) continue;
        if (!copy.stage.empty() && work.the_case.stage != copy.stage) continue;
        if (!holds(copy.when, work.the_case)) continue;
        const Filled who = fill(work.the_case, copy.to, work.rules);
        const NoticeKind kind = copy.kind == CopyKind::prompt    ? NoticeKind::prompt
                                : copy.kind == CopyKind::outcome ? NoticeKind::outcome
                                                                 : NoticeKind::copy;
        tell(work, who.people,
             {.rule = copy.id,
              .kind = kind,
              .reason = Reason::copied_by_policy,
              .occurrence = static_cast<int>(work.the_case.events),
              .scheduled = work.now,
              .stage = work.the_case.stage,
              .title = "",
              .ask = copy.text,
              .deadline = nullptr,
              .form = copy.form,
              .clauses = copy.clauses,
              .missing = {}});
        tell_of_missing(work, who.missing, work.now, static_cast<int>(work.the_case.events),
                        copy.clauses);
    }
}

void tell_of(Work& work, const Event& event) {
    switch (event.kind) {
        case EventKind::stage_entered: tell_of_stage(work, event); break;
        case EventKind::marked_urgent:
            if (!work.the_case.entries.empty() && event.at > work.the_case.entries.front().at) {
                tell_of_change(work, Reason::became_urgent);
            }
            break;
        case EventKind::marked_standard:
        case EventKind::deadline_set: tell_of_change(work, Reason::deadline_changed); break;
        case EventKind::resolved:
            tell_everybody(work, NoticeKind::outcome, Reason::case_resolved);
            break;
        case EventKind::withdrawn:
            tell_everybody(work, NoticeKind::outcome, Reason::case_withdrawn);
            break;
        case EventKind::reopened:
            tell_everybody(work, NoticeKind::outcome, Reason::case_reopened);
            break;
        default: break;
    }
    tell_copies(work, event);
}

}  // namespace

bool means(const Work& work, const Event& event, std::string_view word, const std::string& stage) {
    constexpr std::string_view missed = "missed:", met = "met:", reached = "reached:",
                               tagged = "tag:";
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
    if (word == "closed") return closes(event);
    if (word != event.word()) {
        // A stage is left by entering a later one, however many are passed over.
        return word == "escalated" && !stage.empty() && reaches(work, event, stage, 1);
    }
    if (word == "escalated" && !stage.empty()) return event.stage == stage;
    return stage.empty() || concerns_whole_case(event) || event.stage == stage;
}

void settle(Work& work) {
    // Events added here may themselves have consequences: they are appended to the same list.
    for (std::size_t i = 0; i < work.the_case.unsettled.size(); ++i) {
        const Event event = work.the_case.unsettled[i];
        meet_duties(work, event);
        end_duties(work, event);
        rearm_duties(work, event);
        start_duties(work, event);
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

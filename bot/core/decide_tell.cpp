// SPDX-License-Identifier: MIT
//
// Who is told of something that happened: the actors of a stage, the copies of the policy,
// everybody at the end.
#include <algorithm>

#include "bot/core/decide_work.h"
#include "bot/core/ladder.h"

namespace stageclock::deciding {
namespace {

// A clock of the whole case, owed by whoever stands at its stage (K-1).
bool limits_case(const Duty& duty) {
    return duty.owed_by.empty() && duty.due.unit != Unit::none &&
           std::find(duty.met_by.begin(), duty.met_by.end(), "resolved") != duty.met_by.end();
}

// The open duty whose deadline a stage's notices show: the stage's own limit, else the case's.
const DutyRun* limit_of(const Work& work, const std::string& stage) {
    const DutyRun* found = nullptr;
    const DutyRun* whole = nullptr;
    for (const DutyRun& run : work.the_case.duties) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open()) continue;
        if (duty->stage.empty()) {
            if (limits_case(*duty)) whole = &run;
            continue;
        }
        if (!lies_in(work.rules.policy, stage, duty->stage)) continue;
        if (limits_stage(*duty) || (found == nullptr && duty->owed_by.empty())) found = &run;
    }
    return found != nullptr ? found : whole;
}

// `run` is the duty that limits the stage, or null.
Wording stage_wording(const Work& work, const Stage& stage, const DutyRun* run, NoticeKind kind,
                      Reason reason) {
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
    if (duty == nullptr) return wording;
    for (const std::string& clause : duty->clauses) {
        auto& all = wording.clauses;
        if (std::find(all.begin(), all.end(), clause) == all.end()) all.push_back(clause);
    }
    return wording;
}

void without(std::vector<Recipient>& people, const std::string& address) {
    std::erase_if(people, [&](const Recipient& r) { return folded(r.address) == folded(address); });
}

// A disagreement has just been raised: the raiser gets the receipt, the practitioners of the other
// side learn of it; the other actors of the stage are told as on any stage.
void tell_of_raise(Work& work, const Stage& stage, Filled& actors) {
    tell_stage(work, stage,
               recipients(work.the_case, {Side::raising, "raiser"}, work.rules, work.now),
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
    Filled actors = fill(work.the_case, stage->actors, work.rules, work.now);
    const Filled joins = fill(work.the_case, stage->joins, work.rules, work.now);
    if (work.the_case.entries.size() == 1) tell_of_raise(work, *stage, actors);
    if (stage->announce) {
        tell_stage(work, *stage, actors.people, NoticeKind::prompt, Reason::stage_entered);
    }
    tell_stage(work, *stage, joins.people, NoticeKind::copy, Reason::stage_entered);
    if (work.the_case.entries.size() > 1) {  // whoever raised it always learns where it stands
        tell_stage(work, *stage,
                   recipients(work.the_case, {Side::raising, "raiser"}, work.rules, work.now),
                   NoticeKind::copy, Reason::stage_entered);
    }

    std::vector<std::string> missing = actors.missing;
    missing.insert(missing.end(), joins.missing.begin(), joins.missing.end());
    tell_of_missing(work, missing, work.now, static_cast<int>(work.the_case.events),
                    stage->clauses);

    const auto& copied = work.rules.board.stage_copies;
    if (std::any_of(copied.begin(), copied.end(),
                    [&](const std::string& of) { return enters(work, event, of); })) {
        tell_stage(work, *stage,
                   recipients(work.the_case, {Side::board, "inbox"}, work.rules, work.now),
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

// The deadline of a duty moved: those who owe it learn the new one.
void tell_new_deadline(Work& work, const DutyRun& run, Reason reason) {
    const Stage* stage = find_stage(work.rules.policy, work.the_case.stage);
    const Duty* duty = find_duty(work.rules.policy, run.duty);
    const Deadline due = deadline_of(work.the_case, run, work.rules);
    if (stage == nullptr || duty == nullptr || !due.due) return;
    Wording wording = stage_wording(work, *stage, &run, NoticeKind::prompt, reason);
    wording.rule = "deadline-" + run.duty;
    wording.title = duty->title;
    wording.clauses = duty->clauses;
    wording.occurrence = static_cast<int>(work.the_case.events);
    wording.deadline = &due;
    wording.form.clear();
    const Filled who = duty->owed_by.empty()
                           ? fill(work.the_case, stage->actors, work.rules, work.now)
                           : owing(work, *duty);
    tell(work, brought_in(work, who.people), wording);
}

// Urgency, a protective deadline or another version of the policy moved deadlines: the stage's own,
// and that of each duty that has one for the level.
void tell_of_change(Work& work, const Event& event, Reason reason) {
    const DutyRun* limit = limit_of(work, work.the_case.stage);
    const std::string limiting = limit != nullptr ? limit->duty : "";
    if (limit != nullptr) tell_new_deadline(work, DutyRun(*limit), reason);
    if (event.kind == EventKind::deadline_set) return;
    for (const DutyRun& run : std::vector<DutyRun>(work.the_case.duties)) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        const bool moved = duty != nullptr && run.open() && run.started < event.at &&
                           (!duty->by_priority.empty() || event.kind == EventKind::migrated);
        if (moved && run.duty != limiting && !duty->owed_by.empty()) {
            tell_new_deadline(work, run, reason);
        }
    }
}

void tell_of_agreement(Work& work, const Event& event) {
    for (const DutyRun& run : std::vector<DutyRun>(work.the_case.duties)) {
        if (run.duty == event.rule && run.open()) {
            tell_new_deadline(work, run, Reason::deadline_changed);
        }
    }
}

// Somebody named for a role that is asked to act now gets what the others of the role got.
void tell_newcomer(Work& work, const Event& event) {
    const auto* contact = std::get_if<Contact>(&event.detail);
    const Stage* stage = find_stage(work.rules.policy, work.the_case.stage);
    if (contact == nullptr || stage == nullptr || !work.the_case.open()) return;
    const auto& informed = work.the_case.informed;
    const auto is_new = [&](const Recipient& person) {
        return folded(person.address) == folded(contact->address) &&
               std::none_of(informed.begin(), informed.end(), [&](const Recipient& known) {
                   return folded(known.address) == folded(person.address);
               });
    };
    const Filled actors = fill(work.the_case, stage->actors, work.rules, work.now);
    for (const Recipient& person : actors.people) {
        if (!is_new(person)) continue;
        tell_stage(work, *stage, {person}, NoticeKind::prompt, Reason::stage_entered);
        return;
    }
    for (const DutyRun& run : std::vector<DutyRun>(work.the_case.duties)) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open() || duty->owed_by.empty() || !duty->announce) continue;
        for (const Recipient& person : owing(work, *duty).people) {
            if (is_new(person)) tell_of_duty(work, *duty, run, {person});
        }
    }
}

// The stage, procedure and conditions of a copy row.
bool concerns(const Work& work, const Event& event, const Copy& copy) {
    const Policy& policy = work.rules.policy;
    const std::string& present = work.the_case.stage;
    if (!copy.stage.empty() && !lies_in(policy, present, copy.stage)) return false;
    if (!copy.procedure.empty() && copy.procedure != work.the_case.procedure) return false;
    if (!copy.from_stage.empty()) {
        const Stage* from = find_stage(policy, copy.from_stage);
        const bool later = lies_in(policy, present, copy.from_stage) ||
                           place_of(policy, present) > place_of(policy, copy.from_stage);
        if (from == nullptr || from->procedure != work.the_case.procedure || !later) return false;
        // Each stage is told once: not again with each of its steps.
        const Stage* at = find_stage(policy, present);
        const bool step = at != nullptr && !at->within.empty();
        if (copy.on == "stage-entered" && step && !enters(work, event, at->within)) return false;
    }
    return holds(copy.when, work.the_case, work.rules);
}

// A copy for which nobody is known waits until somebody is named: what it starts must not be lost.
void record_waiting(Work& work, const Copy& copy) {
    Event event;
    event.kind = EventKind::not_told;
    event.at = event.recorded = work.now;
    event.stage = work.the_case.stage;
    event.rule = copy.id;
    event.clauses = copy.clauses;
    event.detail = Told{Occasion::happened, 0, 0, Reason::contact_missing, work.now};
    emit(work, std::move(event));
}

void tell_copy(Work& work, const Copy& copy) {
    const Filled who = fill(work.the_case, copy.to, work.rules, work.now);
    const int told = tell_copy_to(work, copy, who.people);
    tell_of_missing(work, who.missing, work.now, static_cast<int>(work.the_case.events),
                    copy.clauses);
    record_sent(work, copy.id, Occasion::happened, told, Reason::copied_by_policy, copy.clauses);
    const auto& waiting = work.the_case.waiting;
    const bool waits = std::find(waiting.begin(), waiting.end(), copy.id) != waiting.end();
    if (told == 0 && !who.missing.empty() && !waits) record_waiting(work, copy);
}

void tell_copies(Work& work, const Event& event) {
    for (const Copy& copy : work.rules.policy.copies) {
        if (means(work, event, copy.on, copy.stage) && concerns(work, event, copy)) {
            tell_copy(work, copy);
        }
    }
}

void tell_waiting(Work& work) {
    for (const std::string& id : std::vector<std::string>(work.the_case.waiting)) {
        const Copy* copy = find_copy(work.rules.policy, id);
        if (copy == nullptr) continue;
        if (!fill(work.the_case, copy->to, work.rules, work.now).people.empty()) {
            tell_copy(work, *copy);
        }
    }
}

}  // namespace

void tell_stage(Work& work, const Stage& stage, const std::vector<Recipient>& people,
                NoticeKind kind, Reason reason) {
    const DutyRun* run = limit_of(work, stage.id);
    Wording wording = stage_wording(work, stage, run, kind, reason);
    const Deadline due = run != nullptr ? deadline_of(work.the_case, *run, work.rules) : Deadline{};
    if (run != nullptr) wording.deadline = &due;
    if (kind == NoticeKind::copy) wording.form.clear();
    tell(work, people, wording);
}

int tell_copy_to(Work& work, const Copy& copy, const std::vector<Recipient>& people) {
    const NoticeKind kind = copy.kind == CopyKind::prompt    ? NoticeKind::prompt
                            : copy.kind == CopyKind::outcome ? NoticeKind::outcome
                                                             : NoticeKind::copy;
    return tell(work, brought_in(work, people),
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
}

int tell_of_duty(Work& work, const Duty& duty, const DutyRun& run,
                 const std::vector<Recipient>& people) {
    const Deadline due = deadline_of(work.the_case, run, work.rules);
    return tell(work, brought_in(work, people),
                {.rule = duty.id,
                 .kind = NoticeKind::prompt,
                 .reason = Reason::duty_started,
                 .occurrence = occurrence_of(work.the_case, run, 0),
                 .scheduled = work.now,
                 .stage = duty.stage,
                 .title = duty.title,
                 .ask = ask_of(work, duty),
                 .deadline = &due,
                 .form = duty.form,
                 .clauses = duty.clauses,
                 .missing = {}});
}

void tell_of(Work& work, const Event& event) {
    switch (event.kind) {
        case EventKind::stage_entered: tell_of_stage(work, event); break;
        case EventKind::marked_urgent:
            if (!work.the_case.entries.empty() && event.at > work.the_case.entries.front().at) {
                tell_of_change(work, event, Reason::became_urgent);
            }
            break;
        case EventKind::deadline_agreed: tell_of_agreement(work, event); break;
        case EventKind::contact_named:
            tell_newcomer(work, event);
            tell_waiting(work);
            break;
        case EventKind::unreached: tell_of_unreached(work, event); break;
        case EventKind::migrated:
        case EventKind::marked_standard:
        case EventKind::deadline_set: tell_of_change(work, event, Reason::deadline_changed); break;
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

}  // namespace stageclock::deciding

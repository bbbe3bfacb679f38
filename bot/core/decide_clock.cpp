// SPDX-License-Identifier: MIT
//
// What the passing of time makes due: reminders before a deadline, the prompts when it passes, and
// the repeats after it until somebody acts. After an outage only the latest of several
// missed reminders or repeats is sent; the others are recorded as overtaken.
#include <algorithm>

#include "bot/core/decide_work.h"
#include "bot/core/ladder.h"

namespace stageclock::deciding {
namespace {

struct Moment {
    Occasion occasion{};
    int number = 0;
    Instant at;
};

bool dealt_with(const DutyRun& run, const Moment& moment) {
    return std::any_of(run.told.begin(), run.told.end(), [&](const Told& told) {
        return told.occasion == moment.occasion && told.at == moment.at;
    });
}

// `term` before `due`: days at the reminder hour of that working day, hours to the second.
Instant before(Instant due, const Term& term, const Rules& rules) {
    if (term.unit == Unit::hours) return due - std::chrono::hours(term.count);
    const Calendar& calendar = rules.calendar;
    Date day = calendar.date(due);
    for (int i = 0; i < term.count; ++i) day = calendar.previous_working_day(day);
    return calendar.at(day, rules.policy.readings.reminder_time);
}

Instant after(Instant due, const Term& term, int times, const Rules& rules) {
    if (term.unit == Unit::hours) return due + std::chrono::hours(term.count) * times;
    const Calendar& calendar = rules.calendar;
    Date day = calendar.date(due);
    for (int i = 0; i < std::max(1, term.count) * times; ++i) day = calendar.next_working_day(day);
    return calendar.at(day, rules.policy.readings.reminder_time);
}

bool counted_in_hours(const Case& the_case, const Duty& duty, const Policy& policy) {
    return term_in_force(the_case, duty, policy).unit == Unit::hours;
}

std::vector<Moment> reminders(const Work& work, const Duty& duty, Instant due) {
    const Policy& policy = work.rules.policy;
    const auto& usual =
        counted_in_hours(work.the_case, duty, policy) ? policy.remind_hours : policy.remind;
    const auto& terms = duty.remind.empty() ? usual : duty.remind;
    std::vector<Moment> moments;
    for (const Term& term : terms) {
        const Instant at = before(due, term, work.rules);
        if (at < due) moments.push_back({Occasion::reminder, 0, at});
    }
    return moments;
}

Term repeat_of(const Work& work, const Duty& duty) {
    if (duty.repeat) return *duty.repeat;
    const Policy& policy = work.rules.policy;
    return work.the_case.urgent_since ? policy.repeat_urgent : policy.repeat;
}

int reminders_dealt_with(const DutyRun& run) {
    return static_cast<int>(std::count_if(run.told.begin(), run.told.end(), [](const Told& told) {
        return told.occasion == Occasion::reminder;
    }));
}

int last_repeat(const DutyRun& run) {
    int last = 0;
    for (const Told& told : run.told) {
        if (told.occasion == Occasion::repeat) last = std::max(last, told.number);
    }
    return last;
}

// --- recording ----------------------------------------------------------------------------------

void record(Work& work, const DutyRun& run, const Duty& duty, const Moment& moment, int told,
            Reason reason, EventKind kind) {
    Event event;
    event.kind = kind;
    event.at = moment.at;
    event.recorded = work.now;
    event.stage = duty.stage.empty() ? work.the_case.stage : duty.stage;
    event.rule = run.duty;
    event.clauses = duty.clauses;
    event.detail = Told{moment.occasion, moment.number, told, reason, moment.at};
    emit(work, std::move(event));
}

void record_told(Work& work, const DutyRun& run, const Duty& duty, const Moment& moment, int told,
                 Reason reason) {
    record(work, run, duty, moment, told, reason, EventKind::told);
}

void record_not_told(Work& work, const DutyRun& run, const Duty& duty, const Moment& moment,
                     Reason reason) {
    record(work, run, duty, moment, 0, reason, EventKind::not_told);
}

Wording wording_of(const Work& work, const DutyRun& run, const Duty& duty, const Deadline& deadline,
                   const Moment& moment, NoticeKind kind, Reason reason) {
    return {.rule = duty.id,
            .kind = kind,
            .reason = reason,
            .occurrence = occurrence_of(work.the_case, run, moment.number),
            .scheduled = moment.at,
            .stage = duty.stage,
            .title = duty.title,
            .ask = ask_of(work, duty),
            .deadline = &deadline,
            .form = duty.form,
            .clauses = duty.clauses,
            .missing = {}};
}

// --- the three occasions ------------------------------------------------------------------------

// Those who learn just now that the deadline is another one need no reminder of it.
bool told_of_change_now(const Work& work, Instant due) {
    return std::any_of(work.notices.begin(), work.notices.end(), [&](const Notice& notice) {
        return (notice.reason == Reason::deadline_changed ||
                notice.reason == Reason::became_urgent) &&
               notice.deadline == due;
    });
}

bool remind(Work& work, const DutyRun& run, const Duty& duty, const Deadline& deadline) {
    if (run.state != DutyRun::State::running) return false;
    auto moments = reminders(work, duty, *deadline.due);
    const bool passed = *deadline.due <= work.now;
    // The latest that is due is the one worth sending.
    Instant latest{};
    for (const Moment& moment : moments) {
        if (moment.at <= work.now && moment.at >= run.started) latest = std::max(latest, moment.at);
    }
    int number = reminders_dealt_with(run);
    bool any = false;
    for (Moment& moment : moments) {
        if (moment.at > work.now || dealt_with(run, moment)) continue;
        any = true;
        moment.number = ++number;
        if (moment.at <= run.started) {
            record_not_told(work, run, duty, moment, Reason::before_start);
        } else if (passed || moment.at < latest || told_of_change_now(work, *deadline.due)) {
            record_not_told(work, run, duty, moment, Reason::overtaken);
        } else {
            const Filled owed = owing(work, duty);
            const int told = tell(work, owed.people,
                                  wording_of(work, run, duty, deadline, moment,
                                             NoticeKind::reminder, Reason::deadline_near));
            tell_of_missing(work, owed.missing, moment.at, static_cast<int>(work.the_case.events),
                            duty.clauses);
            record_told(work, run, duty, moment, told, Reason::deadline_near);
        }
    }
    return any;
}

std::vector<Target> next_actors(const Work& work, const Duty& duty) {
    const std::string& present = work.the_case.stage;
    const bool here = duty.stage.empty() || lies_in(work.rules.policy, present, duty.stage);
    const std::string& stage = here ? present : duty.stage;
    const Stage* next = next_stage(work.the_case, work.rules, stage);
    return next != nullptr ? next->actors : std::vector<Target>{};
}

// Tells those who owe it, those the row names and, for a stage's limit, the next named officers.
int prompt(Work& work, const DutyRun& run, const Duty& duty, const Deadline& deadline,
           const Moment& moment, const Filled& owing_now, Reason reason) {
    Filled next;
    if (duty.missed_tells_next)
        next = fill(work.the_case, next_actors(work, duty), work.rules, work.now);
    const Filled others = fill(work.the_case, duty.missed_tells, work.rules, work.now);
    const auto words = [&](NoticeKind kind, Reason why) {
        return wording_of(work, run, duty, deadline, moment, kind, why);
    };
    int told = tell(work, owing_now.people, words(NoticeKind::prompt, reason));
    const Reason for_next = reason == Reason::deadline_passed ? Reason::next_officer_due : reason;
    std::vector<Recipient> fresh;
    for (const Recipient& person : next.people) {
        const bool owes = std::any_of(
            owing_now.people.begin(), owing_now.people.end(),
            [&](const Recipient& r) { return folded(r.address) == folded(person.address); });
        if (!owes) fresh.push_back(person);
    }
    told += tell(work, fresh, words(NoticeKind::prompt, for_next));
    std::vector<Recipient> besides;
    for (const Recipient& person : others.people) {
        const bool next_too = std::any_of(fresh.begin(), fresh.end(), [&](const Recipient& r) {
            return folded(r.address) == folded(person.address);
        });
        if (!next_too) besides.push_back(person);
    }
    told += tell(work, besides, words(NoticeKind::prompt, reason));

    std::vector<std::string> missing = owing_now.missing;
    missing.insert(missing.end(), next.missing.begin(), next.missing.end());
    missing.insert(missing.end(), others.missing.begin(), others.missing.end());
    tell_of_missing(work, missing, moment.at, static_cast<int>(work.the_case.events), duty.clauses);
    return told;
}

void advance(Work& work, const Duty& duty, Instant due) {
    const Stage* next = next_stage(work.the_case, work.rules, work.the_case.stage);
    if (next == nullptr || !lies_in(work.rules.policy, work.the_case.stage, duty.stage)) return;
    Event event;
    event.kind = EventKind::escalated;
    event.at = due;
    event.recorded = work.now;
    event.stage = work.the_case.stage;
    event.clauses = duty.clauses;
    emit(work, event);
    event.kind = EventKind::stage_entered;
    event.stage = next->id;
    event.clauses = next->clauses;
    emit(work, std::move(event));
}

bool miss(Work& work, const DutyRun& run, const Duty& duty, const Deadline& deadline) {
    const Moment moment{Occasion::missed, 0, *deadline.due};
    if (run.state != DutyRun::State::running || moment.at > work.now) return false;
    Event missed;
    missed.kind = EventKind::duty_missed;
    missed.at = moment.at;
    missed.recorded = work.now;
    missed.stage = duty.stage.empty() ? work.the_case.stage : duty.stage;
    missed.rule = duty.id;
    missed.clauses = duty.clauses;
    emit(work, std::move(missed));
    work.cancelled.push_back(duty.id);
    const int told =
        prompt(work, run, duty, deadline, moment, owing(work, duty), Reason::deadline_passed);
    record_told(work, run, duty, moment, told, Reason::deadline_passed);
    if (work.rules.policy.auto_advance && limits_stage(duty)) advance(work, duty, moment.at);
    bring_about(work, duty, moment.at, duty.missed_enters, duty.missed_closes);
    return true;
}

// Another missed limit of a later stage speaks for this one: one repeat a day is enough.
bool later_limit_missed(const Work& work, const Duty& duty) {
    const Policy& policy = work.rules.policy;
    if (!limits_stage(duty)) return false;
    return std::any_of(work.the_case.duties.begin(), work.the_case.duties.end(),
                       [&](const DutyRun& other) {
                           const Duty* known = find_duty(policy, other.duty);
                           return known != nullptr && other.state == DutyRun::State::missed &&
                                  limits_stage(*known) &&
                                  place_of(policy, known->stage) > place_of(policy, duty.stage);
                       });
}

// who has acknowledged at this stage is spared the repeats, unless that would leave nobody.
Filled unacknowledged(const Work& work, Filled filled) {
    const auto acknowledged = [&](const Recipient& person) {
        return std::any_of(work.the_case.acknowledgements.begin(),
                           work.the_case.acknowledgements.end(), [&](const Acknowledgement& ack) {
                               return ack.stage == work.the_case.stage &&
                                      folded(ack.address) == folded(person.address);
                           });
    };
    std::vector<Recipient> silent;
    for (const Recipient& person : filled.people) {
        if (!acknowledged(person)) silent.push_back(person);
    }
    if (!silent.empty()) filled.people = std::move(silent);
    return filled;
}

bool repeat(Work& work, const DutyRun& run, const Duty& duty, const Deadline& deadline) {
    if (run.state != DutyRun::State::missed) return false;
    const Term every = repeat_of(work, duty);
    if (every.unit == Unit::none) return false;
    int number = last_repeat(run);
    while (after(*deadline.due, every, number + 1, work.rules) <= work.now) ++number;
    if (number == last_repeat(run)) return false;
    const Moment moment{Occasion::repeat, number, after(*deadline.due, every, number, work.rules)};
    if (later_limit_missed(work, duty)) {
        record_not_told(work, run, duty, moment, Reason::overtaken);
        return true;
    }
    const Filled owed = owing(work, duty);
    const Filled silent = unacknowledged(work, owed);
    const int told = prompt(work, run, duty, deadline, moment, silent, Reason::still_overdue);
    record_told(work, run, duty, moment, told, Reason::still_overdue);
    if (const auto spared = owed.people.size() - silent.people.size(); spared > 0) {
        record(work, run, duty, moment, static_cast<int>(spared), Reason::acknowledged,
               EventKind::not_told);
    }
    return true;
}

void sooner(std::optional<Instant>& next, Instant at) {
    if (!next || at < *next) next = at;
}

// An open case on which no clock runs would be quiet for ever: its next reminder counts from what
// happened last.
std::optional<Instant> next_nudge(const Work& work) {
    const Case& the_case = work.the_case;
    const Term& quiet = work.rules.policy.quiet;
    if (!the_case.open() || the_case.entries.empty() || quiet.unit == Unit::none) {
        return std::nullopt;
    }
    for (const DutyRun& run : the_case.duties) {
        if (run.open() && deadline_of(the_case, run, work.rules).due) return std::nullopt;
    }
    Instant last = stage_entered_at(the_case);
    if (!the_case.log.empty()) last = std::max(last, the_case.log.back().at);
    if (the_case.nudged) last = std::max(last, *the_case.nudged);
    return after(last, quiet, 1, work.rules);
}

bool nudge(Work& work) {
    auto at = next_nudge(work);
    const Stage* stage = find_stage(work.rules.policy, work.the_case.stage);
    if (!at || *at > work.now || stage == nullptr) return false;
    // After an outage the latest of several is enough.
    for (Instant later = *at; later <= work.now;) {
        at = later;
        later = after(later, work.rules.policy.quiet, 1, work.rules);
    }
    const Filled who = fill(work.the_case, stage->actors, work.rules, work.now);
    const int told = tell(work, who.people,
                          {.rule = "quiet",
                           .kind = NoticeKind::reminder,
                           .reason = Reason::still_open,
                           .occurrence = static_cast<int>(work.the_case.events),
                           .scheduled = *at,
                           .stage = stage->id,
                           .title = stage->title,
                           .ask = stage->guidance,
                           .deadline = nullptr,
                           .form = "",
                           .clauses = stage->clauses,
                           .missing = {}});
    tell_of_missing(work, who.missing, *at, static_cast<int>(work.the_case.events), stage->clauses);
    Event event;
    event.kind = EventKind::told;
    event.at = *at;
    event.recorded = work.now;
    event.stage = stage->id;
    event.rule = "quiet";
    event.clauses = stage->clauses;
    event.detail = Told{Occasion::repeat, 0, told, Reason::still_open, *at};
    emit(work, std::move(event));
    return true;
}

}  // namespace

bool run_clocks(Work& work) {
    bool any = false;
    for (std::size_t i = 0; i < work.the_case.duties.size(); ++i) {
        const DutyRun run = work.the_case.duties[i];  // emit() replaces the case
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open()) continue;
        const Deadline deadline = deadline_of(work.the_case, run, work.rules);
        if (!deadline.due) continue;
        any = remind(work, run, *duty, deadline) || any;
        any = miss(work, run, *duty, deadline) || any;
        any = repeat(work, work.the_case.duties[i], *duty, deadline) || any;
    }
    return nudge(work) || any;
}

std::optional<Instant> next_occasion(const Work& work) {
    std::optional<Instant> next;
    for (const DutyRun& run : work.the_case.duties) {
        const Duty* duty = find_duty(work.rules.policy, run.duty);
        if (duty == nullptr || !run.open()) continue;
        const auto due = deadline_of(work.the_case, run, work.rules).due;
        if (!due) continue;
        if (run.state == DutyRun::State::missed) {
            const Term every = repeat_of(work, *duty);
            if (every.unit == Unit::none) continue;
            sooner(next, after(*due, every, last_repeat(run) + 1, work.rules));
            continue;
        }
        sooner(next, *due);
        for (const Moment& moment : reminders(work, *duty, *due)) {
            if (!dealt_with(run, moment)) sooner(next, moment.at);
        }
    }
    if (const auto at = next_nudge(work)) sooner(next, *at);
    return next;
}

}  // namespace stageclock::deciding

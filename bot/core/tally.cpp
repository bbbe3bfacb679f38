// SPDX-License-Identifier: MIT
#include "bot/core/tally.h"

#include <algorithm>
#include <set>

#include "bot/core/form_layout.h"

namespace stageclock {
namespace {

// A case cannot end before we were told of it, whatever day its end is dated.
std::optional<Instant> closed_at(const Case& the_case) {
    if (!the_case.closed) return std::nullopt;
    return std::max(*the_case.closed, the_case.raised);
}

// The stage, not the step within it.
std::string whole_stage(const Policy& policy, const std::string& id) {
    const Stage* stage = find_stage(policy, id);
    return stage == nullptr || stage->within.empty() ? id : stage->within;
}

std::string stage_at(const Case& the_case, const Policy& policy, Instant end) {
    std::string stage = the_case.entries.empty() ? the_case.stage : the_case.entries.front().stage;
    for (const StageEntry& entry : the_case.entries) {
        if (entry.at < end) stage = entry.stage;
    }
    return whole_stage(policy, stage);
}

std::string priority_at(const Case& the_case, const Policy& policy, Instant end) {
    std::string highest;
    for (const PriorityChange& change : the_case.priorities) {
        if (change.at >= end || change.level.empty()) continue;
        const bool higher = level_of(policy, change.level) > level_of(policy, highest);
        if (highest.empty() || higher) highest = change.level;
    }
    return highest;
}

std::string known_agency(const Directory& directory, const std::string& agency) {
    const Agency* found = find_agency(directory, agency);
    return found == nullptr ? std::string(other_agency) : found->id;
}

// What became of a limit by the end of the period it was due in; nothing: it fell away in time.
LimitCounts outcome(const DutyRun& run, Instant due, Instant end) {
    const bool over = run.over && *run.over < end;
    if (!over) return {.missed = 1};
    switch (run.state) {
        case DutyRun::State::met: return {.met = 1};
        case DutyRun::State::met_late: return {.late = 1};
        case DutyRun::State::ended:
            return *run.over > due ? LimitCounts{.missed = 1} : LimitCounts{};
        case DutyRun::State::running:
        case DutyRun::State::missed: break;
    }
    return {.missed = 1};
}

// Each of them once, however often it came.
std::set<std::string> forms_back(const Case& the_case, Instant end) {
    std::set<std::string> forms;
    for (const ReturnedForm& each : the_case.returned) {
        if (each.at >= end) continue;
        forms.insert(each.form.form);
        const bool said = !each.form.use(to_text(FieldUse::effectiveness)).empty();
        if (said) forms.insert(std::string(said_how_it_worked));
    }
    return forms;
}

}  // namespace

LimitCounts& LimitCounts::operator+=(const LimitCounts& more) {
    met += more.met;
    late += more.late;
    missed += more.missed;
    return *this;
}

Tally::Tally(const std::vector<Period>& quarters, const Calendar& calendar) {
    for (const Period& period : quarters) {
        PeriodTally tally;
        tally.period = period;
        tally.span = span_of(period, calendar);
        periods_.push_back(std::move(tally));
    }
}

const PeriodTally* Tally::of(const Period& period) const {
    const auto found = std::ranges::find(periods_, period, &PeriodTally::period);
    return found == periods_.end() ? nullptr : &*found;
}

void Tally::add(const Case& the_case, const Rules& rules) {
    for (PeriodTally& tally : periods_) add_to(tally, the_case, rules);
    add_limits(the_case, rules);
}

void Tally::add_to(PeriodTally& tally, const Case& the_case, const Rules& rules) {
    const RaiseFacts& facts = the_case.facts;
    const Instant end = tally.span.to;
    const auto closed = closed_at(the_case);
    if (tally.span.holds(the_case.raised)) {
        ++tally.raised;
        ++tally.pairs[{known_agency(rules.directory, facts.raising.agency),
                       known_agency(rules.directory, facts.receiving.agency)}];
        ++tally.reasons[facts.reason];
        ++tally.subjects[facts.subject_kind];
        ++tally.priorities[priority_at(the_case, rules.policy, end)];
        for (const std::string& id : the_case.circumstances) ++tally.circumstances[id];
    }
    if (closed && tally.span.holds(*closed)) {
        ++tally.closed_at[stage_at(the_case, rules.policy, end)];
        std::vector<std::string> tags;
        for (const Tag& tag : the_case.tags) tags.push_back(tag.id);
        std::ranges::sort(tags);
        tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
        for (const std::string& tag : tags) ++tally.tags[tag];
        for (const std::string& form : forms_back(the_case, end)) ++tally.forms[form];
        if (the_case.status == Status::resolved) {
            ++tally.resolved;
            const Calendar& calendar = rules.calendar;
            const Date from = calendar.date(the_case.outset);
            ++tally.days[calendar.working_days_between(from, calendar.date(*closed))];
        } else {
            ++tally.withdrawn;
        }
    }
    if (the_case.raised < end && (!closed || *closed >= end)) {
        ++tally.open;
        ++tally.open_at[stage_at(the_case, rules.policy, end)];
    }
}

void Tally::add_limits(const Case& the_case, const Rules& rules) {
    Instant last{};
    for (const PeriodTally& tally : periods_) last = std::max(last, tally.span.to);
    for (const DutyRun& run : the_case.duties) {
        if (run.started >= last) continue;
        const Duty* duty = find_duty(rules.policy, run.duty);
        if (duty == nullptr) continue;  // of a version nobody serves any more
        const auto due = deadline_of(the_case, run, rules).due;
        if (!due) continue;
        for (PeriodTally& tally : periods_) {
            if (!tally.span.holds(*due)) continue;
            const LimitCounts counted = outcome(run, *due, tally.span.to);
            if (counted == LimitCounts{}) continue;
            tally.limits[{whole_stage(rules.policy, duty->stage), duty->id}] += counted;
            duty_titles_.try_emplace(duty->id, duty->title);
        }
    }
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "bot/app/calendar_desk.h"

#include <algorithm>

#include "bot/app/calendar_entries.h"

namespace stageclock {
namespace {

// Somebody on more open cases than this has other means; a calendar program asks every quarter of
// an hour.
constexpr std::size_t most_cases = 200;

// As of when the entry of a run is true. The same until something changes, so that a program that
// asks again is told that nothing did.
Instant last_change(const Case& the_case, const DutyRun& run) {
    Instant last = std::max(run.started, stage_entered_at(the_case));
    for (const PriorityChange& change : the_case.priorities) last = std::max(last, change.at);
    for (const Agreement& agreement : the_case.agreements) last = std::max(last, agreement.at);
    return last;
}

bool owes(const DutyView& duty, const std::string& address) {
    return std::ranges::any_of(
        duty.owed_by, [&](const Recipient& who) { return folded(who.address) == address; });
}

// view() lists the runs in another order than the case, each with its start.
const DutyView* view_of(const DutyRun& run, const CaseView& view) {
    const auto found = std::ranges::find_if(view.duties, [&](const DutyView& duty) {
        return duty.id == run.duty && duty.started == run.started;
    });
    return found == view.duties.end() ? nullptr : &*found;
}

}  // namespace

Result<std::string> CalendarDesk::deadlines(std::int64_t notice) {
    const auto row = store_.notice(notice);
    if (!row) return row.error();
    const Error none{Code::not_found, "no such calendar", ""};
    if (!*row || (*row)->notice.to.audience != Audience::officer) return none;
    const std::string& address = (*row)->notice.to.address;
    const std::string reader = folded(address);
    if (reader.empty()) return none;
    const auto cases = store_.cases_of(address, most_cases);
    if (!cases) return cases.error();
    CalendarFile file{.method = CalendarMethod::publish,
                      .name = "Escalation deadlines",
                      .organiser = settings_.mail_from,
                      .entries = {}};
    for (const CaseSummary& summary : *cases) {
        const auto loaded = store_.load(summary.ref);
        if (!loaded) return loaded.error();
        const ServedBoard* served = rulebook_.board(summary.board);
        if (!*loaded || served == nullptr) continue;
        const Case& the_case = **loaded;
        const Rules rules = rulebook_.rules(*served, the_case);
        const CaseView shown = view(the_case, rules, clock_.now());
        for (const DutyRun& run : the_case.duties) {
            const DutyView* duty = run.open() ? view_of(run, shown) : nullptr;
            if (duty == nullptr || !owes(*duty, reader)) continue;
            auto entry =
                calendar_entry(the_case, run, rules, settings_, last_change(the_case, run));
            if (entry) file.entries.push_back(std::move(*entry));
        }
    }
    return to_ical(file, rulebook_.calendar().zone());
}

}  // namespace stageclock

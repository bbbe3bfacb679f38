// SPDX-License-Identifier: MIT
#include "bot/app/calendar_entries.h"

#include <algorithm>

#include "bot/app/model_words.h"
#include "bot/core/directory.h"

namespace stageclock {
namespace {

bool asks(const Notice& notice) {
    return notice.kind == NoticeKind::prompt || notice.kind == NoticeKind::reminder;
}

// Chats and text messages carry no files.
bool takes_files(const Notice& notice) {
    return notice.channel == "mail" && !notice.ref.empty() &&
           (notice.to.audience == Audience::officer || notice.to.audience == Audience::board);
}

bool was_sent(const NoticeRow& row) {
    return row.state == NoticeState::accepted || row.state == NoticeState::delivered ||
           row.state == NoticeState::bounced;
}

bool stands_on(const Notice& notice, const DutyRun& run, const Policy& policy) {
    const Duty* duty = find_duty(policy, run.duty);
    return duty != nullptr &&
           (run.duty == notice.rule || (!duty->title.empty() && duty->title == notice.title));
}

// "20261218T090000Z", without anything to escape.
std::string compact(Instant instant) {
    std::string text = to_rfc3339(instant);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string domain_of(const Settings& settings) {
    const auto at = settings.mail_from.rfind('@');
    return at == std::string::npos ? "stageclock" : settings.mail_from.substr(at + 1);
}

// A mail about the run that took its entry along.
bool carried_entry(const NoticeRow& row, const DutyRun& run, const Policy& policy) {
    const Notice& notice = row.notice;
    return was_sent(row) && takes_files(notice) && asks(notice) && notice.deadline &&
           *notice.deadline > notice.decided && notice.decided >= run.started &&
           stands_on(notice, run, policy);
}

// When we learnt that the run was over: an end may be reported days after it came.
Instant known_over(const DutyRun& run, const std::vector<Event>& events) {
    for (const Event& event : events) {
        const bool ends = event.kind == EventKind::duty_met || event.kind == EventKind::duty_ended;
        if (ends && event.rule == run.duty && event.at == *run.over) {
            return std::max(event.recorded, *run.over);
        }
    }
    return *run.over;
}

// The runs that are over, whose entry this reader was sent and of whose end no mail tells yet.
Result<std::vector<const DutyRun*>> to_cancel(const NoticeRow& row, const Case& the_case,
                                              const Rules& rules, Store& store) {
    std::vector<const DutyRun*> ended;
    for (const DutyRun& run : the_case.duties) {
        if (!run.open() && run.over) ended.push_back(&run);
    }
    if (ended.empty()) return ended;
    auto rows = store.notices(row.notice.ref);
    if (!rows) return rows.error();
    std::erase_if(*rows, [&](const NoticeRow& each) {
        return each.id >= row.id || !was_sent(each) || !takes_files(each.notice) ||
               folded(each.notice.destination) != folded(row.notice.destination);
    });
    std::erase_if(ended, [&](const DutyRun* run) {
        return std::ranges::none_of(
            *rows, [&](const NoticeRow& each) { return carried_entry(each, *run, rules.policy); });
    });
    if (ended.empty()) return ended;
    const auto events = store.events(row.notice.ref);
    if (!events) return events.error();
    std::erase_if(ended, [&](const DutyRun* run) {
        const Instant known = known_over(*run, *events);
        // What asked for it, be it within the same second, does not tell of its end.
        return std::ranges::any_of(*rows, [&](const NoticeRow& each) {
            return each.notice.decided >= known && !carried_entry(each, *run, rules.policy);
        });
    });
    return ended;
}

Attachment file_of(std::vector<CalendarEntry> entries, CalendarMethod method,
                   const Settings& settings, const Zone& zone) {
    const bool publish = method == CalendarMethod::publish;
    return {publish ? "deadline.ics" : "no-longer-due.ics",
            publish ? "text/calendar; method=PUBLISH; charset=utf-8"
                    : "text/calendar; method=CANCEL; charset=utf-8",
            to_ical({.method = method,
                     .name = {},
                     .organiser = settings.mail_from,
                     .entries = std::move(entries)},
                    zone)};
}

}  // namespace

std::optional<CalendarEntry> calendar_entry(const Case& the_case, const DutyRun& run,
                                            const Rules& rules, const Settings& settings,
                                            Instant stamp) {
    const Duty* duty = find_duty(rules.policy, run.duty);
    const Deadline limit = deadline_of(the_case, run, rules);
    if (duty == nullptr || !limit.due) return std::nullopt;
    CalendarEntry entry;
    entry.uid =
        the_case.ref + "-" + run.duty + "-" + compact(run.started) + "@" + domain_of(settings);
    entry.sequence = the_case.events;
    entry.stamp = stamp;
    entry.deadline = *limit.due;
    entry.summary = the_case.ref + ": " + (duty->title.empty() ? run.duty : duty->title);
    entry.description = rules.board.name + ". This ends at the deadline.";
    if (!settings.public_url.empty()) {
        entry.url = settings.public_url + "/cases/" + model_words::encoded(the_case.ref);
    }
    entry.provisional = limit.beyond_calendar;
    return entry;
}

const DutyRun* run_of(const Notice& notice, const Case& the_case, const Rules& rules) {
    const auto found = std::find_if(
        the_case.duties.rbegin(), the_case.duties.rend(),
        [&](const DutyRun& run) { return run.open() && stands_on(notice, run, rules.policy); });
    return found == the_case.duties.rend() ? nullptr : &*found;
}

Result<std::vector<Attachment>> calendar_files(const NoticeRow& row, const Case& the_case,
                                               const Rules& rules, const Settings& settings,
                                               Store& store) {
    const Notice& notice = row.notice;
    std::vector<Attachment> files;
    if (!takes_files(notice)) return files;
    const Zone& zone = rules.calendar.zone();
    const DutyRun* run = asks(notice) ? run_of(notice, the_case, rules) : nullptr;
    if (run != nullptr) {
        auto entry = calendar_entry(the_case, *run, rules, settings, notice.decided);
        if (entry && entry->deadline > notice.decided) {
            files.push_back(file_of({std::move(*entry)}, CalendarMethod::publish, settings, zone));
        }
    }
    const auto ended = to_cancel(row, the_case, rules, store);
    if (!ended) return ended.error();
    std::vector<CalendarEntry> gone;
    for (const DutyRun* each : *ended) {
        auto entry = calendar_entry(the_case, *each, rules, settings, notice.decided);
        if (entry) gone.push_back(std::move(*entry));
    }
    if (!gone.empty()) {
        files.push_back(file_of(std::move(gone), CalendarMethod::cancel, settings, zone));
    }
    return files;
}

std::string calendar_page_of(const Notice& notice, std::int64_t id, const Settings& settings,
                             const Seal& seal) {
    const bool theirs = notice.to.audience == Audience::officer && asks(notice) &&
                        notice.channel == "mail" && !notice.ref.empty();
    if (!theirs || settings.public_url.empty() || id <= 0) return {};
    return settings.public_url + "/calendar/" + seal.close(SealFor::calendar, id) + ".ics";
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
//
// The deadline of a notice and how it was counted, in words.
#include "bot/app/model_parts.h"
#include "bot/app/model_words.h"

namespace stageclock::model_parts {
namespace {

using namespace model_words;

// A notice made longer than this after its moment says so.
constexpr std::chrono::minutes in_time{15};
// How decide() numbers the occasions of a duty's later runs: run * 1000 + number.
constexpr int runs_apart = 1000;

std::string day_text(const TraceLine& line, const Calendar& calendar) {
    const bool passed_over = line.counted == 0 && (line.why == weekday_name(line.date) ||
                                                   line.why == calendar.holiday(line.date));
    return passed_over ? line.why + ", not counted" : line.why;
}

std::string overdue_by(Instant due, Instant now, const Calendar& calendar) {
    const int days = calendar.working_days_between(calendar.date(due), calendar.date(now));
    return days > 0 ? working_days(days) : std::string();
}

}  // namespace

Model deadline(const View& view) {
    const Notice& notice = view.notice;
    const Calendar& calendar = view.rules.calendar;
    Model part;
    for (const char* name : {"words", "short", "date", "provisional", "overdue"}) part[name] = "";
    part["none"] = !notice.deadline.has_value();
    part["passed"] = notice.deadline && *notice.deadline <= notice.decided;
    if (!notice.deadline) return part;
    part["words"] = to_words(*notice.deadline, calendar.zone());
    part["short"] = short_time(*notice.deadline, calendar.zone());
    part["date"] = to_words(calendar.date(*notice.deadline));
    if (*notice.deadline <= notice.decided) {
        part["overdue"] = overdue_by(*notice.deadline, notice.decided, calendar);
    }
    if (notice.provisional) {
        part["provisional"] =
            "This date is provisional: it lies beyond the end of the list of bank "
            "holidays (" +
            to_words(calendar.last()) + "), so it may move to a later day.";
    }
    return part;
}

Model trace(const View& view) {
    const Trace& source = view.notice.trace;
    const Calendar& calendar = view.rules.calendar;
    Model::List days;
    for (const TraceLine& line : source.lines) {
        Model day;
        day["date"] = short_date(line.date);
        day["text"] = day_text(line, calendar);
        days.push_back(std::move(day));
    }
    const bool known = !source.rule.empty() || !days.empty();
    Model part;
    part["known"] = known;
    part["rule"] = source.rule;
    part["reading"] = source.reading;
    part["start_event"] = source.start_event;
    part["start"] = known ? to_words(source.start, calendar.zone()) : std::string();
    part["days"] = std::move(days);
    part["adjustments"] = texts(source.adjustments);
    part["calendar"] = source.calendar;
    part["policy"] = source.policy;
    return part;
}

std::string late(const View& view) {
    const Notice& notice = view.notice;
    if (notice.decided - notice.scheduled <= in_time) return {};
    const Zone& zone = view.rules.calendar.zone();
    return "This message is late: it was due on " + to_words(notice.scheduled, zone) +
           " and was made on " + to_words(notice.decided, zone) +
           ". No deadline has moved because of that.";
}

std::string repeated(const View& view) {
    const int number = view.notice.occurrence % runs_apart;
    if (view.notice.reason == Reason::deadline_near && number > 1) {
        return "This is the " + ordinal(number) + " reminder.";
    }
    if (view.notice.reason == Reason::still_overdue && number > 0) {
        // The prompt at the deadline itself was the first.
        return "This is the " + ordinal(number + 1) + " prompt.";
    }
    return {};
}

}  // namespace stageclock::model_parts

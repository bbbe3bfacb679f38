// SPDX-License-Identifier: MIT
#include "bot/core/calendar.h"

#include <utility>

namespace stageclock {

using std::chrono::days;

Calendar::Calendar(Zone zone, std::string version, Date first, Date last,
                   std::vector<Holiday> holidays)
    : zone_(std::move(zone)), version_(std::move(version)), first_(first), last_(last) {
    for (Holiday& holiday : holidays) holidays_[holiday.date] = std::move(holiday.title);
}

Calendar::Day Calendar::kind(Date date) const {
    const std::chrono::weekday weekday{date};
    if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) return Day::weekend;
    return holidays_.contains(date) ? Day::holiday : Day::working;
}

std::string_view Calendar::holiday(Date date) const {
    const auto found = holidays_.find(date);
    return found == holidays_.end() ? std::string_view{} : std::string_view{found->second};
}

Date Calendar::date(Instant instant) const {
    return std::chrono::floor<days>(zone_.local(instant));
}

Instant Calendar::at(Date date, TimeOfDay time) const {
    return zone_.instant(LocalTime{date} + time);
}

Date Calendar::next_working_day(Date date) const {
    do date += days{1};
    while (!is_working_day(date));
    return date;
}

Date Calendar::previous_working_day(Date date) const {
    do date -= days{1};
    while (!is_working_day(date));
    return date;
}

int Calendar::working_days_between(Date from, Date to) const {
    int count = 0;
    for (Date date = from + days{1}; date <= to; date += days{1}) {
        if (is_working_day(date)) ++count;
    }
    return count;
}

}  // namespace stageclock

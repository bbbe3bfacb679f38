// SPDX-License-Identifier: MIT
// Holds the working-day arithmetic against a slow reference that shares none of its code: it
// walks a table of days and asks of each, from the published holidays alone, whether it counts.
#include <doctest/doctest.h>

#include <set>

#include "bot/core/deadline.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;
using std::chrono::days;
using std::chrono::hours;

namespace {

const std::set<Date>& holidays() {
    static const std::set<Date> dates = [] {
        std::set<Date> found;
        for (const Holiday& holiday : bank_holidays()) found.insert(holiday.date);
        return found;
    }();
    return dates;
}

// 1 January 2019 was a Tuesday.
bool counts(Date day) {
    const auto since = (day - date("2019-01-01")).count();
    const auto weekday = (since + 1) % 7;  // 0 is a Monday
    return weekday < 5 && !holidays().contains(day);
}

Date reference(Date day, int count) {
    while (count > 0) {
        day += days{1};
        if (counts(day)) --count;
    }
    return day;
}

// Last Sundays of March and October, 2019 to 2029.
bool is_summer(Date day) {
    static const std::set<std::pair<Date, Date>> summers = [] {
        std::set<std::pair<Date, Date>> found;
        for (int year = 2019; year <= 2029; ++year) {
            const auto last_sunday = [&](const char* end) {
                Date sunday = date(std::to_string(year) + end);
                while ((sunday - date("2019-01-06")).count() % 7 != 0) sunday -= days{1};
                return sunday;
            };
            found.emplace(last_sunday("-03-31"), last_sunday("-10-31"));
        }
        return found;
    }();
    for (const auto& [first, last] : summers) {
        if (first <= day && day < last) return true;
    }
    return false;
}

Instant five_o_clock(Date day) {
    return Instant{day.time_since_epoch()} + hours{is_summer(day) ? 16 : 17};
}

}  // namespace

TEST_CASE("working days agree with counting on fingers, from every day of 2019 to 2028") {
    const Calendar& calendar = england_and_wales();
    for (Date start = date("2019-01-01"); start <= date("2028-12-31"); start += days{1}) {
        const Instant morning = calendar.at(start, hours{10});
        int right = 0;
        for (int count = 0; count <= 30; ++count) {
            const Deadline found =
                deadline({Unit::working_days, count}, morning, Readings{}, calendar);
            const Date expected = reference(start, count);
            const bool beyond = expected > calendar.last();
            const auto walked = static_cast<std::size_t>((expected - start).count()) + 1;
            const bool agrees = found.due == five_o_clock(expected) &&
                                found.trace.lines.size() == walked &&
                                calendar.working_days_between(start, expected) == count;
            if (found.beyond_calendar == beyond && (beyond || agrees)) ++right;
        }
        CAPTURE(to_text(start));
        REQUIRE(right == 31);
    }
}

TEST_CASE("the hour of the start never moves a deadline counted in days") {
    const Calendar& calendar = england_and_wales();
    for (Date start = date("2019-01-01"); start <= date("2028-11-30"); start += days{1}) {
        const Instant expected = five_o_clock(reference(start, 5));
        for (int hour : {0, 1, 2, 9, 17, 20, 23}) {
            const Instant moment = calendar.at(start, hours{hour});
            REQUIRE(deadline({Unit::working_weeks, 1}, moment, Readings{}, calendar).due ==
                    expected);
        }
    }
}

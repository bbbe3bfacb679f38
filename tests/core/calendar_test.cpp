// SPDX-License-Identifier: MIT
#include "bot/core/calendar.h"

#include <doctest/doctest.h>

#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;
using namespace std::chrono_literals;
using std::chrono::days;

TEST_CASE("Monday to Friday are working days, Saturday and Sunday are not") {
    const Calendar& calendar = england_and_wales();
    for (int i = 0; i < 5; ++i) CHECK(calendar.is_working_day(date("2026-06-08") + days{i}));
    CHECK(calendar.kind(date("2026-06-13")) == Calendar::Day::weekend);
    CHECK(calendar.kind(date("2026-06-14")) == Calendar::Day::weekend);
}

TEST_CASE("a bank holiday Monday does not count as a working day") {
    const Calendar& calendar = england_and_wales();
    CHECK(calendar.kind(date("2026-05-25")) == Calendar::Day::holiday);
    CHECK(calendar.holiday(date("2026-05-25")) == "Spring bank holiday");
    CHECK(calendar.holiday(date("2026-05-26")).empty());
}

TEST_CASE("Boxing Day on a Saturday is a weekend, and its substitute a holiday") {
    const Calendar& calendar = england_and_wales();
    CHECK(calendar.kind(date("2026-12-26")) == Calendar::Day::weekend);
    CHECK(calendar.kind(date("2026-12-28")) == Calendar::Day::holiday);
    CHECK(calendar.holiday(date("2026-12-28")) == "Boxing Day (substitute day)");
}

TEST_CASE("the days of an instant and of a wall-clock time are London's") {
    const Calendar& calendar = england_and_wales();
    CHECK(calendar.date(utc("2026-07-01T22:59:59Z")) == date("2026-07-01"));
    CHECK(calendar.date(utc("2026-07-01T23:00:00Z")) == date("2026-07-02"));
    CHECK(calendar.at(date("2026-07-01"), 17h) == utc("2026-07-01T16:00:00Z"));
    CHECK(calendar.at(date("2026-07-01"), 24h) == utc("2026-07-01T23:00:00Z"));
}

TEST_CASE("the next and the previous working day step over Christmas") {
    const Calendar& calendar = england_and_wales();
    CHECK(calendar.next_working_day(date("2026-12-24")) == date("2026-12-29"));
    CHECK(calendar.previous_working_day(date("2026-12-29")) == date("2026-12-24"));
    CHECK(calendar.next_working_day(date("2026-12-31")) == date("2027-01-04"));
}

TEST_CASE("time taken counts working days after the first and is never negative") {
    const Calendar& calendar = england_and_wales();
    CHECK(calendar.working_days_between(date("2026-06-08"), date("2026-06-08")) == 0);
    CHECK(calendar.working_days_between(date("2026-06-08"), date("2026-06-15")) == 5);
    CHECK(calendar.working_days_between(date("2026-06-12"), date("2026-06-14")) == 0);
    CHECK(calendar.working_days_between(date("2026-12-24"), date("2026-12-29")) == 1);
    CHECK(calendar.working_days_between(date("2026-06-15"), date("2026-06-08")) == 0);
}

TEST_CASE("the list covers its first and its last day and nothing beyond") {
    const Calendar& calendar = england_and_wales();
    CHECK(calendar.covers(date("2019-01-01")));
    CHECK(calendar.covers(date("2028-12-31")));
    CHECK_FALSE(calendar.covers(date("2018-12-31")));
    CHECK_FALSE(calendar.covers(date("2029-01-01")));
    CHECK(calendar.version() == "england-and-wales to 2028-12-31");
}

// SPDX-License-Identifier: MIT
#include "bot/core/period.h"

#include <doctest/doctest.h>

#include "bot/core/report_dates.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

TEST_CASE("a period is written as a year or a quarter of one, and read back") {
    for (const char* text : {"2026-Q4", "2026-Q1", "2000", "2199-Q2"}) {
        REQUIRE(parse_period(text));
        CHECK(to_text(*parse_period(text)) == text);
    }
    CHECK(parse_period("2026-q3") == Period{2026, 3});
    for (const char* text : {"", "2026-Q5", "2026-Q0", "26-Q1", "2026Q41", "2026-4", "1999", "2200",
                             "2026-Q4 ", "-026", "2026-Q"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_period(text));
    }
}

TEST_CASE("quarters end on the last days of March, June, September and December (B-11)") {
    CHECK(last_day({2026, 1}) == date("2026-03-31"));
    CHECK(last_day({2026, 2}) == date("2026-06-30"));
    CHECK(last_day({2026, 3}) == date("2026-09-30"));
    CHECK(last_day({2026, 4}) == date("2026-12-31"));
    CHECK(first_day({2026, 4}) == date("2026-10-01"));
    CHECK(last_day({2026, 0}) == date("2026-12-31"));
    CHECK(before({2026, 1}) == Period{2025, 4});
    CHECK(after({2026, 4}) == Period{2027, 1});
    CHECK(before({2026, 0}) == Period{2025, 0});
    CHECK(to_words(Period{2026, 4}) == "October to December 2026");
}

TEST_CASE("a quarter ends at midnight in London, in summer time too") {
    const PeriodSpan span = span_of({2026, 2}, england_and_wales());
    CHECK(span.from == utc("2026-03-31T23:00:00Z"));
    CHECK(span.to == utc("2026-06-30T23:00:00Z"));
    CHECK(span.holds(span.from));
    CHECK_FALSE(span.holds(span.to));
    CHECK(span_of({2026, 3}, england_and_wales()).from == span.to);
}

TEST_CASE("a report is due at the opening hour of the first working day after its period") {
    const BoardReport report{.id = "quarterly"};
    const Readings readings;
    CHECK(report_due(report, {2026, 4}, readings, england_and_wales()) ==
          london_time("2027-01-04 09:00"));  // 1 January is a holiday, a weekend follows
    CHECK(report_due(report, {2026, 2}, readings, england_and_wales()) ==
          london_time("2026-07-01 09:00"));
}

TEST_CASE("a report is due on the day its policy sets") {
    BoardReport report{.id = "quarterly"};
    report.after = Term{Unit::working_days, 5};
    const Readings readings;
    CHECK(report_due(report, {2026, 4}, readings, england_and_wales()) ==
          london_time("2027-01-08 09:00"));
    report.after = Term{Unit::calendar_days, 2};
    CHECK(report_due(report, {2026, 4}, readings, england_and_wales()) ==
          london_time("2027-01-04 09:00"));
}

TEST_CASE("a policy past its review date is recalled the next morning and then each month") {
    const Readings readings;
    const Calendar& calendar = england_and_wales();
    const Date due = date("2026-08-31");  // a bank holiday
    CHECK(review_prompt_due(due, 0, readings, calendar) == london_time("2026-09-01 09:00"));
    CHECK(review_prompt_due(due, 1, readings, calendar) == london_time("2026-09-30 09:00"));
    CHECK(review_prompt_due(due, 2, readings, calendar) == london_time("2026-11-02 09:00"));
    CHECK(last_review_prompt(due, london_time("2026-09-01 08:59"), readings, calendar) == -1);
    CHECK(last_review_prompt(due, london_time("2026-09-01 09:00"), readings, calendar) == 0);
    CHECK(last_review_prompt(due, london_time("2026-11-01 12:00"), readings, calendar) == 1);
    CHECK(last_review_prompt(due, london_time("2028-09-30 12:00"), readings, calendar) == 24);
}

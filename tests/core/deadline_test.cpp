// SPDX-License-Identifier: MIT
#include "bot/core/deadline.h"

#include <doctest/doctest.h>

#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;
using namespace std::chrono_literals;

namespace {

Deadline ends(std::string_view term, Instant start, const Readings& readings = {}) {
    const auto parsed = parse_term(term);
    REQUIRE(parsed);
    return deadline(*parsed, start, readings, england_and_wales());
}

std::string due(std::string_view term, std::string_view start, const Readings& readings = {}) {
    const Deadline found = ends(term, london_time(start), readings);
    REQUIRE(found.due);
    CHECK_FALSE(found.beyond_calendar);
    return to_words(*found.due, england_and_wales().zone());
}

// "2026-12-24 1 working day 1", a line each.
std::string lines(const Deadline& found) {
    std::string text;
    for (const TraceLine& line : found.trace.lines) {
        text += to_text(line.date) + " " + std::to_string(line.counted) + " " + line.why + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("Friday 10:00, Friday 20:00, Saturday and Sunday give the same deadline") {
    const std::string expected = "Friday 19 June 2026 at 17:00";
    for (const char* start : {"2026-06-12 00:00", "2026-06-12 10:00", "2026-06-12 20:00",
                              "2026-06-13 09:00", "2026-06-14 23:59"}) {
        CAPTURE(start);
        CHECK(due("5 working days", start) == expected);
        CHECK(due("1 working week", start) == expected);
    }
}

TEST_CASE("a working day over Christmas ends after the substitute day") {
    CHECK(due("1 working day", "2026-12-24 09:00") == "Tuesday 29 December 2026 at 17:00");
    CHECK(due("5 working days", "2026-12-24 16:59") == "Tuesday 5 January 2027 at 17:00");
    CHECK(due("2 working days", "2027-12-24 12:00") == "Thursday 30 December 2027 at 17:00");
}

TEST_CASE("a working week over Easter crosses both holidays and the clock change") {
    CHECK(due("1 working week", "2026-03-26 16:45") == "Thursday 2 April 2026 at 17:00");
    CHECK(due("1 working week", "2026-04-01 10:00") == "Friday 10 April 2026 at 17:00");
    CHECK(ends("1 working week", london_time("2026-03-26 16:45")).due ==
          utc("2026-04-02T16:00:00Z"));
}

TEST_CASE("24 hours are 24 hours through every clock change of ten years") {
    int changes = 0;
    const Zone& zone = england_and_wales().zone();
    for (Date day = date("2019-01-01"); day < date("2029-01-01"); day += std::chrono::days{1}) {
        const Instant noon = england_and_wales().at(day, 12h);
        const Deadline found = ends("24 hours", noon);
        REQUIRE(found.due == noon + 24h);
        const auto wall = zone.local(*found.due) - zone.local(noon);
        if (wall == 24h) continue;
        ++changes;
        CHECK((wall == 25h || wall == 23h));
        CHECK(lines(found).find(wall == 25h ? "the clocks go forward" : "the clocks go back") !=
              std::string::npos);
    }
    CHECK(changes == 20);
}

TEST_CASE("24 hours run through a bank holiday and a weekend") {
    CHECK(due("24 hours", "2026-12-24 16:00") == "Friday 25 December 2026 at 16:00");
    CHECK(due("72 hours", "2026-06-12 10:00") == "Monday 15 June 2026 at 10:00");
}

TEST_CASE("at once is overdue at close of the working day, or of the next") {
    for (const char* term : {"at once", "same working day"}) {
        CAPTURE(term);
        CHECK(due(term, "2026-06-12 00:00") == "Friday 12 June 2026 at 17:00");
        CHECK(due(term, "2026-06-12 16:59") == "Friday 12 June 2026 at 17:00");
        CHECK(due(term, "2026-06-12 17:00") == "Monday 15 June 2026 at 17:00");
        CHECK(due(term, "2026-06-13 10:00") == "Monday 15 June 2026 at 17:00");
        CHECK(due(term, "2026-12-25 10:00") == "Tuesday 29 December 2026 at 17:00");
    }
}

TEST_CASE("by agreement and none set no deadline") {
    CHECK_FALSE(ends("by agreement", london_time("2026-06-12 10:00")).due);
    CHECK_FALSE(ends("none", london_time("2026-06-12 10:00")).due);
    CHECK(ends("none", london_time("2026-06-12 10:00")).trace.lines.empty());
}

TEST_CASE("a board may close at another hour") {
    Readings readings;
    readings.close_of_business = 16h + 30min;
    CHECK(due("1 working day", "2026-06-08 10:00", readings) == "Tuesday 9 June 2026 at 16:30");
    CHECK(due("at once", "2026-06-08 16:45", readings) == "Tuesday 9 June 2026 at 16:30");
}

TEST_CASE("a board may keep the same clock time on the last day") {
    Readings readings;
    readings.same_clock_time_on_last_day = true;
    CHECK(due("5 working days", "2026-03-26 16:45", readings) == "Thursday 2 April 2026 at 16:45");
    CHECK(due("1 working day", "2026-06-13 10:00", readings) == "Monday 15 June 2026 at 10:00");
}

TEST_CASE("a board may take a week as the same weekday, moved to the next working day") {
    Readings readings;
    readings.week_is_same_weekday = true;
    CHECK(due("1 working week", "2026-05-20 10:00", readings) == "Wednesday 27 May 2026 at 17:00");
    CHECK(due("1 working week", "2026-05-20 10:00") == "Thursday 28 May 2026 at 17:00");
    CHECK(due("1 working week", "2026-05-18 10:00", readings) == "Tuesday 26 May 2026 at 17:00");
    CHECK(due("2 working weeks", "2026-06-06 10:00", readings) == "Monday 22 June 2026 at 17:00");
}

TEST_CASE("the trace counts day by day and says why a day was skipped") {
    const Deadline found = ends("2 working days", london_time("2026-12-24 09:00"));
    CHECK(lines(found) ==
          "2026-12-24 0 day 0\n"
          "2026-12-25 0 Christmas Day\n"
          "2026-12-26 0 Saturday\n"
          "2026-12-27 0 Sunday\n"
          "2026-12-28 0 Boxing Day (substitute day)\n"
          "2026-12-29 1 working day 1\n"
          "2026-12-30 2 working day 2\n");
    CHECK(found.trace.rule == "2 working days");
    CHECK(found.trace.reading == "2 working days, due at close of business 17:00 (R-3)");
    CHECK(found.trace.start == london_time("2026-12-24 09:00"));
    CHECK(found.trace.calendar == "england-and-wales to 2028-12-31");
}

TEST_CASE("the reading names the numbers it stands on") {
    const Instant start = london_time("2026-06-12 10:00");
    const auto reading = [&](std::string_view term) { return ends(term, start).trace.reading; };
    CHECK(reading("1 working week") ==
          "5 working days, due at close of business 17:00 (R-3, R-4)");
    CHECK(reading("24 hours") == "24 hours through nights, weekends and holidays (R-5)");
    CHECK(reading("at once") == "told at once, overdue after close of business 17:00 (R-10)");
    CHECK(reading("same working day") ==
          "by close of business 17:00 of the working day, or of the next (R-10)");
    CHECK(reading("by agreement") == "no deadline until one is agreed (R-8)");
}

TEST_CASE("hours show each day they run through") {
    CHECK(lines(ends("48 hours", london_time("2026-03-28 12:00"))) ==
          "2026-03-28 0 day 0\n"
          "2026-03-29 0 every hour counts, the clocks go forward\n"
          "2026-03-30 0 48 hours end\n");
    CHECK(lines(ends("2 hours", london_time("2026-06-12 10:00"))) ==
          "2026-06-12 0 day 0, 2 hours end\n");
}

TEST_CASE("a count that ends on the last covered day is certain, one that passes it is not") {
    const Instant start = london_time("2028-12-22 10:00");
    const Deadline certain = ends("3 working days", start);
    CHECK_FALSE(certain.beyond_calendar);
    CHECK(certain.due == london_time("2028-12-29 17:00"));
    const Deadline beyond = ends("4 working days", start);
    CHECK(beyond.beyond_calendar);
    CHECK(beyond.due == utc("2029-01-01T17:00:00Z"));  // the earliest it can be
    CHECK(ends("at once", utc("2029-01-01T10:00:00Z")).beyond_calendar);
    CHECK_FALSE(ends("24 hours", london_time("2028-12-31 10:00")).beyond_calendar);
}

TEST_CASE("a calendar that ends on a Friday is certain up to that Friday") {
    const Calendar short_list{london(), "short", date("2026-01-01"), date("2026-06-12"), {}};
    const Term term{Unit::working_days, 1};
    CHECK_FALSE(
        deadline(term, london_time("2026-06-11 10:00"), {}, short_list).beyond_calendar);
    CHECK(deadline(term, london_time("2026-06-12 10:00"), {}, short_list).beyond_calendar);
}

TEST_CASE("terms are written as they are read") {
    for (const char* text : {"1 working day", "5 working days", "1 working week",
                             "2 working weeks", "1 hour", "24 hours", "999 hours",
                             "same working day", "at once", "by agreement", "none"}) {
        CAPTURE(text);
        const auto term = parse_term(text);
        REQUIRE(term);
        CHECK(to_text(*term) == text);
    }
    CHECK(parse_term("1 working days").has_value());
}

TEST_CASE("calendar days and months end on a day somebody works") {
    const Calendar calendar = england_and_wales();
    const auto due = [&](const char* term, const char* start) {
        return deadline(*parse_term(term), utc(start), Readings{}, calendar).due;
    };
    CHECK(due("28 calendar days", "2026-06-12T09:00:00Z") == utc("2026-07-10T16:00:00Z"));
    CHECK(due("10 calendar days", "2026-12-15T09:00:00Z") == utc("2026-12-29T17:00:00Z"));
    CHECK(due("1 calendar month", "2026-01-31T10:00:00Z") == utc("2026-03-02T17:00:00Z"));
    CHECK(due("3 calendar months", "2026-06-01T10:00:00Z") == utc("2026-09-01T16:00:00Z"));
}

TEST_CASE("working hours pass between opening and close of working days only") {
    const Calendar calendar = england_and_wales();
    const auto due = [&](const char* term, const char* start) {
        return deadline(*parse_term(term), utc(start), Readings{}, calendar).due;
    };
    CHECK(due("4 working hours", "2026-06-12T15:30:00Z") == utc("2026-06-15T11:30:00Z"));
    CHECK(due("4 working hours", "2026-06-12T08:00:00Z") == utc("2026-06-12T12:00:00Z"));
    CHECK(due("8 working hours", "2026-12-24T09:00:00Z") == utc("2026-12-24T17:00:00Z"));
    CHECK(due("9 working hours", "2026-12-24T09:00:00Z") == utc("2026-12-29T10:00:00Z"));
    CHECK(due("2 working hours", "2026-06-13T10:00:00Z") == utc("2026-06-15T10:00:00Z"));
}

TEST_CASE("a late start counts from the next working day, where the policy says so") {
    const Calendar calendar = england_and_wales();
    Readings readings;
    readings.late_start = std::chrono::hours(16);
    const auto due = [&](const char* start) {
        return deadline(*parse_term("2 working days"), utc(start), readings, calendar).due;
    };
    CHECK(due("2026-06-10T14:59:59Z") == utc("2026-06-12T16:00:00Z"));
    CHECK(due("2026-06-10T15:00:00Z") == utc("2026-06-15T16:00:00Z"));
    CHECK(due("2026-06-13T09:00:00Z") == utc("2026-06-17T16:00:00Z"));
    readings.late_start.reset();
    readings.first_day_counts = true;
    CHECK(due("2026-06-10T14:00:00Z") == utc("2026-06-11T16:00:00Z"));
    CHECK(due("2026-06-13T09:00:00Z") == utc("2026-06-16T16:00:00Z"));
}

TEST_CASE("what is no term is refused with what is permitted") {
    for (const char* text : {"", "5", "5 days", "five working days", "0 working days",
                             "-1 hours", "05 hours", "1000 hours", "5  working days", " 5 hours",
                             "5 hours ", "5 Working Days", "1.5 hours", "99999999999 hours"}) {
        CAPTURE(text);
        const auto term = parse_term(text);
        REQUIRE_FALSE(term);
        CHECK(term.error().code == Code::invalid_input);
        CHECK(term.error().what.find("\"N working days\"") != std::string::npos);
    }
}

// SPDX-License-Identifier: MIT
#include "bot/core/time.h"

#include <doctest/doctest.h>

#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;
using namespace std::chrono_literals;

namespace {

LocalTime reading(std::string_view day, std::string_view time) {
    return LocalTime{date(day)} + parse_time_of_day(time).value();
}

}  // namespace

TEST_CASE("London shows UTC in winter and an hour more in summer") {
    const Zone zone = london();
    CHECK(zone.local(utc("2026-01-15T12:00:00Z")) == reading("2026-01-15", "12:00"));
    CHECK(zone.local(utc("2026-07-15T12:00:00Z")) == reading("2026-07-15", "13:00"));
    CHECK(zone.abbreviation(utc("2026-01-15T12:00:00Z")) == "GMT");
    CHECK(zone.abbreviation(utc("2026-07-15T12:00:00Z")) == "BST");
}

TEST_CASE("the clocks change at one o'clock UTC and not a second earlier") {
    const Zone zone = london();
    CHECK(zone.local(utc("2026-03-29T00:59:59Z")) == reading("2026-03-29", "00:59") + 59s);
    CHECK(zone.local(utc("2026-03-29T01:00:00Z")) == reading("2026-03-29", "02:00"));
    CHECK(zone.local(utc("2026-10-25T00:59:59Z")) == reading("2026-10-25", "01:59") + 59s);
    CHECK(zone.local(utc("2026-10-25T01:00:00Z")) == reading("2026-10-25", "01:00"));
}

TEST_CASE("a skipped hour means the instant of the change") {
    const Zone zone = london();
    CHECK(zone.instant(reading("2026-03-29", "01:00")) == utc("2026-03-29T01:00:00Z"));
    CHECK(zone.instant(reading("2026-03-29", "01:30")) == utc("2026-03-29T01:00:00Z"));
    CHECK(zone.instant(reading("2026-03-29", "02:00")) == utc("2026-03-29T01:00:00Z"));
    CHECK(zone.instant(reading("2026-03-29", "00:59")) == utc("2026-03-29T00:59:00Z"));
    CHECK(zone.instant(reading("2026-03-29", "02:01")) == utc("2026-03-29T01:01:00Z"));
}

TEST_CASE("an hour that occurs twice means the earlier instant") {
    const Zone zone = london();
    CHECK(zone.instant(reading("2026-10-25", "00:59")) == utc("2026-10-24T23:59:00Z"));
    CHECK(zone.instant(reading("2026-10-25", "01:00")) == utc("2026-10-25T00:00:00Z"));
    CHECK(zone.instant(reading("2026-10-25", "01:59")) == utc("2026-10-25T00:59:00Z"));
    CHECK(zone.instant(reading("2026-10-25", "02:00")) == utc("2026-10-25T02:00:00Z"));
}

TEST_CASE("every hour of ten years comes back from the wall clock") {
    const Zone zone = london();
    int repeated = 0;
    for (Instant t = utc("2019-01-01T00:00:00Z"); t < utc("2029-01-01T00:00:00Z"); t += 30min) {
        const Instant back = zone.instant(zone.local(t));
        if (back == t) continue;
        ++repeated;
        REQUIRE(back == t - 1h);
    }
    CHECK(repeated == 2 * 10);  // the second half-hours of one repeated hour a year
}

TEST_CASE("a zone holds its first offset before its first change and its last one ever after") {
    const Zone zone = london();
    CHECK(zone.local(utc("1990-01-01T12:00:00Z")) == reading("1990-01-01", "12:00"));
    CHECK(zone.instant(reading("1990-01-01", "12:00")) == utc("1990-01-01T12:00:00Z"));
    CHECK(zone.instant(reading("2090-01-01", "12:00")) == utc("2090-01-01T12:00:00Z"));
    CHECK(Zone{"empty", {}}.local(utc("2026-07-15T12:00:00Z")) == reading("2026-07-15", "12:00"));
    CHECK(Zone::utc().name() == "UTC");
}

TEST_CASE("a date is read only in its one form and only when the day exists") {
    CHECK(to_text(parse_date("2026-12-24").value()) == "2026-12-24");
    CHECK(parse_date("2028-02-29").has_value());
    for (const char* wrong : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "26-01-01",
                              "2026-1-01", "2026/01/01", "2026-01-01 ", " 2026-01-01",
                              "2026-01-01T", "+026-01-01", "2026-01-0a", ""}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_date(wrong));
    }
}

TEST_CASE("a time of day is read from midnight to midnight") {
    CHECK(parse_time_of_day("00:00") == 0min);
    CHECK(parse_time_of_day("17:00") == 17h);
    CHECK(parse_time_of_day("24:00") == 24h);
    CHECK(to_text(TimeOfDay{9 * 60 + 5}) == "09:05");
    CHECK(to_text(TimeOfDay{24 * 60}) == "24:00");
    for (const char* wrong : {"24:01", "25:00", "9:00", "09:60", "0900", "09:00:00", "-1:00", ""}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_time_of_day(wrong));
    }
}

TEST_CASE("RFC 3339 is written in UTC and read with any offset") {
    CHECK(to_rfc3339(utc("2026-12-24T17:00:05Z")) == "2026-12-24T17:00:05Z");
    CHECK(utc("2026-07-01T17:00:00+01:00") == utc("2026-07-01T16:00:00Z"));
    CHECK(utc("2026-07-01T17:00:00-05:30") == utc("2026-07-01T22:30:00Z"));
    CHECK(utc("2026-07-01t17:00:00z") == utc("2026-07-01T17:00:00Z"));
    CHECK(utc("2026-07-01T17:00:00.999999999Z") == utc("2026-07-01T17:00:00Z"));
    CHECK(to_rfc3339(utc("1969-12-31T23:59:59Z")) == "1969-12-31T23:59:59Z");
}

TEST_CASE("what is not RFC 3339 is not a time") {
    for (const char* wrong :
         {"2026-07-01T17:00:00", "2026-07-01 17:00:00Z", "2026-07-01T17:00Z", "2026-07-01",
          "2026-07-01T24:00:00Z", "2026-07-01T17:60:00Z", "2026-07-01T17:00:60Z",
          "2026-07-01T17:00:00.Z", "2026-07-01T17:00:00+1", "2026-07-01T17:00:00+24:00",
          "2026-07-01T17:00:00Zx", "2026-02-30T17:00:00Z", "2026-07-01T17:00:00+01", ""}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_rfc3339(wrong));
    }
}

TEST_CASE("people read weekday, day, month and wall-clock time") {
    CHECK(to_words(utc("2026-12-24T17:00:00Z"), london()) ==
          "Thursday 24 December 2026 at 17:00");
    CHECK(to_words(utc("2026-07-01T16:00:00Z"), london()) == "Wednesday 1 July 2026 at 17:00");
    CHECK(to_words(date("2026-04-03")) == "Friday 3 April 2026");
    CHECK(weekday_short(date("2026-04-05")) == "Sun");
    CHECK(weekday_name(date("2026-04-04")) == "Saturday");
}

TEST_CASE("near a clock change the words say which clock is meant") {
    CHECK(to_words(utc("2026-10-25T00:30:00Z"), london()) ==
          "Sunday 25 October 2026 at 01:30 BST");
    CHECK(to_words(utc("2026-10-25T01:30:00Z"), london()) ==
          "Sunday 25 October 2026 at 01:30 GMT");
    CHECK(to_words(utc("2026-10-26T00:59:59Z"), london()) ==
          "Monday 26 October 2026 at 00:59 GMT");
    CHECK(to_words(utc("2026-10-26T01:00:00Z"), london()) == "Monday 26 October 2026 at 01:00");
}

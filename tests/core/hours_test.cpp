// SPDX-License-Identifier: MIT
#include "bot/core/hours.h"

#include <doctest/doctest.h>

#include "tests/support/calendars.h"

namespace stageclock {
namespace {

using testing::england_and_wales;
using testing::utc;

bool at(const char* hours, const char* instant) {
    return holds(*parse_hours(hours), utc(instant), england_and_wales());
}

TEST_CASE("hours are half-open on the wall clock, in summer as in winter") {
    CHECK_FALSE(at("07:00-21:00", "2026-06-01T05:59:59Z"));  // 06:59:59 BST
    CHECK(at("07:00-21:00", "2026-06-01T06:00:00Z"));
    CHECK(at("07:00-21:00", "2026-06-01T19:59:59Z"));
    CHECK_FALSE(at("07:00-21:00", "2026-06-01T20:00:00Z"));
    CHECK(at("07:00-21:00", "2026-12-01T07:00:00Z"));
}

TEST_CASE("a range past midnight belongs to the day it begins on") {
    CHECK(at("21:00-07:00", "2026-12-01T23:00:00Z"));
    CHECK(at("21:00-07:00", "2026-12-02T06:59:59Z"));
    CHECK_FALSE(at("21:00-07:00", "2026-12-02T07:00:00Z"));
    CHECK(at("Friday 21:00-07:00", "2026-12-05T06:00:00Z"));        // Saturday morning
    CHECK_FALSE(at("Friday 21:00-07:00", "2026-12-04T06:00:00Z"));  // Friday morning
}

TEST_CASE("working days leave out weekends and bank holidays, and outside is every other instant") {
    CHECK(at("working days 09:00-17:00", "2026-12-24T09:00:00Z"));
    CHECK_FALSE(at("working days 09:00-17:00", "2026-12-25T10:00:00Z"));
    CHECK(at("outside working days 09:00-17:00", "2026-12-25T10:00:00Z"));
    CHECK(at("outside working days 09:00-17:00", "2026-12-24T17:00:00Z"));
    CHECK_FALSE(at("outside working days 09:00-17:00", "2026-12-24T16:59:59Z"));
    CHECK(at("bank holidays 00:00-24:00", "2026-12-28T12:00:00Z"));  // the substitute day
    CHECK(at("non-working days 00:00-24:00", "2026-12-26T12:00:00Z"));
    CHECK(at("weekends 10:00-16:00", "2026-12-27T15:59:59Z"));
    CHECK_FALSE(at("weekends 10:00-16:00", "2026-12-28T12:00:00Z"));
}

TEST_CASE("days of the week are named one by one or as a span") {
    CHECK(at("Monday to Friday 09:00-17:00", "2026-12-25T10:00:00Z"));  // whatever the holidays say
    CHECK_FALSE(at("Monday to Friday 09:00-17:00", "2026-12-26T10:00:00Z"));
    CHECK(at("Saturday 10:00-12:00", "2026-12-26T11:00:00Z"));
}

TEST_CASE("hours are written back as they were read") {
    for (const char* text :
         {"07:00-21:00", "working days 09:00-17:00", "outside working days 09:00-17:00",
          "Monday to Friday 09:00-17:00", "Saturday 10:00-12:00", "weekends 00:00-24:00"}) {
        CAPTURE(text);
        REQUIRE(parse_hours(text));
        CHECK(to_text(*parse_hours(text)) == text);
    }
}

TEST_CASE("what are no hours is refused with what is permitted") {
    for (const char* text :
         {"", "9-17", "09:00", "09:00-09:00", "09:00-25:00", "24:00-07:00",
          "Friday to Monday 09:00-17:00", "sometimes 09:00-17:00", "outside", "working days"}) {
        CAPTURE(text);
        REQUIRE_FALSE(parse_hours(text));
        CHECK(parse_hours(text).error().what.find("working days") != std::string::npos);
    }
}

}  // namespace
}  // namespace stageclock

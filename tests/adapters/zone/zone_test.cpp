// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "adapters/registry.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;
using namespace std::chrono_literals;

TEST_CASE("London of the tz database is London of the tests, every half hour of 2000 to 2060") {
    const auto zone = load_zone("Europe/London");
    REQUIRE(zone);
    CHECK(zone->name() == "Europe/London");
    const Zone expected = london();
    const Instant end = utc("2060-12-31T00:00:00Z");
    Instant t = utc("2000-01-01T00:00:00Z");
    while (t < end && zone->local(t) == expected.local(t)) t += 30min;
    CHECK(to_rfc3339(t) == to_rfc3339(end));  // else the first instant at which they differ
    CHECK(zone->abbreviation(utc("2050-07-01T00:00:00Z")) == "BST");
    CHECK(zone->abbreviation(utc("2050-12-01T00:00:00Z")) == "GMT");
}

TEST_CASE("any zone of the database can be had, though only London is checked") {
    const auto zone = load_zone("America/New_York");
    REQUIRE(zone);
    CHECK(zone->local(utc("2026-07-01T12:00:00Z")) == LocalTime{date("2026-07-01")} + 8h);
}

TEST_CASE("an unknown zone is an error that names it and says what to do") {
    const auto zone = load_zone("Europe/Lundon");
    REQUIRE_FALSE(zone);
    CHECK(zone.error().code == Code::unavailable);
    CHECK(zone.error().where == "Europe/Lundon");
    CHECK(zone.error().what.find("tzdata") != std::string::npos);
}

TEST_CASE("a machine without time zone data is told which package to install") {
    // A zone not asked for before: what was loaded once is kept for the life of the process.
    REQUIRE(::setenv("TZDIR", "/nonexistent", 1) == 0);
    const auto zone = load_zone("Europe/Paris");
    ::unsetenv("TZDIR");
    REQUIRE_FALSE(zone);
    CHECK(zone.error().what.find("tzdata") != std::string::npos);
}

TEST_CASE("the holidays of the tests are those of the calendar file") {
    std::ifstream file("policies/calendars/bank-holidays.json");
    REQUIRE(file);
    const auto events = nlohmann::json::parse(file).at("england-and-wales").at("events");
    std::map<std::string, std::string> published;
    for (const auto& event : events) {
        const bool substitute = !event.at("notes").get<std::string>().empty();
        published[event.at("date")] =
            event.at("title").get<std::string>() + (substitute ? " (substitute day)" : "");
    }
    std::map<std::string, std::string> ours;
    for (const Holiday& holiday : bank_holidays()) ours[to_text(holiday.date)] = holiday.title;
    CHECK(published == ours);
}

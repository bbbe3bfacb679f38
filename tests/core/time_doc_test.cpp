// SPDX-License-Identifier: MIT
// Counts every example of docs/time.md again.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "bot/core/deadline.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> page() {
    std::ifstream file("docs/time.md");
    REQUIRE(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

// The cells of the rows of the table whose first heading is `heading`.
std::vector<std::vector<std::string>> table(const std::string& heading) {
    std::vector<std::vector<std::string>> rows;
    bool inside = false;
    for (const std::string& line : page()) {
        if (!line.starts_with("|")) {
            inside = false;
        } else if (line.starts_with("| " + heading + " |")) {
            inside = true;
        } else if (inside && !line.starts_with("|---")) {
            rows.emplace_back();
            std::istringstream cells(line.substr(2));
            std::string cell;
            while (std::getline(cells, cell, '|')) {
                rows.back().push_back(cell.substr(0, cell.find_last_not_of(' ') + 1));
                cells.ignore(1);
            }
        }
    }
    return rows;
}

std::string words(Instant instant) { return to_words(instant, england_and_wales().zone()); }

// "Friday 12 June 2026 at 20:00"; that the weekday is right is seen by writing it again.
Instant read_words(const std::string& text) {
    static const std::map<std::string, std::string> months{
        {"January", "01"}, {"March", "03"}, {"April", "04"},   {"May", "05"},
        {"June", "06"},    {"July", "07"},  {"October", "10"}, {"December", "12"}};
    std::istringstream stream(text);
    std::string weekday, day, month, year, at, time;
    stream >> weekday >> day >> month >> year >> at >> time;
    CAPTURE(text);
    REQUIRE(months.contains(month));
    if (day.size() == 1) day = "0" + day;
    const Instant instant = london_time(year + "-" + months.at(month) + "-" + day + " " + time);
    CHECK(words(instant) == text);
    return instant;
}

Deadline count(const std::string& start, const std::string& term, const Readings& readings) {
    const auto parsed = parse_term(term);
    REQUIRE(parsed);
    return deadline(*parsed, read_words(start), readings, england_and_wales());
}

Readings with(const std::string& setting) {
    Readings readings;
    if (setting == "`close_of_business = \"16:30\"`") readings.close_of_business = 16h + 30min;
    if (setting == "`same_clock_time_on_last_day = true`") {
        readings.same_clock_time_on_last_day = true;
    }
    if (setting == "`week_is_same_weekday = true`") readings.week_is_same_weekday = true;
    return readings;
}

}  // namespace

TEST_CASE("the examples of the page are what is counted") {
    const auto rows = table("starts");
    CHECK(rows.size() == 16);
    for (const auto& row : rows) {
        REQUIRE(row.size() >= 3);
        CAPTURE(row[0]);
        CAPTURE(row[1]);
        CHECK(words(count(row[0], row[1], {}).due.value()) == row[2]);
    }
}

TEST_CASE("the settings of the page do what it says") {
    const auto rows = table("setting");
    CHECK(rows.size() == 4);
    for (const auto& row : rows) {
        REQUIRE(row.size() >= 4);
        CAPTURE(row[0]);
        const Instant otherwise = count(row[1], row[2], with(row[0])).due.value();
        CHECK(words(otherwise) == row[3]);
        CHECK(otherwise != count(row[1], row[2], {}).due.value());
    }
}

TEST_CASE("the day-by-day count of the page is the trace") {
    std::vector<std::string> shown;
    bool inside = false;
    for (const std::string& line : page()) {
        if (line == "```") inside = false;
        if (inside) shown.push_back(line);
        if (line == "```trace") inside = true;
    }
    std::vector<std::string> counted;
    const Deadline found = count("Thursday 24 December 2026 at 09:00", "2 working days", {});
    for (const TraceLine& line : found.trace.lines) {
        counted.push_back(to_words(line.date) + ": " + line.why);
    }
    CHECK(shown == counted);
}

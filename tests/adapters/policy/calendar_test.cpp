// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "tests/adapters/policy/scratch_folder.h"
#include "tests/support/calendars.h"

namespace stageclock {
namespace {

TEST_CASE("the bank-holiday file gives a calendar a division, England and Wales first") {
    const auto loaded = load_calendar("policies/calendars/bank-holidays.json", testing::london());
    CHECK(loaded.findings.empty());
    REQUIRE(loaded.value.size() == 3);
    CHECK(loaded.value[0].version() == "england-and-wales to 2028-12-31");
    CHECK(loaded.value[0].last() == testing::date("2028-12-31"));
    CHECK(loaded.value[0].covers(testing::date("2019-01-01")));
    CHECK_FALSE(loaded.value[0].covers(testing::date("2018-12-31")));
}

TEST_CASE("the file's holidays of England and Wales are those the tests work with, day by day") {
    const auto loaded = load_calendar("policies/calendars/bank-holidays.json", testing::london());
    REQUIRE_FALSE(loaded.value.empty());
    const Calendar& calendar = loaded.value[0];
    const Calendar& expected = testing::england_and_wales();
    for (Date day = testing::date("2019-01-01"); day <= calendar.last();
         day += std::chrono::days{1}) {
        CAPTURE(to_text(day));
        CHECK(calendar.kind(day) == expected.kind(day));
    }
}

TEST_CASE("a substitute day says so in its title") {
    const auto loaded = load_calendar("policies/calendars/bank-holidays.json", testing::london());
    REQUIRE_FALSE(loaded.value.empty());
    CHECK(loaded.value[0].holiday(testing::date("2026-12-28")) == "Boxing Day (substitute day)");
    CHECK(loaded.value[0].holiday(testing::date("2026-12-25")) == "Christmas Day");
}

struct Broken {
    std::string what;
    const char* text;
    int line;
    const char* says;
};

const std::vector<Broken> broken_files{
    {"no JSON", "{\n\"england-and-wales\": nonsense}", 2, "is not JSON"},
    {"an array", "[]", 0, "is not an object"},
    {"nothing in it", "{}", 0, "is not an object with a division each"},
    {"a division without events", R"({"england-and-wales": {"division": "x"}})", 0,
     "england-and-wales: has no list of events"},
    {"a division that is a number", R"({"england-and-wales": 7})", 0, "has no list of events"},
    {"no holiday at all", R"({"england-and-wales": {"events": []}})", 0, "has no holiday"},
    {"a day that does not exist",
     R"({"england-and-wales": {"events": [{"title": "X", "date": "2026-02-30"}]}})", 0,
     "event 1: has no real date"},
    {"a number for a date",
     R"({"england-and-wales": {"events": [{"title": "X", "date": 20260101}]}})", 0,
     "event 1: has no real date"},
    {"no title", R"({"england-and-wales": {"events": [{"date": "2026-01-01"}]}})", 0,
     "event 1: has no title"},
    {"the same day twice",
     R"({"england-and-wales": {"events": [{"title": "X", "date": "2026-01-01"},
         {"title": "Y", "date": "2026-01-01"}]}})",
     0, "event 2: is a second holiday on 2026-01-01"},
    {"another country only", R"({"scotland": {"events": [{"title": "X", "date": "2026-01-02"}]}})",
     0, "england-and-wales: is missing"},
};

TEST_CASE("a broken bank-holiday file is a finding that says what is wrong") {
    const testing::ScratchFolder folder;
    for (const Broken& broken : broken_files) {
        CAPTURE(broken.what);
        const auto loaded =
            load_calendar(folder.write("holidays.json", broken.text), testing::london());
        REQUIRE_FALSE(loaded.findings.empty());
        CHECK(loaded.findings[0].line == broken.line);
        CHECK(to_text(loaded.findings[0]).find(broken.says) != std::string::npos);
    }
    CHECK_FALSE(load_calendar(folder.path("absent.json"), testing::london()).findings.empty());
}

}  // namespace
}  // namespace stageclock

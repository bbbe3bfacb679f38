// SPDX-License-Identifier: MIT
//
// The rows of a route against every minute of the week.
#include <doctest/doctest.h>

#include <algorithm>

#include "bot/core/check.h"
#include "tests/core/wide_policy.h"

namespace stageclock {
namespace {

using namespace testing;

std::vector<Hours> hours(const std::vector<const char*>& texts) {
    std::vector<Hours> all;
    for (const char* text : texts) all.push_back(*parse_hours(text));
    return all;
}

// The gaps of the only role with routes, once its rows hold at these hours.
std::string gaps_of(const std::vector<const char*>& day, const std::vector<const char*>& except) {
    Policy policy = wide_policy();
    policy.routes.pop_back();
    policy.routes[0].hours = hours(day);
    policy.routes[0].except_hours = hours(except);
    for (const Problem& gap : gaps(policy, wide_directory())) {
        if (gap.table == "route") return gap.what;
    }
    return "";
}

std::string overlaps(const std::vector<Route>& rows) {
    Policy policy = wide_policy();
    policy.routes = rows;
    return as_text(check(policy, wide_directory()));
}

const std::string who = "role duty-officer, agency met: nobody on ";

TEST_CASE("rows that tile the week are neither gap nor overlap") {
    CHECK(as_text(check(wide_policy(), wide_directory())) == "");
    CHECK(as_text(gaps(wide_policy(), wide_directory())) == "");
}

TEST_CASE("the hours nobody has are named as a person would") {
    CHECK(gaps_of({}, {}) == "");
    CHECK(gaps_of({"working days 09:00-17:00"}, {}) ==
          who + "working days 00:00-09:00 and 17:00-24:00, non-working days 00:00-24:00");
    CHECK(gaps_of({"07:00-21:00"}, {}) == who + "every day 00:00-07:00 and 21:00-24:00");
    CHECK(gaps_of({"07:00-21:00"}, {"Saturday 10:00-12:00"}) ==
          who +
              "working days 00:00-07:00 and 21:00-24:00, Saturday 00:00-07:00 and "
              "10:00-12:00 and 21:00-24:00, Sunday 00:00-07:00 and 21:00-24:00, bank holidays "
              "00:00-07:00 and 21:00-24:00");
    CHECK(gaps_of({"outside bank holidays 08:00-20:00"}, {}) == who + "bank holidays 08:00-20:00");
    CHECK(gaps_of({"outside Tuesday 23:59-24:00"}, {}) == who + "Tuesday 23:59-24:00");
}

TEST_CASE("a night belongs to the day it begins on, also after a bank holiday") {
    CHECK(gaps_of({"working days 00:00-24:00", "working days 21:00-07:00", "weekends 00:00-24:00",
                   "bank holidays 07:00-24:00"},
                  {}) == "");
    const std::string nights = gaps_of({"07:00-21:00", "working days 21:00-07:00"}, {});
    CHECK(nights.find("Monday 00:00-07:00") != std::string::npos);
    CHECK(nights.find("the day after a bank holiday 00:00-07:00") != std::string::npos);
}

TEST_CASE("two rows at one minute are a problem, with the minutes") {
    const auto day = wide_route("day", "07:00-21:00", "sergeant");
    CHECK(overlaps({day, wide_route("night", "20:59-07:00", "superintendent")})
              .find("route night hours: role duty-officer, agency met: route \"day\" also holds on "
                    "every day 20:59-21:00") == 0);
    CHECK(overlaps({day, wide_route("office", "working days 09:00-17:00", "superintendent")})
              .find("working days 09:00-17:00") != std::string::npos);
}

TEST_CASE("rows whose conditions exclude each other may share their hours") {
    auto one = wide_route("one", "00:00-24:00", "sergeant");
    auto other = wide_route("other", "00:00-24:00", "superintendent");
    const auto apart = [&](const When& first, const When& second) {
        one.when = first;
        other.when = second;
        return overlaps({one, other}).empty();
    };
    CHECK_FALSE(apart({}, {}));
    CHECK_FALSE(apart({.circumstance = {"flight"}}, {}));
    CHECK(apart({.circumstance = {"flight"}}, {.not_circumstance = {"flight"}}));
    CHECK(apart({.subject = {"child"}}, {.subject = {"adult"}}));
    CHECK(apart({.case_status = {"open"}}, {.case_status = {"new"}}));
    CHECK(apart({.urgent = true}, {.urgent = false}));
    CHECK(apart({.urgent = true}, {.priority = {"standard"}}));
    CHECK_FALSE(apart({.urgent = true}, {.priority = {"critical"}}));
    CHECK(apart({.agency = {"police"}}, {.agency = {"housing"}}));
    CHECK(apart({.immediate_risk = true}, {.immediate_risk = false}));
    CHECK_FALSE(apart({.tag = {"learning"}}, {.tag = {"learning", "policy-gap"}}));
    CHECK(apart({.area = {"north"}}, {.area = {"south"}}));
}

TEST_CASE("rows two circumstances at once would need are a gap: the first one counts") {
    Policy policy = wide_policy();
    policy.circumstances.push_back({.id = "fire", .title = "Fire", .clauses = a_clause});
    policy.routes[0].hours = policy.routes[1].hours = {};
    policy.routes[0].when.circumstance = {"flight"};
    policy.routes[1].when.circumstance = {"fire"};
    CHECK(as_text(check(policy, wide_directory())) == "");
    CHECK(as_text(gaps(policy, wide_directory()))
              .find("circumstance flight with fire: route \"day\" also holds on every day "
                    "00:00-24:00. The first of them counts.") != std::string::npos);
}

TEST_CASE("rows of more conditions than anybody can overlook are named and not compared") {
    Policy policy = wide_policy();
    policy.routes.clear();
    for (int i = 0; i < 60; ++i) {
        const std::string number = std::to_string(i);
        policy.reasons.push_back({"reason-" + number, number, a_clause});
        policy.routes.push_back(wide_route("row-" + number, "00:00-24:00", "sergeant"));
        Route& row = policy.routes.back();
        const std::vector<std::string> own{(i % 3 == 0 ? "reason-" : "word-") + number};
        (i % 3 == 0 ? row.when.reason : i % 3 == 1 ? row.unit : row.when.unit) = own;
    }
    const std::string text = as_text(gaps(policy, wide_directory()));
    CHECK(text.find("route row-0 when: the rows of the role duty-officer combine too many") !=
          std::string::npos);
}

TEST_CASE("a row for one unit may stand before the one for all, and not behind it") {
    auto special = wide_route("special", "00:00-24:00", "superintendent");
    special.unit = {"CID"};
    const auto all = wide_route("all", "00:00-24:00", "sergeant");
    CHECK(overlaps({special, all}) == "");
    CHECK(overlaps({all, special}).find("unit CID") != std::string::npos);
}

TEST_CASE("a gap names the cases it is about, and no others") {
    Policy policy = wide_policy();
    policy.routes[1].unit = {"cid"};
    policy.routes[1].when.circumstance = {"flight"};
    const std::string nobody = ": nobody on every day 00:00-07:00 and 21:00-24:00";
    const std::string text = as_text(gaps(policy, wide_directory()));
    CHECK(text.find("agency met, circumstance none" + nobody) != std::string::npos);
    CHECK(text.find("agency met, unit any other, circumstance flight" + nobody) !=
          std::string::npos);
    CHECK(text.find("agency met" + nobody) == std::string::npos);
}

TEST_CASE("a post of the role, or a contact of the case, takes the hours no row has") {
    Policy policy = wide_policy();
    policy.routes.pop_back();
    Directory directory = wide_directory();
    directory.posts.push_back(wide_post("desk", "met", "duty-officer"));
    CHECK(as_text(gaps(policy, directory)) == "");
    policy.case_roles.push_back("duty-officer");
    CHECK(as_text(gaps(policy, wide_directory())) == "");
}

}  // namespace
}  // namespace stageclock

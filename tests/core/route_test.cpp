// SPDX-License-Identifier: MIT
//
// Who fills a role: by hour and unit, in somebody's absence, for an agency that lacks it.
#include <doctest/doctest.h>

#include "bot/core/recipients.h"
#include "tests/support/small_policy.h"

namespace stageclock {
namespace {

using testing::Bench;
using testing::raise_update;
using testing::update_of;
using testing::utc;

Hours hours(const char* text) { return *parse_hours(text); }

// By day the school's duty head, at night its on-call governor, else the board's adviser.
Bench with_routes() {
    Bench bench;
    Route day{.id = "day", .role = "duty", .agency = {"school"}, .hours = {hours("07:00-21:00")}};
    day.to = {{"", "head"}};
    day.else_to = {{"board", "adviser"}};
    day.note = "Ask the office.";
    Route night = day;
    night.id = "night";
    night.hours = {hours("21:00-07:00")};
    night.to = {{"", "governor"}};
    bench.small.policy.routes = {day, night};
    bench.small.add("school", "head");
    bench.small.add("school", "governor");
    bench.small.add("", "adviser");
    bench.at("2026-06-01T09:00:00Z", raise_update());
    return bench;
}

std::vector<std::string> who(const Bench& bench, const char* when,
                             const Target& target = {Side::receiving, "duty"}) {
    std::vector<std::string> addresses;
    const Filled filled = fill(bench.the_case, {target}, bench.small.rules(), utc(when));
    for (const Recipient& person : filled.people) addresses.push_back(person.address);
    for (const std::string& missing : filled.missing) addresses.push_back("nobody: " + missing);
    return addresses;
}
using Who = std::vector<std::string>;

Update unavailable(Side side, const std::string& role) {
    Update update = update_of(UpdateKind::report_unavailable);
    update.contact.side = side;
    update.contact.role = role;
    return update;
}

TEST_CASE("the route is chosen by the hour of the notice") {
    const Bench bench = with_routes();
    CHECK(who(bench, "2026-06-01T19:59:59Z") == Who{"head@school.example.org"});
    CHECK(who(bench, "2026-06-01T20:00:00Z") == Who{"governor@school.example.org"});
    CHECK(who(bench, "2026-06-02T05:59:59Z") == Who{"governor@school.example.org"});
    CHECK(who(bench, "2026-06-02T06:00:00Z") == Who{"head@school.example.org"});
}

TEST_CASE("a contact named on the case comes before any route") {
    Bench bench = with_routes();
    Update named = update_of(UpdateKind::name_contact);
    named.contact = {Side::receiving, "duty", "", "named@school.example.org", ""};
    bench.at("2026-06-01T10:00:00Z", named);
    CHECK(who(bench, "2026-06-01T19:00:00Z") == Who{"named@school.example.org"});
}

TEST_CASE("whoever is out of reach is made up for by the second choice, until named anew") {
    Bench bench = with_routes();
    bench.at("2026-06-01T10:00:00Z", unavailable(Side::receiving, "head"));
    CHECK(who(bench, "2026-06-01T11:00:00Z") == Who{"adviser@.example.org"});
    CHECK(who(bench, "2026-06-01T22:00:00Z") == Who{"governor@school.example.org"});
    Update named = update_of(UpdateKind::name_contact);
    named.contact = {Side::receiving, "head", "", "acting@school.example.org", ""};
    bench.at("2026-06-01T12:00:00Z", named);
    CHECK(who(bench, "2026-06-01T13:00:00Z") == Who{"acting@school.example.org"});
}

TEST_CASE("a role out of reach that has no second choice is a named gap") {
    Bench bench = with_routes();
    bench.at("2026-06-01T10:00:00Z", unavailable(Side::receiving, "director"));
    const Who found = who(bench, "2026-06-01T11:00:00Z", {Side::receiving, "director"});
    CHECK(found == Who{"nobody: director of the receiving side (School), out of reach"});
}

TEST_CASE("routes of another unit or agency do not count") {
    Bench bench = with_routes();
    bench.small.policy.routes[0].unit = {"Sixth form"};
    CHECK(who(bench, "2026-06-01T10:00:00Z") == Who{"nobody: duty of the receiving side (School)"});
    bench.the_case.facts.receiving.unit = "sixth  form";
    CHECK(who(bench, "2026-06-01T10:00:00Z") == Who{"head@school.example.org"});
    CHECK(who(bench, "2026-06-01T10:00:00Z", {Side::raising, "duty"}) ==
          Who{"nobody: duty of the raising side (Housing)"});
}

TEST_CASE("the notice says which route chose its reader, and what the route notes") {
    Bench bench = with_routes();
    bench.small.policy.stages[1].actors = {{Side::receiving, "duty"}};
    bench.at("2026-06-01T12:00:00Z", update_of(UpdateKind::escalate));
    REQUIRE(bench.told(Reason::stage_entered, "head@school.example.org") == 1);
    const Notice& notice = bench.last.notices.front();
    CHECK(notice.to.route == "day");
    CHECK(notice.ask == "Talk to each other. Ask the office.");
}

TEST_CASE("an absent post is stood in for by its deputy, on every day of the absence") {
    Bench bench = with_routes();
    Post& head = bench.small.directory.posts[bench.small.directory.posts.size() - 3];
    REQUIRE(head.id == "school-head");
    head.deputy = "school-governor";
    head.absent = {{testing::date("2026-06-02"), testing::date("2026-06-03")}};
    CHECK(who(bench, "2026-06-01T19:00:00Z") == Who{"head@school.example.org"});
    CHECK(who(bench, "2026-06-02T08:00:00Z") == Who{"governor@school.example.org"});
    CHECK(who(bench, "2026-06-03T19:00:00Z") == Who{"governor@school.example.org"});
    CHECK(who(bench, "2026-06-04T08:00:00Z") == Who{"head@school.example.org"});
}

TEST_CASE("officers who stand in for each other, and a vacant one, leave whoever can be told") {
    Bench bench = with_routes();
    auto& posts = bench.small.directory.posts;
    Post& head = posts[posts.size() - 3];
    Post& governor = *std::find_if(posts.begin(), posts.end(),
                                   [](const Post& post) { return post.id == "school-governor"; });
    head.deputy = governor.id;
    governor.deputy = head.id;
    head.absent = {{testing::date("2026-06-02"), testing::date("2026-06-03")}};
    CHECK(who(bench, "2026-06-02T08:00:00Z") == Who{"governor@school.example.org"});
    governor.absent = {{testing::date("2026-06-03"), testing::date("2026-06-03")}};
    CHECK(who(bench, "2026-06-03T08:00:00Z") == Who{"adviser@.example.org"});
    head.address.clear();
    CHECK(who(bench, "2026-06-04T08:00:00Z") == Who{"governor@school.example.org"});
}

TEST_CASE("an absent post without deputy leaves the second choice, else a gap that says so") {
    Bench bench = with_routes();
    bench.small.directory.posts[bench.small.directory.posts.size() - 3].absent = {
        {testing::date("2026-06-02"), testing::date("2026-06-02")}};
    CHECK(who(bench, "2026-06-02T08:00:00Z") == Who{"adviser@.example.org"});
    bench.small.policy.routes[0].else_to.clear();
    CHECK(who(bench, "2026-06-02T08:00:00Z") == Who{"nobody: head (School), absent"});
}

TEST_CASE("for an agency that lacks a role its delegate answers") {
    Bench bench = with_routes();
    CHECK(who(bench, "2026-06-01T10:00:00Z", {Side::raising, "head"}) ==
          Who{"nobody: head of the raising side (Housing)"});
    bench.small.directory.delegates = {{"housing", "head", "school", "governor", {}}};
    CHECK(who(bench, "2026-06-01T10:00:00Z", {Side::raising, "head"}) ==
          Who{"governor@school.example.org"});
}

TEST_CASE("posts of a local board are told of its own cases only") {
    Bench bench;
    bench.small.policy.areas = {{.id = "north", .title = "North"},
                                {.id = "south", .title = "South"}};
    Post north = bench.small.directory.posts.back();
    north.id = "north-inbox";
    north.address = "north@board.example.org";
    north.area = {"north"};
    bench.small.directory.posts.back().area = {"south"};
    bench.small.directory.posts.push_back(north);
    CHECK(bench.refusal("2026-06-01T09:00:00Z", raise_update()) == Refused::malformed_field);
    Update raise = raise_update();
    raise.facts.area = "north";
    bench.at("2026-06-01T09:00:00Z", raise);
    CHECK(who(bench, "2026-06-01T09:00:00Z", {Side::board, "inbox"}) ==
          Who{"north@board.example.org"});
}

}  // namespace
}  // namespace stageclock

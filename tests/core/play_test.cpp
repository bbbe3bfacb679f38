// SPDX-License-Identifier: MIT
#include "bot/core/play.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "bot/core/coverage.h"
#include "bot/core/week.h"
#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

Update at(const std::string& when, Update update) {
    update.received = london_time(when);
    return update;
}

// The small policy's first stage: raised on a Monday, due the Monday after at 17:00.
Script script(const std::string& until, std::vector<Update> updates = {}) {
    return {"SB-2026-0001", at("2026-06-01 10:00", raise_update()), std::move(updates),
            london_time(until)};
}

const Moment* moment_at(const Timeline& timeline, const std::string& when) {
    for (const Moment& moment : timeline.moments) {
        if (moment.at == london_time(when)) return &moment;
    }
    return nullptr;
}

long told(const Moment& moment, Reason reason) {
    return std::count_if(moment.notices.begin(), moment.notices.end(),
                         [&](const Notice& notice) { return notice.reason == reason; });
}

Guard guard(const std::string& id, GuardKind kind, const std::string& when) {
    Guard made;
    made.id = id;
    made.kind = kind;
    made.when = when;
    made.text = "A sentence about " + id + ".";
    return made;
}

}  // namespace

TEST_CASE("silence is played to the end: reminder, deadline, repeats, each at its own instant") {
    const Small small;
    const Timeline timeline = play(script("2026-06-10 09:00"), small.rules());
    REQUIRE(timeline.moments.size() == 5);
    const Moment& raised = timeline.moments.front();
    CHECK(raised.at == london_time("2026-06-01 10:00"));
    REQUIRE(raised.update);
    CHECK(raised.update->kind == UpdateKind::raise);
    REQUIRE(raised.started.size() == 1);
    CHECK(raised.started.front().deadline.due == london_time("2026-06-08 17:00"));
    CHECK(raised.started.front().owed_by.size() == 2);
    CHECK(told(raised, Reason::case_raised) == 1);
    REQUIRE(moment_at(timeline, "2026-06-05 09:00") != nullptr);
    CHECK(told(*moment_at(timeline, "2026-06-05 09:00"), Reason::deadline_near) == 2);
    REQUIRE(moment_at(timeline, "2026-06-08 17:00") != nullptr);
    CHECK(told(*moment_at(timeline, "2026-06-08 17:00"), Reason::deadline_passed) == 2);
    CHECK(told(*moment_at(timeline, "2026-06-08 17:00"), Reason::next_officer_due) == 2);
    CHECK(told(timeline.moments.back(), Reason::still_overdue) > 0);
    CHECK(timeline.end.status == Status::open);
    CHECK(timeline.next == london_time("2026-06-11 09:00"));
    CHECK_FALSE(timeline.stuck);
}

TEST_CASE("nothing later than the end is played, neither time nor updates") {
    const Small small;
    const Timeline timeline =
        play(script("2026-06-04 12:00", {at("2026-06-04 13:00", update_of(UpdateKind::resolve))}),
             small.rules());
    CHECK(timeline.moments.size() == 1);
    CHECK(timeline.end.open());
    CHECK(timeline.until == london_time("2026-06-04 12:00"));
}

TEST_CASE("a refusal is a moment of its own and changes nothing") {
    const Small small;
    const Timeline timeline = play(
        script("2026-06-02 12:00", {at("2026-06-02 10:00", update_of(UpdateKind::resolve, ""))}),
        small.rules());
    REQUIRE(timeline.moments.size() == 2);
    REQUIRE(timeline.moments.back().refusal);
    CHECK(timeline.moments.back().refusal->reason == Refused::missing_field);
    CHECK(timeline.moments.back().notices.empty());
    CHECK(timeline.end.open());
}

TEST_CASE("after a refused raise there is no case, and updates to it say so") {
    const Small small;
    Script refused =
        script("2026-06-05 12:00", {at("2026-06-02 10:00", update_of(UpdateKind::acknowledge))});
    refused.raise.facts.receiving.agency = "Housing";
    const Timeline timeline = play(refused, small.rules());
    REQUIRE(timeline.moments.size() == 2);
    CHECK(timeline.moments[0].refusal->reason == Refused::same_agency);
    CHECK(timeline.moments[1].refusal->reason == Refused::unknown_case);
    CHECK(timeline.end.ref.empty());
    CHECK(timeline.duties.empty());
}

TEST_CASE("a deadline that moves is shown with the one before") {
    const Small small;
    const Timeline timeline = play(
        script("2026-06-02 12:00", {at("2026-06-02 10:00", update_of(UpdateKind::mark_urgent))}),
        small.rules());
    const Moment& urgent = timeline.moments.back();
    REQUIRE(urgent.moved.size() == 1);
    CHECK(urgent.moved.front().before == london_time("2026-06-08 17:00"));
    CHECK(urgent.moved.front().deadline.due == london_time("2026-06-03 10:00"));
    CHECK_FALSE(urgent.moved.front().deadline.trace.adjustments.empty());
}

TEST_CASE("what happens after a duty is over changes its deadline no more") {
    const Small small;
    const Timeline timeline = play(
        script("2026-06-04 12:00", {at("2026-06-02 10:00", update_of(UpdateKind::escalate)),
                                    at("2026-06-03 10:00", update_of(UpdateKind::mark_urgent))}),
        small.rules());
    REQUIRE(timeline.duties.size() == 2);
    CHECK(timeline.duties[0].state == DutyRun::State::met);
    CHECK(timeline.duties[0].over == london_time("2026-06-02 10:00"));
    CHECK(timeline.duties[0].deadline.due == london_time("2026-06-08 17:00"));
    CHECK(timeline.duties[1].deadline.due == london_time("2026-06-04 10:00"));
}

TEST_CASE("a decision not to tell names its reason and the people it spares") {
    const Small small;
    Update acknowledge = update_of(UpdateKind::acknowledge);
    const Timeline timeline =
        play(script("2026-06-09 12:00", {at("2026-06-08 18:00", acknowledge)}), small.rules());
    const Moment& repeat = timeline.moments.back();
    CHECK(told(repeat, Reason::still_overdue) == 3);
    REQUIRE(repeat.not_told.size() == 1);
    CHECK(repeat.not_told.front().reason == Reason::acknowledged);
    CHECK(repeat.not_told.front().rule == "resolve-1");
    REQUIRE(repeat.not_told.front().people.size() == 1);
    CHECK(repeat.not_told.front().people.front().address == "r@housing.example.org");
}

TEST_CASE("a role nobody fills is a gap of the moment its stage is entered, even unasked") {
    Small small;
    small.directory.posts.clear();
    const Timeline timeline =
        play(script("2026-06-02 12:00", {at("2026-06-02 10:00", update_of(UpdateKind::escalate))}),
             small.rules());
    REQUIRE(timeline.moments.back().gaps.size() == 2);
    CHECK(timeline.moments.back().gaps[0].role == "line manager of the raising side (Housing)");
    CHECK(timeline.moments.back().gaps[0].rule == "stage-2");
    CHECK(timeline.gaps.size() == 4);  // this stage's and the next one's
}

TEST_CASE("sentences people must see are shown once, from the moment they hold") {
    Small small;
    small.policy.guards = {guard("call-999", GuardKind::warning, "prompt"),
                           guard("hurry", GuardKind::warning, "urgent")};
    const Timeline timeline = play(
        script("2026-06-02 12:00", {at("2026-06-02 10:00", update_of(UpdateKind::mark_urgent))}),
        small.rules());
    REQUIRE(timeline.moments.front().guards.size() == 1);
    CHECK(timeline.moments.front().guards.front()->id == "call-999");
    REQUIRE(timeline.moments.back().guards.size() == 1);
    CHECK(timeline.moments.back().guards.front()->id == "hurry");
    CHECK(timeline.guards.size() == 2);
}

TEST_CASE("rules no story touches are named") {
    Small small;
    small.policy.events.push_back({.id = "told-police", .title = "The police were told"});
    small.policy.copies.push_back({});
    small.policy.copies.back().id = "board-copy";
    small.policy.copies.back().on = "escalated";
    small.policy.copies.back().to = {{Side::board, "inbox"}};
    small.policy.copies.back().text = "For your information.";
    const Timeline timeline =
        play(script("2026-06-02 12:00", {at("2026-06-02 10:00", update_of(UpdateKind::escalate))}),
             small.rules());
    const auto seen = touched(timeline, small.policy);
    CHECK(seen.contains({"stage", "2"}));
    CHECK(seen.contains({"duty", "resolve-2"}));
    CHECK(seen.contains({"copy", "board-copy"}));
    const auto missing = uncovered(small.policy, seen);
    REQUIRE(missing.size() == 3);
    CHECK(missing[0] == RuleName{"stage", "3"});
    CHECK(missing[1] == RuleName{"duty", "resolve-3"});
    CHECK(missing[2] == RuleName{"event", "told-police"});
}

TEST_CASE("a guard counts as touched when its refusal is given") {
    Small small;
    small.policy.guards = {guard("inside", GuardKind::refusal, "same-agency")};
    Script refused = script("2026-06-05 12:00");
    refused.raise.facts.receiving.agency = "Housing";
    CHECK(touched(play(refused, small.rules()), small.policy).contains({"guard", "inside"}));
}

TEST_CASE("equal hours of a week are one span, and a week with a clock change is whole") {
    const Small small;
    const Timeline timeline = play(script("2026-06-02 12:00"), small.rules());
    const Date monday = monday_after(timeline.until, small.calendar);
    CHECK(to_text(monday) == "2026-06-08");
    const auto spans =
        every_hour_of_a_week(timeline.end, {Side::both, "line-manager"}, small.rules(), monday);
    REQUIRE(spans.size() == 1);
    CHECK(spans.front().from == london_time("2026-06-08 00:00"));
    CHECK(spans.front().to == london_time("2026-06-15 00:00"));
    CHECK(spans.front().people.size() == 2);
    const auto autumn = every_hour_of_a_week(timeline.end, {Side::raising, "nobody"}, small.rules(),
                                             date("2026-10-19"));
    CHECK(autumn.front().to - autumn.front().from == std::chrono::hours{169});
    CHECK(autumn.front().people.empty());
    CHECK(autumn.front().missing.size() == 1);
}

TEST_CASE("a route that changes at half past changes there, and not on a bank holiday") {
    Small small;
    small.policy.routes.push_back({.id = "office",
                                   .role = "line-manager",
                                   .hours = {*parse_hours("working days 09:30-17:00")},
                                   .to = {{"", "director"}}});
    const Timeline timeline = play(script("2026-06-02 12:00"), small.rules());
    const auto spans = every_hour_of_a_week(timeline.end, {Side::raising, "line-manager"},
                                            small.rules(), date("2026-12-21"));
    REQUIRE(spans.size() == 9);  // four working days of the week that holds Christmas Day
    CHECK(spans[1].from == london_time("2026-12-21 09:30"));
    CHECK(spans[1].to == london_time("2026-12-21 17:00"));
    CHECK(spans[1].people.front().id == "housing-director");
    CHECK(spans[1].people.front().route == "office");
    CHECK(spans[8].from == london_time("2026-12-24 17:00"));
    CHECK(spans[8].people.front().id == "housing-line-manager");
}

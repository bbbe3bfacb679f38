// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "bot/core/policy.h"

namespace stageclock {
namespace {

Stage stage(const std::string& id, const std::string& procedure) {
    Stage made;
    made.id = id;
    made.procedure = procedure;
    return made;
}

// Two ladders whose stages stand mixed in the list.
Policy two_ladders() {
    Policy policy;
    policy.procedures = {{.id = "main", .title = "Main"}, {.id = "border", .title = "Border"}};
    policy.stages = {stage("1", "main"), stage("b1", "border"), stage("2", "main"),
                     stage("b2", "border"), stage("3", "main")};
    return policy;
}

TEST_CASE("places are counted within a procedure") {
    const Policy policy = two_ladders();
    CHECK(place_of(policy, "1") == 0);
    CHECK(place_of(policy, "3") == 2);
    CHECK(place_of(policy, "b1") == 0);
    CHECK(place_of(policy, "b2") == 1);
    CHECK(place_of(policy, "4") == -1);
}

TEST_CASE("the first stage of a procedure is its first in the list") {
    const Policy policy = two_ladders();
    CHECK(first_stage(policy, "main")->id == "1");
    CHECK(first_stage(policy, "border")->id == "b1");
    CHECK(first_stage(policy, "other") == nullptr);
}

TEST_CASE("rows are found by their id, and only by their id") {
    Policy policy = two_ladders();
    policy.duties.resize(2);
    policy.duties[1].id = "limit-2";
    policy.copies.resize(1);
    policy.copies[0].id = "share";
    policy.events.push_back({"told", "Told", {}, {}});
    policy.forms.resize(1);
    policy.forms[0].id = "record";
    CHECK(find_duty(policy, "limit-2") == &policy.duties[1]);
    CHECK(find_duty(policy, "limit") == nullptr);
    CHECK(find_copy(policy, "share") == &policy.copies[0]);
    CHECK(find_event(policy, "told") == &policy.events[0]);
    CHECK(find_event(policy, "Told") == nullptr);
    CHECK(find_form(policy, "record") == &policy.forms[0]);
    CHECK(find_procedure(policy, "border") == &policy.procedures[1]);
    CHECK(find_stage(policy, "") == nullptr);
}

TEST_CASE("guards are given by the moment they are for, in the order of the policy") {
    Policy policy;
    policy.guards = {{.id = "a", .when = "prompt", .text = "A"},
                     {.id = "b", .when = "raise", .text = "B"},
                     {.id = "c", .when = "prompt", .text = "C"}};
    const auto guards = guards_for(policy, "prompt");
    REQUIRE(guards.size() == 2);
    CHECK(guards[0]->id == "a");
    CHECK(guards[1]->id == "c");
    CHECK(guards_for(policy, "urgent").empty());
}

TEST_CASE("every side has a word and is read back from it") {
    for (Side side : {Side::none, Side::raising, Side::receiving, Side::both, Side::board}) {
        CHECK(parse_side(to_text(side)) == side);
    }
    CHECK_FALSE(parse_side("Raising").has_value());
    CHECK_FALSE(parse_side("").has_value());
}

}  // namespace
}  // namespace stageclock

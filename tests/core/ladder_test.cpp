// SPDX-License-Identifier: MIT
//
// Steps within a stage, stages passed by, branches by a vote, and what a stage waits for.
#include "bot/core/ladder.h"

#include <doctest/doctest.h>

#include "tests/support/small_policy.h"

namespace stageclock {
namespace {

using testing::Bench;
using testing::raise_update;
using testing::update_of;

Stage step(const std::string& id, const std::string& within, const std::string& role) {
    Stage made = testing::stage(id, role);
    made.within = within;
    return made;
}

// Stage 2 has two lines for schools; other agencies meet its line managers.
Bench with_lines() {
    Bench bench;
    auto& stages = bench.small.policy.stages;
    Stage first = step("2-a", "2", "line-manager");
    Stage second = step("2-b", "2", "director");
    first.when.agency = second.when.agency = {"school"};  // the kind
    stages.insert(stages.begin() + 2, {first, second});
    return bench;
}

Update escalation(const std::string& stage = "") {
    Update update = update_of(UpdateKind::escalate);
    update.stage = stage;
    return update;
}

Update reported(const std::string& event, Side side = Side::none) {
    Update update = update_of(UpdateKind::report_event);
    update.event = event;
    update.by.side = side;
    return update;
}

TEST_CASE("a stage with steps is entered at its first one and left after its last") {
    Bench bench = with_lines();
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-01T12:00:00Z", escalation());
    CHECK(bench.the_case.stage == "2-a");
    bench.at("2026-06-01T15:00:00Z", escalation());
    CHECK(bench.the_case.stage == "2-b");
    bench.at("2026-06-01T18:00:00Z", escalation());
    CHECK(bench.the_case.stage == "3");
}

TEST_CASE("steps that do not hold for the case are left out, and then the stage itself stands") {
    Bench bench = with_lines();
    Update raise = raise_update();
    std::swap(raise.facts.raising, raise.facts.receiving);  // housing receives
    bench.at("2026-06-01T09:00:00Z", raise);
    bench.at("2026-06-01T12:00:00Z", escalation());
    CHECK(bench.the_case.stage == "2");
    bench.at("2026-06-01T15:00:00Z", escalation());
    CHECK(bench.the_case.stage == "3");
}

TEST_CASE("the limit of a stage runs through its steps and ends with the stage") {
    Bench bench = with_lines();
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-01T12:00:00Z", escalation());
    bench.at("2026-06-01T15:00:00Z", escalation());
    const auto& runs = bench.the_case.duties;
    const auto of = [&](const std::string& duty) {
        return std::count_if(runs.begin(), runs.end(),
                             [&](const DutyRun& run) { return run.duty == duty; });
    };
    CHECK(of("resolve-2") == 1);
    CHECK(runs.back().duty == "resolve-2");
    CHECK(runs.back().open());
    bench.at("2026-06-01T18:00:00Z", escalation());
    CHECK(runs[1].state == DutyRun::State::met);
}

TEST_CASE("the next officer of a stage's limit is the one of the next step") {
    Bench bench = with_lines();
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-01T12:00:00Z", escalation());
    bench.look("2026-06-08T16:00:00Z");
    CHECK(bench.told(Reason::deadline_passed, "line-manager@school.example.org") == 1);
    CHECK(bench.told(Reason::next_officer_due, "director@school.example.org") == 1);
}

TEST_CASE("the board's copy of a stage is sent once, not with each step") {
    Bench bench = with_lines();
    bench.small.board.stage_copies = {"2"};
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-01T12:00:00Z", escalation());
    CHECK(bench.told(Reason::stage_copy, "inbox@board.example.org") == 1);
    bench.at("2026-06-01T15:00:00Z", escalation());
    CHECK(bench.told(Reason::stage_copy, "inbox@board.example.org") == 0);
}

// Stage 1 is a meeting that votes: the majority goes to 2, an equal split straight to 3.
Bench with_votes() {
    Bench bench;
    auto& policy = bench.small.policy;
    policy.stages[0].leave_with = {"majority", "split"};
    policy.stages[1].last = true;
    policy.events = {{.id = "majority", .title = "A majority", .stages = {"1"}, .enters = "2"},
                     {.id = "split", .title = "An equal split", .stages = {"1"}, .enters = "3"}};
    return bench;
}

TEST_CASE("a stage that votes is left by the vote, not by escalation") {
    Bench bench = with_votes();
    bench.at("2026-06-01T09:00:00Z", raise_update());
    CHECK(bench.refusal("2026-06-02T09:00:00Z", escalation()) == Refused::leave_by_event);
    bench.at("2026-06-02T09:00:00Z", reported("split"));
    CHECK(bench.the_case.stage == "3");
    CHECK(bench.the_case.duties.front().state == DutyRun::State::met);
}

TEST_CASE("an event that belongs to a stage is refused at another") {
    Bench bench = with_votes();
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-02T09:00:00Z", reported("majority"));
    CHECK(bench.the_case.stage == "2");
    CHECK(bench.refusal("2026-06-03T09:00:00Z", reported("split")) == Refused::policy_guard);
    CHECK(bench.refusal("2026-06-03T09:00:00Z", escalation()) == Refused::last_stage);
}

TEST_CASE("a stage may name the one that follows it") {
    Bench bench;
    bench.small.policy.stages[0].next = "3";
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-02T09:00:00Z", escalation());
    CHECK(bench.the_case.stage == "3");
}

TEST_CASE("a case is closed at a stage that decides only after the decision") {
    Bench bench;
    Duty decision;
    decision.id = "decision";
    decision.title = "Decide";
    decision.stage = "1";
    decision.starts = "stage-entered";
    decision.met_by = {"decided"};
    bench.small.policy.duties.push_back(decision);
    bench.small.policy.stages[0].resolve_after = "decision";
    bench.at("2026-06-01T09:00:00Z", raise_update());
    CHECK(bench.refusal("2026-06-02T09:00:00Z", update_of(UpdateKind::resolve)) ==
          Refused::outcome_missing);
    bench.at("2026-06-02T09:00:00Z", update_of(UpdateKind::decide));
    bench.at("2026-06-02T09:30:00Z", update_of(UpdateKind::resolve));
    CHECK(bench.the_case.status == Status::resolved);
}

TEST_CASE("the text of an escalation is the record of the attempt it asks for") {
    Bench bench;
    Duty attempt;
    attempt.id = "attempt";
    attempt.title = "Attempt recorded";
    attempt.stage = "1";
    attempt.starts = "stage-entered";
    attempt.met_by = {"discussed"};
    bench.small.policy.duties.push_back(attempt);
    bench.small.policy.stages[1].after = "attempt";
    bench.at("2026-06-01T09:00:00Z", raise_update());
    Update silent = escalation();
    silent.text.clear();
    CHECK(bench.refusal("2026-06-02T09:00:00Z", silent) == Refused::outcome_missing);
    bench.at("2026-06-02T09:00:00Z", escalation());
    CHECK(bench.the_case.stage == "2");
    CHECK(bench.the_case.log.front().what == "discussed");
}

TEST_CASE("a side with no actors so far is told nothing") {
    Bench bench;
    bench.small.policy.stages[0].actors = {{Side::raising, "practitioner"},
                                           {Side::raising, "deputy"}};  // nobody fills it
    bench.at("2026-06-01T09:00:00Z", raise_update());
    CHECK(bench.told(Reason::contact_missing, "inbox@board.example.org") == 1);
    bench.at("2026-06-02T09:00:00Z", update_of(UpdateKind::withdraw));
    for (const Notice& notice : bench.last.notices) {
        CHECK(notice.to.address != "c@school.example.org");
    }
}

}  // namespace
}  // namespace stageclock

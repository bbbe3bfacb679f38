// SPDX-License-Identifier: MIT
//
// What a policy can ask for beyond a ladder of limits: levels of urgency, deadlines the parties
// set, a limit on raising, events with conditions, answers that the other side judges.
#include <doctest/doctest.h>

#include "bot/core/ladder.h"
#include "tests/support/small_policy.h"

namespace stageclock {
namespace {

using testing::Bench;
using testing::raise_update;
using testing::update_of;
using testing::utc;

Duty duty(const std::string& id, const std::string& starts, const std::string& met_by) {
    Duty made;
    made.id = id;
    made.title = id;
    made.starts = starts;
    made.due = {Unit::working_days, 2};
    made.owed_by = {{Side::receiving, "line-manager"}};
    made.met_by = {met_by};
    return made;
}

const DutyRun* run_of(const Bench& bench, const std::string& id) {
    const DutyRun* found = nullptr;
    for (const DutyRun& run : bench.the_case.duties) {
        if (run.duty == id) found = &run;
    }
    return found;
}

std::optional<Instant> due(const Bench& bench, const std::string& id) {
    const DutyRun* run = run_of(bench, id);
    REQUIRE(run != nullptr);
    return deadline_of(bench.the_case, *run, bench.small.rules()).due;
}

Update level(const std::string& priority) {
    Update update = update_of(UpdateKind::set_priority);
    update.priority = priority;
    return update;
}

Update reported(const std::string& event, Side side = Side::none) {
    Update update = update_of(UpdateKind::report_event);
    update.event = event;
    update.by.side = side;
    return update;
}

Update agreed(const std::string& until, const std::string& of = "") {
    Update update = update_of(UpdateKind::agree_deadline);
    update.deadline = utc(until);
    update.duty = of;
    return update;
}

// --- levels of urgency --------------------------------------------------------------------------

Bench with_levels() {
    Bench bench;
    bench.small.policy.priorities = {{.id = "high", .title = "High"},
                                     {.id = "critical", .title = "Critical"}};
    for (Duty& limit : bench.small.policy.duties) {
        limit.by_priority = {{"high", {Unit::working_days, 2}}, {"critical", {Unit::hours, 4}}};
    }
    bench.at("2026-06-01T09:00:00Z", raise_update());
    return bench;
}

TEST_CASE("each level of urgency has its own term, and the earliest of those reached counts") {
    Bench bench = with_levels();
    CHECK(due(bench, "resolve-1") == utc("2026-06-08T16:00:00Z"));
    bench.at("2026-06-02T09:00:00Z", level("high"));
    CHECK(due(bench, "resolve-1") == utc("2026-06-04T16:00:00Z"));
    bench.at("2026-06-02T10:00:00Z", level("critical"));
    CHECK(due(bench, "resolve-1") == utc("2026-06-02T14:00:00Z"));
    bench.at("2026-06-02T11:00:00Z", level("high"));  // high all along since the second
    CHECK(due(bench, "resolve-1") == utc("2026-06-04T16:00:00Z"));
    bench.at("2026-06-02T12:00:00Z", update_of(UpdateKind::mark_standard));
    CHECK(due(bench, "resolve-1") == utc("2026-06-08T16:00:00Z"));
    CHECK_FALSE(bench.the_case.urgent_since);
}

TEST_CASE("a level the policy does not have is refused with those it has") {
    Bench bench = with_levels();
    CHECK(bench.refusal("2026-06-02T09:00:00Z", level("urgent")) == Refused::malformed_field);
    CHECK(bench.refusal("2026-06-02T09:00:00Z", update_of(UpdateKind::mark_urgent)) ==
          Refused::malformed_field);
}

TEST_CASE("a case can be raised at a level, and rules can ask for it") {
    Bench bench = with_levels();
    Update raise = raise_update();
    raise.facts.priority = "critical";
    bench.the_case = Case{};
    bench.the_case.ref = "SB-2026-0002";
    bench.small.policy.duties[1] = duty("ring", "priority:critical", "acknowledged");
    bench.at("2026-06-01T09:00:00Z", raise);
    CHECK(priority_of(bench.the_case) == "critical");
    CHECK(due(bench, "resolve-1") == utc("2026-06-01T13:00:00Z"));
    CHECK(run_of(bench, "ring") != nullptr);
}

TEST_CASE("a case stored before there were levels keeps its urgent clock") {
    Bench bench;
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.the_case.urgent_since = utc("2026-06-02T09:00:00Z");
    CHECK(due(bench, "resolve-1") == utc("2026-06-03T09:00:00Z"));
}

// --- deadlines the parties set -------------------------------------------------------------------

Bench with_target() {
    Bench bench;
    bench.small.policy.duties[0].due = {Unit::by_agreement, 0};
    bench.small.policy.duties[0].by_priority.clear();
    bench.at("2026-06-01T09:00:00Z", raise_update());
    return bench;
}

TEST_CASE("a deadline by agreement is none until one is agreed, and can be agreed anew") {
    Bench bench = with_target();
    CHECK_FALSE(due(bench, "resolve-1"));
    CHECK_FALSE(bench.last.next);
    bench.at("2026-06-02T09:00:00Z", agreed("2026-06-10T12:00:00Z"));
    CHECK(due(bench, "resolve-1") == utc("2026-06-10T12:00:00Z"));
    CHECK(bench.told(Reason::deadline_changed, "c@school.example.org") == 1);
    bench.at("2026-06-03T09:00:00Z", agreed("2026-06-20T12:00:00Z"));
    CHECK(due(bench, "resolve-1") == utc("2026-06-20T12:00:00Z"));
    bench.look("2026-06-20T12:00:00Z");
    CHECK(bench.told(Reason::deadline_passed, "c@school.example.org") == 1);
}

TEST_CASE("what may be agreed has the policy's own end") {
    Bench bench = with_target();
    bench.small.policy.duties[0].at_most = Term{Unit::working_days, 15};
    CHECK(due(bench, "resolve-1") == utc("2026-06-22T16:00:00Z"));
    CHECK(bench.refusal("2026-06-02T09:00:00Z", agreed("2026-06-22T16:00:01Z")) ==
          Refused::deadline_too_late);
    bench.at("2026-06-02T09:00:00Z", agreed("2026-06-22T16:00:00Z"));
}

TEST_CASE("an agreement needs a time ahead and something to agree on") {
    Bench bench = with_target();
    CHECK(bench.refusal("2026-06-02T09:00:00Z", agreed("2026-06-01T12:00:00Z")) ==
          Refused::missing_field);
    CHECK(bench.refusal("2026-06-02T09:00:00Z", agreed("2026-06-10T12:00:00Z", "resolve-2")) ==
          Refused::malformed_field);
}

// --- raising -------------------------------------------------------------------------------------

TEST_CASE("a limit on raising counts from the decision in dispute") {
    Bench bench;
    bench.small.policy.procedures[0].raise_within = Term{Unit::working_days, 10};
    Update raise = raise_update();
    CHECK(bench.refusal("2026-06-15T09:00:00Z", raise) == Refused::missing_field);
    raise.facts.disputed = utc("2026-06-01T09:00:00Z");
    CHECK(bench.refusal("2026-06-15T16:00:01Z", raise) == Refused::raised_too_late);
    bench.at("2026-06-15T16:00:00Z", raise);
    CHECK(bench.the_case.open());
}

TEST_CASE("past a limit that only warns the case is taken all the same") {
    Bench bench;
    bench.small.policy.procedures[0].raise_within = Term{Unit::working_days, 1};
    bench.small.policy.procedures[0].raise_late_warns = true;
    Update raise = raise_update();
    raise.facts.disputed = utc("2026-01-05T09:00:00Z");
    bench.at("2026-06-15T16:00:00Z", raise);
    CHECK(bench.the_case.open());
}

TEST_CASE("a request that needs a supporter is refused without one") {
    Bench bench;
    bench.small.policy.procedures[0].raise_roles = {{Side::raising, "director"}};
    CHECK(bench.refusal("2026-06-01T09:00:00Z", raise_update()) == Refused::policy_guard);
    Update raise = raise_update();
    raise.facts.contacts.push_back(
        {Side::raising, "director", "", "director@housing.example.org", ""});
    bench.at("2026-06-01T09:00:00Z", raise);
}

TEST_CASE("circumstances are those of the policy, and rules may depend on them") {
    Bench bench;
    bench.small.policy.circumstances = {{.id = "head-away", .title = "The head is away"}};
    bench.small.policy.duties[0].when.not_circumstance = {"head-away"};
    Update raise = raise_update();
    raise.facts.circumstances = {"head-off"};
    CHECK(bench.refusal("2026-06-01T09:00:00Z", raise) == Refused::malformed_field);
    raise.facts.circumstances = {"head-away"};
    bench.at("2026-06-01T09:00:00Z", raise);
    CHECK(run_of(bench, "resolve-1") == nullptr);
}

// --- events of the policy's own -----------------------------------------------------------------

TEST_CASE("an answer one side owes is judged by the other side") {
    Bench bench;
    auto& policy = bench.small.policy;
    policy.events = {
        {.id = "answered", .title = "Answered", .side = Side::receiving, .needs = {"text"}},
        {.id = "content", .title = "Content", .side = Side::raising, .closes = true},
        {.id = "not-content", .title = "Not content", .side = Side::raising, .enters = "2"}};
    policy.duties.push_back(duty("answer", "raised", "answered"));
    policy.duties.push_back(duty("judge", "met:answer", "content"));
    policy.duties.back().met_by.emplace_back("not-content");
    bench.at("2026-06-01T09:00:00Z", raise_update());
    CHECK(bench.refusal("2026-06-02T09:00:00Z", reported("answered", Side::raising)) ==
          Refused::not_a_party);
    Update silent = reported("answered", Side::receiving);
    silent.text.clear();
    CHECK(bench.refusal("2026-06-02T09:00:00Z", silent) == Refused::missing_field);
    bench.at("2026-06-02T09:00:00Z", reported("answered", Side::receiving));
    CHECK(due(bench, "judge") == utc("2026-06-04T16:00:00Z"));
    bench.at("2026-06-03T09:00:00Z", reported("not-content", Side::raising));
    CHECK(bench.the_case.stage == "2");
    bench.at("2026-06-03T12:00:00Z", reported("content", Side::raising));
    CHECK(bench.the_case.status == Status::resolved);
}

TEST_CASE("a notice that went out may start a duty") {
    Bench bench;
    Copy letter;
    letter.id = "letter";
    letter.on = "raised";
    letter.to = {{Side::board, "inbox"}};
    letter.text = "A letter.";
    bench.small.policy.copies = {letter};
    bench.small.policy.duties.push_back(duty("reply", "sent:letter", "discussed"));
    bench.at("2026-06-01T09:00:00Z", raise_update());
    CHECK(due(bench, "reply") == utc("2026-06-03T16:00:00Z"));
}

TEST_CASE("a letter owed after the agreement is a duty of the closed case") {
    Bench bench;
    bench.small.policy.events = {{.id = "letter-sent", .title = "Letter sent"}};
    bench.small.policy.duties.push_back(duty("letter", "resolved", "letter-sent"));
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-02T09:00:00Z", update_of(UpdateKind::resolve));
    CHECK(due(bench, "letter") == utc("2026-06-04T16:00:00Z"));
    bench.at("2026-06-03T09:00:00Z", reported("letter-sent"));
    CHECK(run_of(bench, "letter")->state == DutyRun::State::met);
}

Bench with_panel() {
    Bench bench;
    bench.small.policy.events = {{.id = "panel",
                                  .title = "Panel",
                                  .needs = {"members"},
                                  .members_at_least = 2,
                                  .members_flag = "statutory",
                                  .uninvolved = true}};
    bench.small.directory.agencies.push_back({.id = "police", .name = "Police"});
    bench.at("2026-06-01T09:00:00Z", raise_update());
    return bench;
}

TEST_CASE("a panel has the members the policy asks for, none of them of a party") {
    Bench bench = with_panel();
    Update panel = reported("panel");
    CHECK(bench.refusal("2026-06-02T09:00:00Z", panel) == Refused::missing_field);
    panel.members = {{"A", "Police", {"statutory"}}, {"B", "Probation", {}}};
    CHECK(bench.refusal("2026-06-02T09:00:00Z", panel) == Refused::policy_guard);
    panel.members[1] = {"B", "HOMES", {"statutory"}};  // a party, by another name
    CHECK(bench.refusal("2026-06-02T09:00:00Z", panel) == Refused::policy_guard);
    panel.members[1] = {"B", "Probation", {"statutory"}};
    bench.at("2026-06-02T09:00:00Z", panel);
    CHECK(bench.the_case.log.back().text.find("B (Probation, statutory)") != std::string::npos);
}

TEST_CASE("a list of copies grows by stage") {
    Bench bench;
    Copy copy;
    copy.id = "chair";
    copy.on = "stage-entered";
    copy.from_stage = "2";
    copy.to = {{Side::board, "inbox"}};
    copy.text = "A stage was entered.";
    bench.small.policy.copies = {copy};
    bench.at("2026-06-01T09:00:00Z", raise_update());
    CHECK(bench.told(Reason::copied_by_policy, "inbox@board.example.org") == 0);
    bench.at("2026-06-02T09:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.told(Reason::copied_by_policy, "inbox@board.example.org") == 1);
    bench.at("2026-06-03T09:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.told(Reason::copied_by_policy, "inbox@board.example.org") == 1);
}

// --- what the end of a duty brings with it -------------------------------------------------------

TEST_CASE("silence may pass the matter on, or end it") {
    Bench bench;
    bench.small.policy.duties[0].missed_enters = "2";
    bench.small.policy.duties[1].missed_closes = false;
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.look("2026-06-08T16:00:00Z");
    CHECK(bench.the_case.stage == "2");
    CHECK(bench.told(Reason::stage_entered, "line-manager@school.example.org") == 1);
    bench.look("2026-06-15T16:00:00Z");
    CHECK(bench.the_case.status == Status::withdrawn);
}

TEST_CASE("a decision may end the matter") {
    Bench bench;
    bench.small.policy.duties.push_back(duty("decide", "raised", "decided"));
    bench.small.policy.duties.back().met_closes = true;
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-02T09:00:00Z", update_of(UpdateKind::decide));
    CHECK(bench.the_case.status == Status::resolved);
    CHECK(bench.told(Reason::case_resolved, "r@housing.example.org") == 1);
}

TEST_CASE("a duty that outlasts the case is owed and met after its end") {
    Bench bench;
    bench.small.policy.duties.push_back(duty("visit", "raised", "discussed"));
    bench.small.policy.duties.back().stage = "1";
    bench.small.policy.duties.back().outlasts = true;
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-02T09:00:00Z", update_of(UpdateKind::resolve));
    CHECK(run_of(bench, "visit")->open());
    bench.look("2026-06-03T16:00:00Z");
    CHECK(bench.told(Reason::deadline_passed, "line-manager@school.example.org") == 1);
    bench.at("2026-06-04T09:00:00Z", update_of(UpdateKind::discuss));
    CHECK(run_of(bench, "visit")->state == DutyRun::State::met_late);
}

TEST_CASE("a duty begins with the first of several events") {
    Bench bench;
    bench.small.policy.events = {{.id = "asked", .title = "Asked"}};
    bench.small.policy.duties.push_back(duty("answer", "asked", "discussed"));
    bench.small.policy.duties.back().or_starts = {"reached:2"};
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-02T09:00:00Z", update_of(UpdateKind::escalate));
    bench.at("2026-06-03T09:00:00Z", reported("asked"));
    CHECK(due(bench, "answer") == utc("2026-06-04T16:00:00Z"));
}

TEST_CASE("an event that follows another is refused before it") {
    Bench bench;
    bench.small.policy.events = {{.id = "convened", .title = "Convened"},
                                 {.id = "voted", .title = "Voted", .after = "convened"}};
    bench.at("2026-06-01T09:00:00Z", raise_update());
    CHECK(bench.refusal("2026-06-02T09:00:00Z", reported("voted")) == Refused::policy_guard);
    bench.at("2026-06-02T09:00:00Z", reported("convened"));
    bench.at("2026-06-03T09:00:00Z", reported("voted"));
}

TEST_CASE(
    "a copy nobody could be told of goes out when somebody is named, and starts its clock then") {
    Bench bench;
    Copy letter;
    letter.id = "letter";
    letter.on = "raised";
    letter.to = {{Side::receiving, "head"}};
    letter.text = "A letter.";
    bench.small.policy.copies = {letter};
    bench.small.policy.duties.push_back(duty("reply", "sent:letter", "discussed"));
    bench.at("2026-06-01T09:00:00Z", raise_update());
    CHECK(run_of(bench, "reply") == nullptr);
    CHECK(bench.the_case.waiting == std::vector<std::string>{"letter"});
    Update named = update_of(UpdateKind::name_contact);
    named.contact = {Side::receiving, "head", "", "head@school.example.org", ""};
    bench.at("2026-06-02T09:00:00Z", named);
    CHECK(bench.told(Reason::copied_by_policy, "head@school.example.org") == 1);
    CHECK(due(bench, "reply") == utc("2026-06-04T16:00:00Z"));
    CHECK(bench.the_case.waiting.empty());
}

TEST_CASE("becoming urgent tells those whose duty has a term for it, not only the stage") {
    Bench bench;
    bench.small.policy.duties.push_back(duty("reply", "raised", "discussed"));
    bench.small.policy.duties.back().by_priority = {{"urgent", {Unit::hours, 4}}};
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-01T10:00:00Z", update_of(UpdateKind::mark_urgent));
    CHECK(bench.told(Reason::became_urgent, "line-manager@school.example.org") == 1);
    CHECK(bench.told(Reason::became_urgent, "c@school.example.org") == 1);
}

}  // namespace
}  // namespace stageclock

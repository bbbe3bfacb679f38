// SPDX-License-Identifier: MIT
#pragma once

#include "bot/core/decide.h"
#include "tests/support/calendars.h"

// A made-up case before a small made-up board, for the tests of forms.
namespace stageclock::testing {

struct FormWorld {
    Policy policy;
    Board board;
    Directory directory;
    Calendar calendar{london(), "test", date("2019-01-01"), date("2028-12-31"), bank_holidays()};
    Form form;

    FormWorld() {
        policy.title = "Resolution policy";
        policy.version = "2016";
        policy.stages = {stage("1", "Worker to worker"), stage("2", "Second tier managers"),
                         stage("3", "Senior managers"), stage("4", "Board representatives"),
                         stage("panel", "Mediation panel")};
        policy.duties = {duty("resolve-3", "3", "Resolve stage 3 or escalate", 3),
                         duty("overall", "", "Resolve within five days", 5)};
        policy.reasons = {{"threshold", "Whether the threshold is met", {}}};
        board.id = "example";
        board.name = "Example Safeguarding Board";
        directory.agencies = {{"schools", "Education", {}, {}}, {"social", "Social Care", {}, {}}};
        Post leader;
        leader.id = "service-leader";
        leader.role = "service-leader";
        leader.title = "Service Leader";
        leader.holder = "Robin Example";
        leader.address = "leader@example.org";
        directory.posts = {leader};
        form.id = "monitoring";
        form.layout = "monitoring-form";
        form.stages = {"3", "4"};
        form.return_to = Target{Side::board, "service-leader"};
    }

    Rules rules() const { return {policy, board, directory, calendar}; }

    static Stage stage(const char* id, const char* title) {
        Stage made;
        made.id = id;
        made.title = title;
        return made;
    }
    static Duty duty(const char* id, const char* at_stage, const char* title, int days) {
        Duty made;
        made.id = id;
        made.stage = at_stage;
        made.title = title;
        made.starts = "stage-entered";
        made.due = {Unit::working_days, days};
        return made;
    }
};

// The least a case can be: just raised, nobody named, nothing said.
inline Case minimal_case() {
    Case made;
    made.ref = "EXSB-2026-0001";
    made.stage = "3";
    made.outset = made.raised = utc("2026-12-21T09:00:00Z");
    made.entries = {{"3", made.raised}};
    return made;
}

// Raised on a Thursday before Christmas, at stage 3 since the Tuesday. Every piece of personal
// data and free text begins with SECRET, so that a copy can be searched for it.
inline Case full_case() {
    Case made;
    made.ref = "EXSB-2026-0007";
    made.stage = "3";
    made.outset = utc("2026-12-17T09:00:00Z");
    made.raised = utc("2026-12-17T15:30:00Z");
    made.urgent_since = utc("2026-12-22T10:00:00Z");
    made.facts.subject_name = "SECRET Zuzanna Wójcik";
    made.facts.raising = {"schools", "SECRET Year 7"};
    made.facts.receiving = {"other:SECRET Hand-written Trust", ""};
    made.facts.contacts = {
        {Side::raising, "line-manager", "SECRET Line Person", "SECRET-lp@example.org", ""},
        {Side::raising, "senior-manager", "SECRET Łukasz Śmiałek", "SECRET-ls@example.org", "1"},
        {Side::receiving, "line-manager", "SECRET Priya Example", "SECRET-pe@example.org", ""}};
    made.facts.reason = "threshold";
    made.facts.summary = "SECRET The plan was not shared.";
    made.facts.raising_view = "SECRET The threshold is met.";
    made.facts.wanted = "SECRET A visit this week.";
    made.entries = {
        {"1", made.raised}, {"2", utc("2026-12-18T16:20:00Z")}, {"3", utc("2026-12-22T11:05:00Z")}};
    DutyRun limit;
    limit.duty = "resolve-3";
    limit.started = limit.basis = made.entries[2].at;
    DutyRun overall;
    overall.duty = "overall";
    overall.started = overall.basis = made.outset;
    made.duties = {overall, limit};
    made.tags = {{"strategic-issue", "SECRET remark"}};
    made.log = {{made.raised, "discussed", Side::raising, "SECRET Robin", "telephone",
                 "SECRET Discussed by telephone, no agreement."}};
    return made;
}

}  // namespace stageclock::testing

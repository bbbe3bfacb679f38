// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bot/core/directory.h"
#include "bot/core/policy.h"

// A policy with nothing wrong in it that uses the whole language, for the tests of check().
namespace stageclock::testing {

inline const std::vector<std::string> a_clause{"X-1"};

inline Stage wide_stage(const std::string& id, const std::string& within, const std::string& role) {
    Stage stage;
    stage.id = id;
    stage.procedure = "main";
    stage.within = within;
    stage.title = "Stage " + id;
    stage.actors = {{Side::both, role}};
    stage.clauses = a_clause;
    return stage;
}

inline Duty wide_duty(const std::string& id, const std::string& stage) {
    Duty duty;
    duty.id = id;
    duty.stage = stage;
    duty.starts = "stage-entered";
    duty.due = {Unit::working_days, 5};
    duty.met_by = {"resolved", "escalated"};
    duty.clauses = a_clause;
    return duty;
}

inline Route wide_route(const std::string& id, const char* hours, const std::string& to) {
    Route route;
    route.id = id;
    route.role = "duty-officer";
    route.agency = {"police"};
    route.hours = {*parse_hours(hours)};
    route.to = {{"", to}};
    route.clauses = a_clause;
    return route;
}

// 1 practitioners, 2 managers with a step of the police, 3 a panel which votes for 4.
inline void add_wide_ladder(Policy& policy) {
    policy.stages = {wide_stage("1", "", "practitioner"), wide_stage("2", "", "line-manager"),
                     wide_stage("2-police", "2", "duty-officer"),
                     wide_stage("3", "", "line-manager"), wide_stage("4", "", "line-manager")};
    policy.stages[2].when.agency = {"police"};
    policy.stages[2].actors = {{Side::receiving, "duty-officer"}};
    policy.stages[3].leave_with = {"vote"};
    policy.stages[3].after = "limit-2";
    policy.stages[3].resolve_after = "limit-3";
    policy.stages[4].last = true;
    policy.duties = {wide_duty("limit-1", "1"), wide_duty("limit-2", "2"),
                     wide_duty("limit-3", "3"), wide_duty("answer", "")};
    Duty& limit_3 = policy.duties[2];
    limit_3.due = {Unit::by_agreement, 0};
    limit_3.at_most = Term{Unit::working_days, 10};
    limit_3.met_by = {"vote", "resolved", "deadline-agreed"};
    limit_3.by_priority = {{"critical", {Unit::hours, 4}}};
    Duty& answer = policy.duties[3];
    answer.starts = "sent:share";
    answer.from = "disputed";
    answer.met_by = {"met:limit-1", "reached:2", "priority:critical", "circumstance:flight"};
    answer.form = "record";
    answer.part = "response";
    answer.owed_by = {{Side::board, "inbox"}};
}

inline void add_wide_rows(Policy& policy) {
    policy.events = {{.id = "vote",
                      .title = "Vote",
                      .side = Side::board,
                      .stages = {"3"},
                      .enters = "4",
                      .sets = {"flight"},
                      .needs = {"members"},
                      .members_at_least = 3,
                      .members_flag = "statutory",
                      .uninvolved = true,
                      .clauses = a_clause}};
    policy.routes = {wide_route("day", "07:00-21:00", "sergeant"),
                     wide_route("night", "21:00-07:00", "superintendent")};
    policy.copies = {{.id = "share",
                      .on = "missed:limit-1",
                      .from_stage = "1",
                      .to = {{Side::board, "inbox"}},
                      .text = "A text.",
                      .clauses = a_clause}};
    policy.forms = {{.id = "record",
                     .title = "Record",
                     .layout = "record",
                     .parts = {{"response", "Response", {Side::receiving, "line-manager"}}},
                     .clauses = a_clause}};
    policy.guards = {{.id = "panel",
                      .when = "event:vote",
                      .when_case = {.circumstance = {"flight"}},
                      .stages = {"3"},
                      .text = "A text.",
                      .clauses = a_clause}};
    policy.phrases = {{.id = "marking", .text = "OFFICIAL", .stages = {"1"}, .clauses = a_clause}};
    policy.reports = {{.id = "quarterly",
                       .title = "Quarterly",
                       .to = {{Side::board, "inbox"}},
                       .clauses = a_clause}};
    policy.circumstances = {{.id = "flight", .title = "Flight", .clauses = a_clause}};
    policy.priorities = {{.id = "urgent", .title = "Urgent", .clauses = a_clause},
                         {.id = "critical", .title = "Critical", .clauses = a_clause}};
    policy.areas = {{.id = "north", .title = "North", .clauses = a_clause}};
    policy.reasons = {{.id = "roles", .title = "Roles", .clauses = a_clause}};
}

inline Policy wide_policy() {
    Policy policy;
    policy.clauses = a_clause;
    policy.case_roles = {"line-manager"};
    policy.procedures = {{.id = "main",
                          .title = "Main",
                          .raise_within = Term{Unit::working_days, 20},
                          .raise_roles = {{Side::raising, "line-manager"}},
                          .clauses = a_clause}};
    add_wide_ladder(policy);
    add_wide_rows(policy);
    return policy;
}

inline Post wide_post(const std::string& id, const std::string& agency, const std::string& role) {
    Post post;
    post.id = id;
    post.agency = agency;
    post.role = role;
    post.address = id + "@example.org";
    return post;
}

inline Directory wide_directory() {
    return {"2026",
            {{.id = "met", .name = "Met", .kind = "police"}, {.id = "housing", .name = "Housing"}},
            {wide_post("inbox", "", "inbox"), wide_post("sergeant", "met", "sergeant"),
             wide_post("superintendent", "met", "superintendent")},
            {}};
}

// One thing wrong, and what is said of it.
struct Wrong {
    const char* what;
    std::function<void(Policy&, Directory&)> make;
    const char* where;   // table, id, field
    const char* says;    // part of what is said
    const char* offers;  // part of what is permitted
};

inline bool is_said(const Wrong& wrong, const std::vector<Problem>& problems) {
    for (const Problem& problem : problems) {
        const std::string where = problem.table + " " + problem.id + " " + problem.field;
        if (where == wrong.where && problem.what.find(wrong.says) != std::string::npos &&
            problem.permitted.find(wrong.offers) != std::string::npos) {
            return true;
        }
    }
    return false;
}

inline std::string as_text(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        text += problem.table + " " + problem.id + " " + problem.field + ": " + problem.what +
                ". " + problem.permitted + "\n";
    }
    return text;
}

}  // namespace stageclock::testing

// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "bot/core/directory.h"
#include "bot/core/policy.h"

namespace stageclock {
namespace {

const std::vector<std::string> some_clause{"X-1"};
const Target line_manager{Side::both, "line-manager"};

// A policy with nothing wrong in it: two stages, a limit each, and one of every other row.
Policy sound_policy() {
    Policy policy;
    policy.clauses = some_clause;
    policy.procedures = {{.id = "main", .title = "Main", .clauses = some_clause}};
    policy.stages.resize(2);
    policy.stages[0].id = "1";
    policy.stages[0].actors = {{Side::both, "practitioner"}};
    policy.stages[1].id = "2";
    policy.stages[1].actors = {line_manager};
    policy.stages[1].last = true;
    policy.duties.resize(2);
    for (std::size_t i = 0; i < 2; ++i) {
        policy.stages[i].procedure = "main";
        policy.stages[i].clauses = some_clause;
        policy.duties[i].id = "limit-" + policy.stages[i].id;
        policy.duties[i].stage = policy.stages[i].id;
        policy.duties[i].starts = "stage-entered";
        policy.duties[i].due = {Unit::working_days, 5};
        policy.duties[i].met_by = {"resolved", "escalated"};
        policy.duties[i].clauses = some_clause;
    }
    policy.events = {{.id = "told", .title = "Told", .clauses = some_clause}};
    policy.forms = {{.id = "record",
                     .title = "Record",
                     .layout = "record",
                     .stages = {"2"},
                     .return_to = Target{Side::board, "inbox"},
                     .clauses = some_clause}};
    policy.reasons = {{"roles", "Roles", some_clause}};
    policy.guards = {{.id = "conduct",
                      .kind = GuardKind::signpost,
                      .when = "reason:roles",
                      .text = "Elsewhere.",
                      .clauses = some_clause}};
    Copy copy;
    copy.id = "share";
    copy.on = "missed:limit-1";
    copy.to = {{Side::board, "inbox"}};
    copy.clauses = some_clause;
    policy.copies = {copy};
    return policy;
}

struct Mistake {
    std::string what;
    std::function<void(Policy&)> make;
    const char* where;   // table, id, field
    const char* says;    // part of what is said
    const char* offers;  // part of what is permitted
};

const std::vector<Mistake> mistakes{
    {"a stage of an unknown procedure", [](Policy& p) { p.stages[0].procedure = "mian"; },
     "stage 1 procedure", "unknown procedure \"mian\"", "Did you mean \"main\"?"},
    {"a stage nobody acts at", [](Policy& p) { p.stages[0].actors.clear(); }, "stage 1 actors",
     "nobody acts", "at least one"},
    {"a stage after the last", [](Policy& p) { p.stages[0].last = true; }, "stage 2 id",
     "cannot be reached", "take `last` from \"1\""},
    {"a stage that waits for an unknown duty", [](Policy& p) { p.stages[1].after = "limit-11"; },
     "stage 2 after", "unknown duty", "Did you mean \"limit-1\"?"},
    {"a procedure without stages",
     [](Policy& p) {
         p.procedures.push_back({.id = "other", .title = "Other", .clauses = some_clause});
     },
     "procedure other id", "no stage belongs", "procedure = \"other\""},
    {"a policy without procedures", [](Policy& p) { p.procedures.clear(); }, "policy  procedure",
     "no procedure", "[[procedure]]"},
    {"an unknown event that meets a duty", [](Policy& p) { p.duties[0].met_by = {"resolvd"}; },
     "duty limit-1 met_by", "unknown event \"resolvd\"", "Did you mean \"resolved\"?"},
    {"a duty nobody can meet", [](Policy& p) { p.duties[0].met_by.clear(); }, "duty limit-1 met_by",
     "nobody can meet", "\"resolved\""},
    {"a duty that starts at nothing known", [](Policy& p) { p.duties[0].starts = "tolt"; },
     "duty limit-1 starts", "unknown event", "Did you mean \"told\"?"},
    {"a duty of an unknown stage", [](Policy& p) { p.duties[1].stage = "3"; }, "duty limit-2 stage",
     "unknown stage \"3\"", "\"1\", \"2\""},
    {"a duty counted from an unknown start", [](Policy& p) { p.duties[1].from = "outse"; },
     "duty limit-2 from", "start of the count", "\"outset\""},
    {"a duty with an unknown form", [](Policy& p) { p.duties[1].form = "recrod"; },
     "duty limit-2 form", "unknown form", "Did you mean \"record\"?"},
    {"a missed duty that has no deadline", [](Policy& p) { p.duties[0].due = {}; }, "copy share on",
     "never happens", "another event"},
    {"people told of a miss that cannot be",
     [](Policy& p) {
         p.duties[1].due = {};
         p.duties[1].missed_tells_next = true;
     },
     "duty limit-2 missed_tells", "never missed", "`due`"},
    {"an event awaited from both sides", [](Policy& p) { p.duties[0].met_side = Side::both; },
     "duty limit-1 met_side", "not from \"both\"", "\"raising\""},
    {"a copy to nobody", [](Policy& p) { p.copies[0].to.clear(); }, "copy share to",
     "goes to nobody", "at least one"},
    {"an inbox of a side", [](Policy& p) { p.copies[0].to[0].side = Side::both; }, "copy share to",
     "\"inbox\" is the board's", "board"},
    {"a practitioner of the board", [](Policy& p) { p.stages[0].actors[0].side = Side::board; },
     "stage 1 actors", "the board has no practitioner", "\"both\""},
    {"an own event that every policy has", [](Policy& p) { p.events[0].id = "resolved"; },
     "event resolved id", "every policy has", "another id"},
    {"a form of an unknown stage", [](Policy& p) { p.forms[0].stages = {"9"}; },
     "form record stages", "unknown stage", "\"2\""},
    {"a guard of an unknown reason", [](Policy& p) { p.guards[0].when = "reason:role"; },
     "guard conduct when", "unknown moment", "Did you mean \"reason:roles\"?"},
    {"a rule for an unknown subject", [](Policy& p) { p.duties[0].when.subject = {"adlut"}; },
     "duty limit-1 when", "unknown subject", "Did you mean \"adult\"?"},
    {"a row that names no clause", [](Policy& p) { p.reasons[0].clauses.clear(); },
     "reason roles clauses", "names no clause", "at least one clause"},
    {"two rows of one id", [](Policy& p) { p.duties[1].id = "limit-1"; }, "duty limit-1 id",
     "a second duty", "its own id"},
    {"an id that cannot be written in a key", [](Policy& p) { p.reasons[0].id = "Roles!"; },
     "reason Roles! id", "cannot be used", "lower-case"},
};

TEST_CASE("a sound policy has no problems") { CHECK(check(sound_policy()).empty()); }

TEST_CASE("each mistake of a policy is named with its place and what is permitted") {
    for (const Mistake& mistake : mistakes) {
        CAPTURE(mistake.what);
        Policy policy = sound_policy();
        mistake.make(policy);
        bool said = false;
        for (const Problem& problem : check(policy)) {
            const std::string where = problem.table + " " + problem.id + " " + problem.field;
            said = said || (where == mistake.where &&
                            problem.what.find(mistake.says) != std::string::npos &&
                            problem.permitted.find(mistake.offers) != std::string::npos);
        }
        CHECK(said);
    }
}

TEST_CASE("all problems of a policy are given at once") {
    Policy policy = sound_policy();
    policy.stages[0].actors.clear();
    policy.duties[1].form = "none such";
    policy.copies[0].on = "nothing";
    CHECK(check(policy).size() == 3);
}

Post post(const std::string& id, const std::string& agency, const std::string& role,
          const std::string& address) {
    Post made;
    made.id = id;
    made.agency = agency;
    made.role = role;
    made.address = address;
    return made;
}

Directory full_directory() {
    return {"2026",
            {{.id = "housing", .name = "Housing"}},
            {post("inbox", "", "inbox", "inbox@example.org"),
             post("lead", "housing", "line-manager", "lead@example.org")}};
}

TEST_CASE("a directory that fills every role has no gaps") {
    CHECK(gaps(sound_policy(), full_directory()).empty());
}

TEST_CASE("a post without an address is a gap when a rule needs it, and only then") {
    Directory directory = full_directory();
    directory.posts[1].address.clear();
    directory.posts.push_back(post("other", "housing", "caretaker", ""));
    const auto found = gaps(sound_policy(), directory);
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == "lead");
    CHECK(found[0].field == "address");
}

TEST_CASE("an agency without a post for a role is a gap, unless people on the case fill it") {
    Directory directory = full_directory();
    directory.agencies.push_back({.id = "gp", .name = "GP practice"});
    Policy policy = sound_policy();
    const auto found = gaps(policy, directory);
    REQUIRE(found.size() == 1);
    CHECK(found[0].table == "agency");
    CHECK(found[0].id == "gp");
    policy.case_roles = {"line-manager"};
    CHECK(gaps(policy, directory).empty());
}

TEST_CASE("a board without an inbox is a gap, whatever its rules address") {
    Policy policy = sound_policy();
    policy.copies.clear();
    policy.forms.clear();
    Directory directory = full_directory();
    directory.posts.erase(directory.posts.begin());
    const auto found = gaps(policy, directory);
    REQUIRE(found.size() == 1);
    CHECK(found[0].what.find("\"inbox\"") != std::string::npos);
}

}  // namespace
}  // namespace stageclock

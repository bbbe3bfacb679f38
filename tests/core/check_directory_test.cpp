// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "bot/core/check.h"
#include "tests/core/wide_policy.h"

namespace stageclock {
namespace {

using namespace testing;

const std::vector<Wrong> mistakes{
    {"an alias of two agencies",
     [](Policy&, Directory& d) {
         d.agencies[1].aliases = {"flats", " MET "};
     },
     "agency housing aliases", "\" MET \" is also a name of \"met\"", "one agency alone"},
    {"a name that is another's id", [](Policy&, Directory& d) { d.agencies[1].name = "met"; },
     "agency housing name", "also a name", "one agency alone"},
    {"a condition of no agency",
     [](Policy& p, Directory&) { p.stages[2].when.agency = {"polise"}; }, "step 2-police when",
     "unknown agency", "Did you mean \"police\"?"},
    {"a guard of no agency",
     [](Policy& p, Directory&) { p.guards[0].when_case.raising_agency = {"housng"}; },
     "guard panel when_case", "unknown agency", "Did you mean \"housing\"?"},
    {"a route of no agency", [](Policy& p, Directory&) { p.routes[0].agency = {"polic"}; },
     "route day agency", "unknown agency", "Did you mean \"police\"?"},
    {"a route to no agency", [](Policy& p, Directory&) { p.routes[0].to[0].agency = "mett"; },
     "route day to", "unknown agency", "Did you mean \"met\"?"},
    {"a route to a kind of agency",
     [](Policy& p, Directory&) {
         p.routes[0].else_to = {{"police", "sergeant"}};
     },
     "route day else_to", "unknown agency \"police\"", "\"board\""},
    {"a duty for agencies its step is not for",
     [](Policy& p, Directory&) {
         p.duties[0].stage = "2-police";
         p.duties[0].when.agency = {"housing"};
     },
     "duty limit-1 when", "for other agencies", "here or there"},
    {"a deputy that is none", [](Policy&, Directory& d) { d.posts[1].deputy = "sargeant"; },
     "post sergeant deputy", "unknown post", "Did you mean \"sergeant\"?"},
    {"a post that is its own deputy", [](Policy&, Directory& d) { d.posts[1].deputy = "sergeant"; },
     "post sergeant deputy", "its own deputy", "another post"},
    {"a post of no area", [](Policy&, Directory& d) { d.posts[1].area = {"nord"}; },
     "post sergeant area", "unknown area", "\"north\""},
    {"a post of no subject", [](Policy&, Directory& d) { d.posts[1].subject = {"chid"}; },
     "post sergeant subject", "unknown subject", "Did you mean \"child\"?"},
    {"a post of no status",
     [](Policy& p, Directory& d) {
         p.case_status = {"open"};
         d.posts[1].case_status = {"opne"};
     },
     "post sergeant case_status", "unknown case status", "Did you mean \"open\"?"},
    {"an agency that answers for itself",
     [](Policy&, Directory& d) {
         d.delegates = {{"met", "lead", "met", "", {}}};
     },
     "delegate 1 to", "answers for itself", "another agency"},
};

const std::vector<Wrong> open_gaps{
    {"a post without an address", [](Policy&, Directory& d) { d.posts[1].address = ""; },
     "post sergeant address", "no address is known", "board's inbox"},
    {"a required post without an address",
     [](Policy&, Directory& d) {
         d.posts.push_back(wide_post("clerk", "", "clerk"));
         d.posts.back().address = "";
         d.posts.back().required = true;
     },
     "post clerk address", "the board needs it", "does not start"},
    {"a route to a role no post has", [](Policy&, Directory& d) { d.posts.pop_back(); },
     "agency met post", "the role \"superintendent\" of route \"night\"", "[[post]]"},
    {"a role filled for some cases only",
     [](Policy& p, Directory& d) {
         p.case_status = {"open", "new"};
         d.posts[1].case_status = {"new"};
     },
     "post sergeant case_status", "the role \"sergeant\" for the case status \"open\"", "[[post]]"},
    {"a role filled for some local boards only",
     [](Policy& p, Directory& d) {
         p.areas.push_back({.id = "south", .title = "South", .clauses = a_clause});
         d.posts[0].area = {"north"};
     },
     "post inbox area", "the role \"inbox\" for the area \"south\"", "[[post]]"},
    {"a board role without a post",
     [](Policy& p, Directory&) { p.reports[0].to[0].role = "chair"; }, "directory  post",
     "the role \"chair\"", "without agency"},
    {"nobody stands in",
     [](Policy&, Directory& d) {
         d.posts[1].absent = {{Date{}, Date{}}};
     },
     "post sergeant absent", "nobody stands in", "`deputy`"},
    {"an agency that answers without a post",
     [](Policy&, Directory& d) {
         d.delegates = {{"met", "nurse", "housing", "lead", {}}};
     },
     "delegate 1 to_role", "\"housing\" has no post of the role \"lead\"", "[[post]]"},
    {"a kind no agency is of",
     [](Policy& p, Directory&) { p.copies[0].when.agency = {"university"}; }, "copy share when",
     "\"university\"", "until one is added"},
    {"a form nobody gets back",
     [](Policy& p, Directory&) {
         p.duties[3].owed_by = {{Side::raising, "practitioner"}};
     },
     "form record return_to", "the duty \"answer\"", "stays with the agencies"},
    {"a count from a day nobody must give",
     [](Policy& p, Directory&) { p.procedures[0].raise_within.reset(); }, "duty answer from",
     "does not date the decision", "`raise_within`"},
};

TEST_CASE("a directory that fills every role has neither problems nor gaps") {
    CHECK(as_text(check(wide_policy(), wide_directory())) == "");
    CHECK(as_text(gaps(wide_policy(), wide_directory())) == "");
}

TEST_CASE("each mistake of a directory is named with its place") {
    for (const Wrong& wrong : mistakes) {
        Policy policy = wide_policy();
        Directory directory = wide_directory();
        wrong.make(policy, directory);
        const auto problems = check(policy, directory);
        CHECK_MESSAGE(is_said(wrong, problems), wrong.what << "\n" << as_text(problems));
    }
}

TEST_CASE("what is not known yet is a gap and no problem") {
    for (const Wrong& wrong : open_gaps) {
        Policy policy = wide_policy();
        Directory directory = wide_directory();
        wrong.make(policy, directory);
        const auto found = gaps(policy, directory);
        CHECK_MESSAGE(is_said(wrong, found), wrong.what << "\n" << as_text(found));
        CHECK(as_text(check(policy, directory)) == "");
    }
}

TEST_CASE("a second choice with an address makes up for a first nobody is known for") {
    Policy policy = wide_policy();
    Directory directory = wide_directory();
    directory.posts.pop_back();
    policy.routes[1].else_to = {{"", "sergeant"}};
    CHECK(as_text(gaps(policy, directory)) == "");
    directory.posts[1].address = "";
    CHECK(as_text(gaps(policy, directory)).find("superintendent") != std::string::npos);
}

TEST_CASE("an agency lacks no role another one answers for") {
    Policy policy = wide_policy();
    policy.stages[0].joins = {{Side::both, "nurse"}};
    Directory directory = wide_directory();
    directory.posts.push_back(wide_post("nurse", "met", "nurse"));
    CHECK(as_text(gaps(policy, directory)).find("agency housing post") == 0);
    directory.delegates = {{"housing", "nurse", "met", "", {}}};
    CHECK(as_text(gaps(policy, directory)) == "");
}

TEST_CASE("only agencies a rule can ask must fill its role") {
    Policy policy = wide_policy();
    policy.copies[0].to = {{Side::receiving, "nurse"}};
    policy.copies[0].when.agency = {"police"};
    const std::string text = as_text(gaps(policy, wide_directory()));
    CHECK(text.find("agency met post: no post fills the role \"nurse\"") != std::string::npos);
    CHECK(text.find("agency housing") == std::string::npos);
}

}  // namespace
}  // namespace stageclock

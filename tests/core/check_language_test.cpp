// SPDX-License-Identifier: MIT
//
// Every name of the language must lead somewhere, every rung be within reach, every duty be one
// that begins and that somebody can meet.
#include <doctest/doctest.h>

#include "tests/core/wide_policy.h"

namespace stageclock {
namespace {

using namespace testing;

const std::vector<Wrong> names{
    {"a next stage that is none", [](Policy& p, Directory&) { p.stages[0].next = "22"; },
     "stage 1 next", "unknown stage \"22\"", "\"1\", \"2\""},
    {"a stage that leads to itself", [](Policy& p, Directory&) { p.stages[0].next = "1"; },
     "stage 1 next", "itself", "another stage"},
    {"a stage left by no event", [](Policy& p, Directory&) { p.stages[3].leave_with = {"vole"}; },
     "stage 3 leave_with", "unknown event \"vole\"", "Did you mean \"vote\"?"},
    {"a stage left by an event that goes nowhere",
     [](Policy& p, Directory&) { p.events[0].enters = ""; }, "stage 3 leave_with",
     "enters no stage", "`enters` or `closes`"},
    {"a stage left by an event of another stage",
     [](Policy& p, Directory&) { p.events[0].stages = {"1"}; }, "stage 3 leave_with",
     "cannot be reported at this stage", "`stages`"},
    {"a stage that waits for its own duty",
     [](Policy& p, Directory&) { p.stages[1].after = "limit-2"; }, "stage 2 after",
     "cannot be met before", "earlier stage"},
    {"a resolution that waits for no duty",
     [](Policy& p, Directory&) { p.stages[3].resolve_after = "limit3"; }, "stage 3 resolve_after",
     "unknown duty", "Did you mean \"limit-3\"?"},
    {"a step of no stage", [](Policy& p, Directory&) { p.stages[2].within = "9"; },
     "step 2-police stage", "unknown stage \"9\"", "\"1\", \"2\", \"3\", \"4\""},
    {"a step of a step",
     [](Policy& p, Directory&) {
         p.stages.insert(p.stages.begin() + 3, wide_stage("2-x", "2-police", "practitioner"));
     },
     "step 2-x stage", "itself a step", "\"2\""},
    {"a step named like a stage", [](Policy& p, Directory&) { p.stages[2].id = "3"; }, "stage 3 id",
     "a second stage has the id \"3\"", "its own id"},
    {"a condition of no circumstance",
     [](Policy& p, Directory&) { p.stages[2].when.circumstance = {"fligt"}; }, "step 2-police when",
     "unknown circumstance", "Did you mean \"flight\"?"},
    {"a condition of no level",
     [](Policy& p, Directory&) { p.duties[0].when.priority = {"critcal"}; }, "duty limit-1 when",
     "unknown level of urgency", "\"standard\", \"urgent\", \"critical\""},
    {"a condition of no area", [](Policy& p, Directory&) { p.copies[0].when.area = {"nord"}; },
     "copy share when", "unknown area", "\"north\""},
    {"a condition of no reason", [](Policy& p, Directory&) { p.routes[0].when.reason = {"role"}; },
     "route day when", "unknown reason", "Did you mean \"roles\"?"},
    {"a condition of no procedure",
     [](Policy& p, Directory&) { p.guards[0].when_case.procedure = {"mian"}; },
     "guard panel when_case", "unknown procedure", "\"main\""},
    {"a condition of no tag", [](Policy& p, Directory&) { p.duties[3].when.tag = {"learnin"}; },
     "duty answer when", "unknown tag", "Did you mean \"learning\"?"},
    {"a term of no level",
     [](Policy& p, Directory&) { p.duties[2].by_priority[0].level = "urgnt"; },
     "duty limit-3 by_priority", "unknown level of urgency", "Did you mean \"urgent\"?"},
    {"an event that sets nothing known",
     [](Policy& p, Directory&) { p.events[0].sets = {"fright"}; }, "event vote sets",
     "unknown circumstance", "Did you mean \"flight\"?"},
    {"an event that clears nothing known",
     [](Policy& p, Directory&) { p.events[0].clears = {"x"}; }, "event vote clears",
     "unknown circumstance", "\"flight\""},
    {"an event of no stage",
     [](Policy& p, Directory&) {
         p.events[0].stages = {"3", "5a"};
     },
     "event vote stages", "unknown stage", "\"3\""},
    {"an event that needs what nobody can give",
     [](Policy& p, Directory&) { p.events[0].needs.push_back("form"); }, "event vote needs",
     "unknown need \"form\"", "\"members\""},
    {"a flag nobody must carry", [](Policy& p, Directory&) { p.events[0].members_at_least = 0; },
     "event vote members_flag", "no members", "members_at_least"},
    {"an uninvolved nobody",
     [](Policy& p, Directory&) {
         p.events[0].members_at_least = 0;
         p.events[0].needs.clear();
     },
     "event vote uninvolved", "no members", "\"members\""},
    {"an event that enters and closes", [](Policy& p, Directory&) { p.events[0].closes = true; },
     "event vote closes", "enters a stage", "`enters` or `closes`"},
    {"words of a notice that is none",
     [](Policy& p, Directory&) { p.duties[3].starts = "sent:shared"; }, "duty answer starts",
     "unknown event", "Did you mean \"sent:share\"?"},
    {"a level that is none", [](Policy& p, Directory&) { p.copies[0].on = "priority:high"; },
     "copy share on", "unknown event", "\"priority:urgent\""},
    {"a list that grows from no stage", [](Policy& p, Directory&) { p.copies[0].from_stage = "0"; },
     "copy share from_stage", "unknown stage", "\"1\""},
    {"a list for one stage and from a stage on",
     [](Policy& p, Directory&) { p.copies[0].stage = "2"; }, "copy share from_stage",
     "beside `stage`", "one of the two"},
    {"a copy of no procedure", [](Policy& p, Directory&) { p.copies[0].procedure = "mian"; },
     "copy share procedure", "unknown procedure", "Did you mean \"main\"?"},
    {"a part the form does not have", [](Policy& p, Directory&) { p.duties[3].part = "respons"; },
     "duty answer part", "unknown part", "Did you mean \"response\"?"},
    {"a part of no form", [](Policy& p, Directory&) { p.duties[3].form = ""; }, "duty answer part",
     "no form", "`form`"},
    {"two parts of one name",
     [](Policy& p, Directory&) { p.forms[0].parts.push_back(p.forms[0].parts[0]); },
     "form record part", "a second part", "its own id"},
    {"the longest of no agreement",
     [](Policy& p, Directory&) {
         p.duties[2].due = {Unit::working_days, 3};
     },
     "duty limit-3 at_most", "\"3 working days\"", "\"by agreement\""},
    {"a guard of no event", [](Policy& p, Directory&) { p.guards[0].when = "event:votes"; },
     "guard panel when", "unknown moment", "Did you mean \"event:vote\"?"},
    {"a guard at no stage", [](Policy& p, Directory&) { p.guards[0].stages = {"33"}; },
     "guard panel stages", "unknown stage", "\"3\""},
    {"a phrase at no stage", [](Policy& p, Directory&) { p.phrases[0].stages = {"11"}; },
     "phrase marking stages", "unknown stage", "\"1\""},
    {"a report to nobody", [](Policy& p, Directory&) { p.reports[0].to.clear(); },
     "report quarterly to", "goes to nobody", "at least one"},
    {"a report to a practitioner of the board",
     [](Policy& p, Directory&) { p.reports[0].to[0].role = "practitioner"; }, "report quarterly to",
     "the board has no practitioner", "\"both\""},
    {"a raise that names somebody of the board",
     [](Policy& p, Directory&) { p.procedures[0].raise_roles[0].side = Side::board; },
     "procedure main raise_roles", "nobody of the board", "\"raising\""},
    {"a route nobody asks for", [](Policy& p, Directory&) { p.routes[0].role = "duty-oficer"; },
     "route day role", "no rule asks for", "Did you mean \"duty-officer\"?"},
    {"a route to nobody", [](Policy& p, Directory&) { p.routes[1].to.clear(); }, "route night to",
     "leads to nobody", "at least one"},
    {"a level called standard", [](Policy& p, Directory&) { p.priorities[0].id = "standard"; },
     "priority standard id", "without a row", "Leave the row out"},
};

const std::vector<Wrong> never_happens{
    {"a step after one every case comes to",
     [](Policy& p, Directory&) {
         p.stages[2].when = {};
         p.stages[2].last = true;
         p.stages.insert(p.stages.begin() + 3, wide_stage("2-x", "2", "practitioner"));
     },
     "step 2-x id", "cannot be reached", "take `last` from \"2-police\""},
    {"a branch no event enters", [](Policy& p, Directory&) { p.events[0].enters = "1"; },
     "stage 4 id", "left by events only", "\"vote\" enter it"},
    {"a stage the one before passes by", [](Policy& p, Directory&) { p.stages[0].next = "3"; },
     "stage 2 id", "goes on to \"3\"", "`next`"},
    {"a step for another procedure",
     [](Policy& p, Directory&) {
         p.procedures.push_back({.id = "other", .title = "Other", .clauses = a_clause});
         p.stages.push_back(wide_stage("x", "", "practitioner"));
         p.stages.back().procedure = "other";
         p.stages[2].when.procedure = {"other"};
     },
     "step 2-police when", "belongs to the procedure \"main\"", "`procedure`"},
    {"a step for cases its stage is not for",
     [](Policy& p, Directory&) {
         p.stages[1].when.urgent = false;
         p.stages[2].when.priority = {"critical"};
     },
     "step 2-police when", "for other cases (priority)", "here or there"},
    {"a condition that contradicts itself",
     [](Policy& p, Directory&) {
         p.stages[2].when = {.circumstance = {"flight"}, .not_circumstance = {"flight"}};
     },
     "step 2-police when", "it excludes", "`not_circumstance`"},
    {"urgent, at the level standard",
     [](Policy& p, Directory&) {
         p.duties[0].when.priority = {"standard"};
         p.duties[0].when.urgent = true;
     },
     "duty limit-1 when", "never holds", "one of the two"},
    {"a duty that begins with an event of another stage",
     [](Policy& p, Directory&) { p.duties[0].starts = "vote"; }, "duty limit-1 starts",
     "\"vote\" belongs to other stages: \"3\"", "stage lasts"},
    {"a duty the wrong side would have to begin",
     [](Policy& p, Directory&) {
         p.duties[2].starts = "vote";
         p.duties[2].starts_side = Side::raising;
     },
     "duty limit-3 starts", "for the board to report", "an event"},
    {"a duty met at another stage only",
     [](Policy& p, Directory&) { p.duties[0].met_by = {"vote"}; }, "duty limit-1 met_by",
     "belongs to other stages", "while the duty runs"},
    {"a duty met by the wrong side",
     [](Policy& p, Directory&) {
         p.events[0].side = Side::raising;
         p.duties[2].met_side = Side::receiving;
     },
     "duty limit-3 met_by", "for the raising side to report", "while the duty runs"},
    {"a duty two of which wait for each other",
     [](Policy& p, Directory&) {
         p.duties[0].met_by = {"met:limit-2"};
         p.duties[1].met_by = {"met:limit-1"};
     },
     "duty limit-1 met_by", "nobody can meet this duty", "\"resolved\""},
    {"a duty met by a stage long passed",
     [](Policy& p, Directory&) { p.duties[2].met_by = {"reached:1"}; }, "duty limit-3 met_by",
     "\"1\" is a stage before \"3\"", "while the duty runs"},
    {"escalation from the last stage",
     [](Policy& p, Directory&) {
         p.duties[0].stage = "4";
         p.duties[0].met_by = {"escalated"};
     },
     "duty limit-1 met_by", "nobody can meet this duty", "at its stage"},
    {"a copy of what happens before its list begins",
     [](Policy& p, Directory&) {
         p.events.push_back({.id = "talk", .title = "Talk", .stages = {"1"}, .clauses = a_clause});
         p.copies[0].on = "talk";
         p.copies[0].from_stage = "2";
     },
     "copy share on", "belongs to stages before \"2\"", "stands at its stage"},
    {"a circumstance no event sets",
     [](Policy& p, Directory&) {
         p.events[0].sets.clear();
         p.copies[0].on = "circumstance:flight";
     },
     "copy share on", "stated at the raise", "happens"},
    {"the notice of a duty nobody is told of",
     [](Policy& p, Directory&) {
         p.duties[0].announce = false;
         p.duties[0].due = {};
         p.copies[0].on = "sent:limit-1";
     },
     "copy share on", "nobody is told of the duty", "happens"},
    {"an agreement nobody can make",
     [](Policy& p, Directory&) {
         p.duties[2].due = {Unit::hours, 1};
     },
     "duty limit-3 met_by", "no duty is due \"by agreement\"", "while the duty runs"},
};

TEST_CASE("a policy that uses the whole language has no problems") {
    CHECK(as_text(check(wide_policy())) == "");
}

TEST_CASE("each name that points nowhere is said with the nearest one") {
    for (const Wrong& wrong : names) {
        Policy policy = wide_policy();
        Directory directory = wide_directory();
        wrong.make(policy, directory);
        const auto problems = check(policy);
        CHECK_MESSAGE(is_said(wrong, problems), wrong.what << "\n" << as_text(problems));
    }
}

TEST_CASE("what can never happen is said with the reason") {
    for (const Wrong& wrong : never_happens) {
        Policy policy = wide_policy();
        Directory directory = wide_directory();
        wrong.make(policy, directory);
        const auto problems = check(policy);
        CHECK_MESSAGE(is_said(wrong, problems), wrong.what << "\n" << as_text(problems));
    }
}

TEST_CASE("a stage that can be skipped to is within reach, whatever stands before it") {
    Policy policy = wide_policy();
    policy.events[0].enters = "1";
    policy.stages[4].skip_to_with = "immediate harm";
    CHECK(as_text(check(policy)) == "");
}

TEST_CASE("stages for some cases lead on to the next one for the others") {
    Policy policy = wide_policy();
    policy.stages[0].when.agency = {"elsewhere"};
    policy.stages[0].last = true;
    CHECK(as_text(check(policy)) == "");
}

}  // namespace
}  // namespace stageclock

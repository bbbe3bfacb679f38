// SPDX-License-Identifier: MIT
//
// A form that comes back: what it meets, what it starts and what it may not do.
#include <doctest/doctest.h>

#include "bot/core/form_layout.h"
#include "tests/support/small_policy.h"

namespace stageclock {
namespace {

using testing::Bench;
using testing::raise_update;
using testing::update_of;
using testing::utc;

constexpr const char* form_id = "record";

Update returned(const std::string& outcome, bool resolves = false, const std::string& part = "") {
    Update update = update_of(UpdateKind::return_form);
    update.by.side = Side::receiving;
    update.returned.form = form_id;
    update.returned.part = part;
    update.returned.values = {{"agreed", outcome}};
    update.returned.used = {{std::string(to_text(FieldUse::outcome)), outcome}};
    update.resolves = resolves;
    return update;
}

// The small policy with a form from stage 2 on, asked for there and again once the case is
// resolved without it.
Bench with_form() {
    Bench bench;
    Form form;
    form.id = form_id;
    form.title = "Record";
    form.layout = "record";
    form.stages = {"2"};
    form.parts = {{"answer", "The answer", {Side::receiving, "line-manager"}}};
    form.clauses = {"SMALL-9"};
    bench.small.policy.forms = {form};
    Duty due;
    due.id = "form-back";
    due.title = "Record sent back";
    due.starts = "resolved";
    due.due = {Unit::working_days, 2};
    due.owed_by = {{Side::raising, "practitioner"}};
    due.met_by = {"form-returned:record"};
    due.when.stage = {"2"};
    due.when.form_missing = {form_id};
    due.form = form_id;
    bench.small.policy.duties.push_back(due);
    bench.at("2026-06-01T09:00:00Z", raise_update());
    return bench;
}

const DutyRun* run_of(const Bench& bench, const std::string& id) {
    const DutyRun* found = nullptr;
    for (const DutyRun& run : bench.the_case.duties) {
        if (run.duty == id) found = &run;
    }
    return found;
}

void escalate(Bench& bench, const std::string& at) {
    Update up = update_of(UpdateKind::escalate);
    up.text = "no agreement";
    bench.at(at, up);
}

TEST_CASE("a form cannot come back before a stage that uses it") {
    Bench bench = with_form();
    const Verdict verdict = accept(bench.the_case, bench.small.rules(), returned("x"),
                                   utc("2026-06-01T10:00:00Z"));
    REQUIRE(verdict.refusal);
    CHECK(verdict.events.empty());
    CHECK(verdict.refusal->reason == Refused::unknown_form);
    CHECK(verdict.refusal->what.find("not in use before stage 2") != std::string::npos);
}

TEST_CASE("a case resolved without its form is asked for it, and the form meets that") {
    Bench bench = with_form();
    escalate(bench, "2026-06-02T09:00:00Z");
    Update done = update_of(UpdateKind::resolve);
    done.text = "agreed";
    bench.at("2026-06-03T09:00:00Z", done);
    const DutyRun* run = run_of(bench, "form-back");
    REQUIRE(run != nullptr);
    CHECK(run->state == DutyRun::State::running);
    bench.at("2026-06-04T09:00:00Z", returned("A visit"));
    CHECK(run_of(bench, "form-back")->state == DutyRun::State::met);
    REQUIRE(bench.the_case.returned.size() == 1);
    CHECK(bench.the_case.returned[0].form.use("outcome") == "A visit");
    CHECK(bench.the_case.returned[0].at == utc("2026-06-04T09:00:00Z"));
}

TEST_CASE("a form that resolves the case leaves nothing to be asked for") {
    Bench bench = with_form();
    escalate(bench, "2026-06-02T09:00:00Z");
    bench.at("2026-06-03T09:00:00Z", returned("A visit on Monday", true));
    CHECK(bench.the_case.status == Status::resolved);
    CHECK(bench.the_case.outcome == "A visit on Monday");
    CHECK(run_of(bench, "form-back") == nullptr);
}

TEST_CASE("a form without an outcome does not resolve a case") {
    Bench bench = with_form();
    escalate(bench, "2026-06-02T09:00:00Z");
    Update empty = returned("", true);
    empty.returned.used.clear();
    CHECK(bench.refusal("2026-06-03T09:00:00Z", empty) == Refused::missing_field);
}

TEST_CASE("a form of the stage before does not stand for that of this stage") {
    Bench bench = with_form();
    bench.small.policy.forms[0].stages = {"1", "2"};
    bench.at("2026-06-01T10:00:00Z", returned("at stage 1"));
    escalate(bench, "2026-06-02T09:00:00Z");
    Update done = update_of(UpdateKind::resolve);
    done.text = "agreed";
    bench.at("2026-06-03T09:00:00Z", done);
    CHECK(run_of(bench, "form-back") != nullptr);
}

TEST_CASE("a rule may wait for one part of a form") {
    Bench bench = with_form();
    bench.small.policy.duties.back().starts = "stage-entered";
    bench.small.policy.duties.back().stage = "2";
    bench.small.policy.duties.back().met_by = {"form-returned:record/answer"};
    escalate(bench, "2026-06-02T09:00:00Z");
    bench.at("2026-06-03T09:00:00Z", returned("x"));
    CHECK(run_of(bench, "form-back")->state == DutyRun::State::running);
    bench.at("2026-06-03T10:00:00Z", returned("x", false, "answer"));
    CHECK(run_of(bench, "form-back")->state == DutyRun::State::met);
}

}  // namespace
}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

constexpr const char* friday = "2026-06-05T10:00:00Z";

TEST_CASE("a raise is refused with the field, what is permitted and the nearest name") {
    Bench bench;
    struct Row {
        const char* what;
        void (*spoil)(Update&);
        Refused reason;
        const char* field;
        const char* says;
    };
    const Row rows[] = {
        {"another board", [](Update& u) { u.board = "other"; }, Refused::unknown_board,
         "/data/board", "No such board"},
        {"a misspelt agency", [](Update& u) { u.facts.raising.agency = "Huosing"; },
         Refused::unknown_agency, "/data/raising/agency", "Did you mean \"Housing\"?"},
        {"no agency", [](Update& u) { u.facts.receiving.agency.clear(); }, Refused::missing_field,
         "/data/receiving/agency", "Name the agency"},
        {"one agency on both sides", [](Update& u) { u.facts.receiving.agency = "homes"; },
         Refused::same_agency, "/data/receiving/agency", "Both sides"},
        {"no summary", [](Update& u) { u.facts.summary.clear(); }, Refused::missing_field,
         "/data/summary", "what the disagreement is about"},
        {"an unknown stage", [](Update& u) { u.facts.stage = "9"; }, Refused::unknown_stage,
         "/data/stage", "\"1\", \"2\", \"3\""},
        {"a start at a higher stage", [](Update& u) { u.facts.stage = "2"; },
         Refused::skip_not_permitted, "/data/stage", "first stage"},
        {"an unknown procedure", [](Update& u) { u.facts.procedure = "conference"; },
         Refused::unknown_procedure, "/data/procedure", "\"main\""},
        {"a subject the board does not take", [](Update& u) { u.facts.subject_kind = "adult"; },
         Refused::unknown_subject, "/data/subject/kind", "\"child\""},
        {"an address that is none",
         [](Update& u) { u.facts.contacts.back().address = "c@school.example.org, d@x"; },
         Refused::malformed_field, "/data/receiving/contacts", "name@example.org"},
        {"nobody to answer to", [](Update& u) { u.facts.contacts.erase(u.facts.contacts.begin()); },
         Refused::missing_field, "/data/raising/practitioner/email", "email address"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        Update update = raise_update();
        row.spoil(update);
        const Verdict verdict = accept(bench.the_case, bench.small.rules(), update, utc(friday));
        REQUIRE(verdict.refusal.has_value());
        CHECK(verdict.events.empty());
        CHECK(verdict.refusal->reason == row.reason);
        CHECK(verdict.refusal->field == row.field);
        CHECK(verdict.refusal->what.find(row.says) != std::string::npos);
    }
}

TEST_CASE("an agency outside the directory is taken only when written as another organisation") {
    Bench bench;
    Update update = raise_update();
    update.facts.receiving.agency = "other:Harbour Youth Club";
    bench.at(friday, update);
    CHECK(bench.the_case.facts.receiving.agency == "other:Harbour Youth Club");
}

TEST_CASE("where the policy allows it a case starts at a higher stage, with its reason") {
    Bench bench;
    bench.small.policy.stages[1].skip_to_with = "immediate-harm";
    Update update = raise_update();
    update.facts.stage = "2";
    CHECK(bench.refusal(friday, update) == Refused::skip_needs_reason);
    update.facts.skip_reason = "The risk is now.";
    bench.at(friday, update);
    CHECK(bench.the_case.stage == "2");
    CHECK(bench.told(Reason::stage_entered, "line-manager@housing.example.org") == 1);
    CHECK(bench.told(Reason::challenge_received, "line-manager@school.example.org") == 1);
}

TEST_CASE("the last stage cannot be escalated, an earlier one cannot be entered again") {
    Bench bench;
    bench.at(friday, raise_update());
    Update to_two = update_of(UpdateKind::escalate);
    bench.at("2026-06-08T10:00:00Z", to_two);
    to_two.stage = "2";
    CHECK(bench.refusal("2026-06-09T10:00:00Z", to_two) == Refused::stage_not_ahead);
    to_two.stage = "three";
    CHECK(bench.refusal("2026-06-09T10:00:00Z", to_two) == Refused::unknown_stage);
    bench.at("2026-06-09T10:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.refusal("2026-06-10T10:00:00Z", update_of(UpdateKind::escalate)) ==
          Refused::last_stage);
}

TEST_CASE("a stage cannot have been left before it was entered") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    Update early = update_of(UpdateKind::escalate);
    early.happened = utc("2026-06-08T09:00:00Z");
    CHECK(bench.refusal("2026-06-10T10:00:00Z", early) == Refused::malformed_field);
}

TEST_CASE("the same escalation reported by both sides moves the case once") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.refusal("2026-06-08T10:20:00Z", update_of(UpdateKind::escalate)) ==
          Refused::stage_not_ahead);
    Update on_purpose = update_of(UpdateKind::escalate);
    on_purpose.stage = "3";
    bench.at("2026-06-08T10:25:00Z", on_purpose);
    CHECK(bench.the_case.stage == "3");
}

TEST_CASE("an update that needs words is refused without them") {
    Bench bench;
    bench.at(friday, raise_update());
    for (const UpdateKind kind : {UpdateKind::resolve, UpdateKind::discuss, UpdateKind::decide}) {
        CHECK(bench.refusal("2026-06-08T10:00:00Z", update_of(kind, "")) == Refused::missing_field);
    }
}

TEST_CASE("a stage that follows an outcome cannot be entered before the outcome is recorded") {
    Bench bench;
    Duty meeting = limit("2");
    meeting.id = "meeting";
    meeting.met_by = {"decided", "resolved"};
    bench.small.policy.duties[1] = meeting;
    bench.small.policy.stages[2].after = "meeting";
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.refusal("2026-06-09T10:00:00Z", update_of(UpdateKind::escalate)) ==
          Refused::outcome_missing);
    bench.at("2026-06-09T11:00:00Z", update_of(UpdateKind::decide));
    bench.at("2026-06-09T12:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.the_case.stage == "3");
}

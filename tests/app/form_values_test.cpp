// SPDX-License-Identifier: MIT
#include "bot/app/form_values.h"

#include <doctest/doctest.h>

#include "tests/adapters/form/form_case.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

const Instant christmas_eve = utc("2026-12-24T12:00:00Z");

FormValues values_of(const Case& the_case, Audience audience = Audience::officer,
                     Instant now = christmas_eve) {
    const FormWorld world;
    return form_values(world.form, the_case, world.rules(), now, audience);
}

Case resolved(Instant when) {
    Case made = full_case();
    made.status = Status::resolved;
    made.closed = when;
    made.outcome = "SECRET A visit was agreed.";
    return made;
}

bool holds(const std::string& text, const std::string& part) {
    CAPTURE(text);
    CAPTURE(part);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an officer's form is filled in from the case") {
    auto form = values_of(full_case());
    CHECK(form.layout == "monitoring-form");
    CHECK(form.reference == "EXSB-2026-0007");
    CHECK(form.made == christmas_eve);
    CHECK(form.subtitle == "Opened at stage 3, as of Thursday 24 December 2026 at 12:00");
    CHECK(form.values["subject"] == "SECRET Zuzanna Wójcik");
    CHECK(form.values["summary"] ==
          "SECRET The plan was not shared.\n\n"
          "View of Education, SECRET Year 7, the raising side: SECRET The threshold is met.\n\n"
          "View of SECRET Hand-written Trust, the receiving side: not recorded yet");
    CHECK(form.values["reason"] == "Whether the threshold is met");
    CHECK(form.values["policy"] == "Resolution policy, version 2016");
    CHECK(holds(form.values["contacts"],
                "Raising side, senior manager: SECRET Łukasz Śmiałek, SECRET-ls@example.org, 1"));
    CHECK(form.values["return_to.post"] == "Service Leader");
    CHECK(form.values["return_to.person"] == "Robin Example, leader@example.org");
}

TEST_CASE("the outcome of an open case says how it moved on and what was said") {
    CHECK(values_of(full_case()).values["agreed_outcome"] ==
          "Not resolved at stage 1: moved to stage 2 on Friday 18 December 2026 at 16:20\n"
          "Not resolved at stage 2: moved to stage 3 on Tuesday 22 December 2026 at 11:05\n"
          "– Thursday 17 December 2026 at 15:30, discussed by telephone, raising side "
          "(SECRET Robin): SECRET Discussed by telephone, no agreement.");
    CHECK(values_of(full_case()).values["outcome"].empty());
}

TEST_CASE("a senior manager signs for a side, a line manager where there is none") {
    auto form = values_of(full_case());
    CHECK(form.values["initiating.name"] == "SECRET Łukasz Śmiałek");
    CHECK(form.values["initiating.designation"] == "Senior manager");
    CHECK(form.values["receiving.name"] == "SECRET Priya Example");
    CHECK(form.values["receiving.designation"] == "Line manager");
    CHECK_FALSE(form.values.contains("initiating.date"));
}

TEST_CASE("the senior manager named last signs") {
    Case changed = full_case();
    changed.facts.contacts.push_back(
        {Side::raising, "senior-manager", "SECRET New Person", "SECRET-np@example.org", ""});
    CHECK(values_of(changed).values["initiating.name"] == "SECRET New Person");
}

TEST_CASE("a copy for a board or a chat has no name and no free text, and says where they are") {
    for (const Audience audience : {Audience::board, Audience::chat}) {
        for (const Case& the_case : {full_case(), resolved(utc("2026-12-23T12:00:00Z"))}) {
            auto form = values_of(the_case, audience);
            for (const auto& [id, value] : form.values) {
                CAPTURE(id);
                CHECK(value.find("SECRET") == std::string::npos);
            }
            CHECK(form.subtitle.find("SECRET") == std::string::npos);
            CHECK(form.values["subject"] ==
                  "Withheld on this copy: held by the agencies under reference EXSB-2026-0007");
            CHECK(form.values["initiating.name"] == "Withheld on this copy");
            CHECK(form.values["initiating.agency"] == "Education");
            CHECK(form.values["receiving.agency"] == "Another agency");
            CHECK(form.values["return_to.person"] == "Robin Example, leader@example.org");
            CHECK(holds(form.values["additional_notes"], "Stage 3: Senior managers, entered"));
            CHECK(holds(form.values["agreed_outcome"], "moved to stage 3"));
            CHECK(holds(form.values["agreed_outcome"], "Withheld on this copy"));
        }
    }
}

TEST_CASE("what is empty is not called withheld") {
    auto form = values_of(minimal_case(), Audience::board);
    CHECK(form.values["subject"].empty());
    CHECK(form.values["summary"].empty());
    CHECK(form.values["agreed_outcome"].empty());
    CHECK(form.values["initiating.name"].empty());
}

TEST_CASE("the stage history has each entry, limit and state") {
    const std::string notes = values_of(full_case()).values["additional_notes"];
    CHECK(notes ==
          "Concern first considered: Thursday 17 December 2026 at 09:00\n"
          "Raised: Thursday 17 December 2026 at 15:30\n"
          "Urgent since Tuesday 22 December 2026 at 10:00\n"
          "Stage 1: Worker to worker, entered Thursday 17 December 2026 at 15:30\n"
          "Stage 2: Second tier managers, entered Friday 18 December 2026 at 16:20\n"
          "Stage 3: Senior managers, entered Tuesday 22 December 2026 at 11:05\n"
          "– Resolve stage 3 or escalate: by Tuesday 29 December 2026 at 17:00; running\n"
          "Limits of the whole case:\n"
          "– Resolve within five days: by Thursday 24 December 2026 at 17:00; running");
    const auto late = values_of(full_case(), Audience::officer, utc("2026-12-24T17:00:00Z"));
    CHECK(holds(late.values.at("open_points"), "at 17:00; overdue"));
}

TEST_CASE("time taken is in working days, with calendar days beside them") {
    CHECK(values_of(full_case()).values["time_taken"] ==
          "so far: 5 working days (7 calendar days)");
    // 25 and 28 December are holidays, 26 and 27 a weekend.
    CHECK(values_of(resolved(utc("2026-12-29T10:00:00Z"))).values["time_taken"] ==
          "6 working days (12 calendar days)");
}

TEST_CASE("a case resolved on its first day took no working day") {
    CHECK(values_of(resolved(utc("2026-12-17T23:00:00Z"))).values["time_taken"] ==
          "0 working days (0 calendar days)");
    CHECK(values_of(resolved(utc("2026-12-18T08:00:00Z"))).values["time_taken"] ==
          "1 working day (1 calendar day)");
}

TEST_CASE("time taken beyond the holiday list says so") {
    CHECK(holds(values_of(resolved(utc("2029-01-03T10:00:00Z"))).values["time_taken"],
                "not all bank holidays are known"));
}

TEST_CASE("the stage of resolution is given only once the case is resolved") {
    CHECK(values_of(full_case()).values["resolved_stage"].empty());
    auto form = values_of(resolved(utc("2026-12-23T12:00:00Z")));
    CHECK(form.values["resolved_stage"] == "3");
    CHECK(form.values["resolved_at"] == "Stage 3: Senior managers");
    CHECK(form.values["outcome"] == "SECRET A visit was agreed.");
    CHECK(holds(form.values["agreed_outcome"],
                "Resolved, Wednesday 23 December 2026 at 12:00\nSECRET A visit was agreed."));
    CHECK(form.subtitle ==
          "Opened at stage 3, resolved at stage 3, as of Thursday 24 December "
          "2026 at 12:00");
}

TEST_CASE("a withdrawn case is not called resolved") {
    Case withdrawn = resolved(utc("2026-12-18T08:00:00Z"));
    withdrawn.status = Status::withdrawn;
    auto form = values_of(withdrawn);
    CHECK(form.values["resolved_stage"].empty());
    CHECK(form.values["time_taken"] == "withdrawn after 1 working day (1 calendar day)");
}

TEST_CASE("a form carried forward says where it was opened") {
    Case later = full_case();
    later.stage = "4";
    later.entries.push_back({"4", utc("2026-12-23T09:00:00Z")});
    CHECK(values_of(later).subtitle ==
          "Opened at stage 3, now at stage 4, as of Thursday 24 December 2026 at 12:00");
}

TEST_CASE("what came back stands on the next form where its layout carries it") {
    FormLayout layout;
    FormField carried;
    carried.id = "effectiveness";
    carried.carried = true;
    FormField fresh;
    fresh.id = "agreed_outcome";
    layout.sections.resize(1);
    layout.sections[0].fields = {carried, fresh};
    const FormWorld world;
    const std::map<std::string, FormLayout> layouts{{world.form.layout, layout}};
    Case the_case = full_case();
    const auto back = [&](const std::string& words) {
        ReturnedForm form;
        form.form.form = world.form.id;
        form.form.values = {{"effectiveness", words}, {"agreed_outcome", "SECRET old"}};
        the_case.returned.push_back(form);
    };
    back("SECRET first");
    back("SECRET last");
    for (const Audience audience : {Audience::officer, Audience::board}) {
        FormValues values = values_of(the_case, audience);
        const std::string outcome = values.values["agreed_outcome"];
        carry_forward(values, world.form, the_case, layouts, audience);
        CHECK(values.values["agreed_outcome"] == outcome);
        CHECK(values.values["effectiveness"] ==
              (audience == Audience::officer
                   ? "SECRET last"
                   : "Withheld on this copy: held by the agencies under reference EXSB-2026-0007"));
    }
}

TEST_CASE("nothing is carried forward of a form that has not come back") {
    const FormWorld world;
    FormLayout layout;
    layout.sections.resize(1);
    layout.sections[0].fields.resize(1);
    layout.sections[0].fields[0].id = "effectiveness";
    layout.sections[0].fields[0].carried = true;
    FormValues values = values_of(full_case());
    carry_forward(values, world.form, full_case(), {{world.form.layout, layout}},
                  Audience::officer);
    CHECK_FALSE(values.values.contains("effectiveness"));
}

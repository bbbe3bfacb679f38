// SPDX-License-Identifier: MIT
//
// A running case keeps the version of the policy it was raised under, until an operator moves it.
#include <doctest/doctest.h>

#include "bot/core/impact.h"
#include "tests/support/small_policy.h"

namespace stageclock {
namespace {

using testing::Bench;
using testing::raise_update;
using testing::update_of;
using testing::utc;

// The next version: stage 1 has three days, a report is asked for, stage 3 is gone.
Policy next_version(Policy policy) {
    policy.version = "2";
    policy.digest = "2222";
    policy.duties[0].due = {Unit::working_days, 3};
    Duty report = policy.duties[0];
    report.id = "report";
    report.owed_by = {{Side::raising, "practitioner"}};
    report.met_by = {"discussed"};
    policy.duties.push_back(report);
    policy.stages.pop_back();
    return policy;
}

Update migration(const std::string& reason = "The board agreed on the new limits.") {
    return update_of(UpdateKind::migrate, reason);
}

struct Moving : Bench {
    Policy next;
    Moving() {
        small.policy.digest = "1111";
        next = next_version(small.policy);
        at("2026-06-01T09:00:00Z", raise_update());
    }
    Rules next_rules() const { return {next, small.board, small.directory, small.calendar}; }
    std::optional<Refused> refused(const Update& update) const {
        const Verdict verdict = accept(the_case, next_rules(), update, utc("2026-06-02T09:00:00Z"));
        return verdict.refusal ? std::optional(verdict.refusal->reason) : std::nullopt;
    }
    void migrate() {
        const Instant now = utc("2026-06-02T09:00:00Z");
        const Verdict verdict = accept(the_case, next_rules(), migration(), now);
        REQUIRE_FALSE(verdict.refusal);
        last = decide(apply(the_case, verdict.events), next_rules(), now);
        the_case = last.after;
    }
};

TEST_CASE("a case that is migrated owes what the new version asks for, from when it began") {
    Moving moving;
    moving.migrate();
    CHECK(moving.the_case.policy_version == "2");
    CHECK(moving.the_case.policy_digest == "2222");
    REQUIRE(moving.the_case.duties.size() == 2);
    for (const DutyRun& run : moving.the_case.duties) {
        CHECK(deadline_of(moving.the_case, run, moving.next_rules()).due ==
              utc("2026-06-04T16:00:00Z"));
    }
    CHECK(moving.told(Reason::deadline_changed, "c@school.example.org") == 1);
    CHECK(moving.told(Reason::duty_started, "r@housing.example.org") == 1);
    CHECK(moving.the_case.log.back().what == "migrated");
}

TEST_CASE("a migration says why, and is refused when the stage is gone or nothing is new") {
    Moving moving;
    CHECK(moving.refused(migration("")) == Refused::missing_field);
    CHECK_FALSE(moving.refused(migration()));
    moving.the_case.stage = "3";
    CHECK(moving.refused(migration()) == Refused::unknown_stage);
    moving.the_case.stage = "1";
    moving.migrate();
    CHECK(moving.refused(migration()) == Refused::malformed_field);
}

TEST_CASE("what a migration would change can be seen before") {
    const Moving moving;
    const auto found = impact_of(moving.the_case, moving.small.rules(), moving.next_rules(),
                                 utc("2026-06-02T09:00:00Z"));
    REQUIRE(found.size() == 2);
    CHECK(found[0].kind == Impact::Kind::deadline_moved);
    CHECK(found[0].before == utc("2026-06-08T16:00:00Z"));
    CHECK(found[0].after == utc("2026-06-04T16:00:00Z"));
    CHECK(found[1].kind == Impact::Kind::duty_new);
    CHECK(found[1].rule == "report");
}

TEST_CASE("what the new version does not know is owed no more") {
    Moving moving;
    moving.next.duties.erase(moving.next.duties.begin());
    const auto found = impact_of(moving.the_case, moving.small.rules(), moving.next_rules(),
                                 utc("2026-06-02T09:00:00Z"));
    REQUIRE(found.size() == 2);
    CHECK(found[0].kind == Impact::Kind::duty_gone);
    moving.migrate();
    CHECK(moving.the_case.duties[0].state == DutyRun::State::ended);
    CHECK(moving.last.cancelled == std::vector<std::string>{"resolve-1"});
}

}  // namespace
}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "bot/app/offers.h"

#include <doctest/doctest.h>

#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

struct Matter {
    Small small;
    Case the_case;
    Notice notice;

    Matter() {
        the_case.ref = "SB-2026-0001";
        the_case.procedure = "main";
        the_case.stage = "1";
        the_case.entries = {{"1", utc("2026-06-05T10:00:00Z")}};
        notice.ref = the_case.ref;
        notice.kind = NoticeKind::prompt;
        notice.reason = Reason::stage_entered;
        notice.rule = "stage-1";
        notice.stage = "1";
        notice.decided = utc("2026-06-05T10:00:00Z");
    }
    std::vector<std::string> events() const {
        std::vector<std::string> all;
        for (const Offer& offer : offers(notice, the_case, small.rules())) {
            all.push_back(offer.event);
        }
        return all;
    }
    bool stands() const { return still_stands(notice, the_case, small.rules()); }
    void enter(const std::string& stage, const std::string& when) {
        the_case.stage = stage;
        the_case.entries.push_back({stage, utc(when)});
    }
};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a prompt offers what meets its duty, and escalation only below the last stage") {
    Matter matter;
    CHECK(matter.events() == Words{"acknowledged", "discussed", "resolved", "escalated"});
    matter.notice.rule = "resolve-1";
    CHECK(matter.events() == Words{"acknowledged", "resolved", "escalated"});
    matter.enter("3", "2026-06-08T10:00:00Z");
    matter.notice.rule = "resolve-3";
    CHECK(matter.events() == Words{"acknowledged", "resolved"});
    matter.notice.kind = NoticeKind::copy;
    CHECK(matter.events().empty());
    matter.notice.kind = NoticeKind::prompt;
    matter.notice.reason = Reason::contact_missing;
    CHECK(matter.events().empty());
}

TEST_CASE("a page takes a choice and words, and leaves what needs more to a mail") {
    Matter matter;
    NamedEvent told{.id = "manager-told", .title = "The manager is told", .words = {"told"}};
    NamedEvent noted{.id = "noted", .title = "It is noted", .words = {"noted"}, .needs = {"text"}};
    NamedEvent planned{
        .id = "planned", .title = "It is planned", .words = {"planned"}, .needs = {"deadline"}};
    matter.small.policy.events = {told, noted, planned};
    matter.small.policy.duties[0].met_by = {"manager-told", "noted", "planned", "unknown"};
    matter.notice.rule = "resolve-1";
    const Rules rules = matter.small.rules();
    const auto all = offers(matter.notice, matter.the_case, rules);
    REQUIRE(all.size() == 4);
    const auto plain = on_page(all[1], matter.the_case, rules);
    REQUIRE(plain);
    CHECK(plain->update.kind == UpdateKind::report_event);
    CHECK(plain->update.event == "manager-told");
    CHECK_FALSE(plain->needs_text);
    CHECK(on_page(all[2], matter.the_case, rules)->needs_text);
    CHECK_FALSE(on_page(all[3], matter.the_case, rules).has_value());
}

TEST_CASE("an escalation from a page names the stage it leads to") {
    Matter matter;
    const Rules rules = matter.small.rules();
    const auto made = on_page({"escalated", "", "", ""}, matter.the_case, rules);
    REQUIRE(made);
    CHECK(made->update.stage == "2");
    matter.enter("3", "2026-06-08T10:00:00Z");
    CHECK_FALSE(on_page({"escalated", "", "", ""}, matter.the_case, rules).has_value());
}

TEST_CASE("a notice stands until its stage is left or the case closed") {
    Matter matter;
    CHECK(matter.stands());
    matter.enter("2", "2026-06-08T10:00:00Z");
    CHECK_FALSE(matter.stands());
    matter.notice.stage = "2";
    CHECK_FALSE(matter.stands());  // it was made before
    matter.notice.decided = utc("2026-06-08T10:00:00Z");
    CHECK(matter.stands());
    matter.the_case.status = Status::resolved;
    CHECK_FALSE(matter.stands());
    matter.the_case.status = Status::open;
    matter.enter("2", "2026-06-09T10:00:00Z");  // reopened
    CHECK_FALSE(matter.stands());
}

TEST_CASE("a step of a stage leaves the notices of the stage standing, not those of a step") {
    Matter matter;
    for (const char* id : {"1a", "1b"}) {
        Stage step = stage(id, "practitioner");
        step.within = "1";
        matter.small.policy.stages.push_back(step);
    }
    matter.the_case.entries.clear();
    matter.enter("1a", "2026-06-05T10:00:00Z");
    matter.enter("1b", "2026-06-08T10:00:00Z");
    CHECK(matter.stands());
    matter.notice.stage = "1a";
    CHECK_FALSE(matter.stands());
}

TEST_CASE("what outlasts a stage can be answered until it is given") {
    Matter matter;
    Duty& duty = matter.small.policy.duties[0];
    duty.outlasts = true;
    duty.met_by = {"attested"};
    matter.notice.rule = duty.id;
    matter.the_case.status = Status::resolved;
    matter.the_case.closed = utc("2026-06-06T10:00:00Z");
    CHECK_FALSE(matter.stands());
    DutyRun run;
    run.duty = duty.id;
    run.started = utc("2026-06-05T10:00:00Z");
    matter.the_case.duties = {run};
    CHECK(matter.stands());
    CHECK(matter.events() == Words{"attested"});
    matter.the_case.duties[0].state = DutyRun::State::met;
    CHECK_FALSE(matter.stands());
}

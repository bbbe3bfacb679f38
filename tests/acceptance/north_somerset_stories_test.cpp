// SPDX-License-Identifier: MIT
//
// Dated stories under North Somerset's policy, whose clocks all count from the outset.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/support/story.h"

using namespace stageclock;
using stageclock::testing::Story;

namespace {

// Everybody the policy may ask for, named from the start (NSOM-21).
std::vector<Contact> everybody() {
    std::vector<Contact> contacts;
    for (const Side side : {Side::raising, Side::receiving}) {
        const std::string domain = "@" + std::string(to_text(side)) + ".example.org";
        for (const char* role :
             {"line-manager", "second-tier-manager", "senior-manager", "board-representative"}) {
            contacts.push_back({side, role, "Casey Contact", role + domain, ""});
        }
    }
    return contacts;
}

Story::Raise usual() {
    return {.raising = "health-trust",
            .receiving = "childrens-social-care",
            .contacts = everybody()};
}

bool told(const Story& story, const std::string& role, const std::string& form) {
    return std::any_of(story.latest().begin(), story.latest().end(), [&](const Notice& notice) {
        return notice.to.role == role && notice.form == form;
    });
}

}  // namespace

TEST_CASE("North Somerset: four due times from the outset, silence to the end of the ladder") {
    Story story("north-somerset", "silence to the end of the ladder");
    story.at("2026-06-01 10:00").raise(usual());
    story.silence_until("2026-06-10 12:00");
    CHECK(story.the_case().stage == "1");
    story.check_golden();
}

TEST_CASE("North Somerset: the monitoring form opens at stage 3 and is carried to stage 4") {
    Story story("north-somerset", "the monitoring form");
    story.at("2026-06-01 10:00").raise(usual());
    story.at("2026-06-02 11:00").escalate();
    CHECK_FALSE(told(story, "second-tier-manager", "monitoring-form"));
    story.at("2026-06-03 11:00").escalate();
    CHECK(told(story, "senior-manager", "monitoring-form"));
    story.at("2026-06-04 11:00").escalate();
    CHECK(told(story, "board-representative", "monitoring-form"));
    story.at("2026-06-05 11:00").resolve("Both services visit together.");
    CHECK(told(story, "service-leader", "monitoring-form"));
    story.at("2026-06-15 09:00");
    story.check_golden();
}

TEST_CASE("North Somerset: a concern told late is overdue on arrival and prompts at once") {
    Story story("north-somerset", "overdue on arrival");
    Story::Raise late = usual();
    late.happened = "2026-06-01 10:00";
    story.at("2026-06-05 09:00").raise(late);
    CHECK(std::any_of(story.latest().begin(), story.latest().end(), [](const Notice& notice) {
        return notice.reason == Reason::deadline_passed;
    }));
    story.check_golden();
}

TEST_CASE("North Somerset: immediate harm may start at stage 3, with its reason and the form") {
    Story story("north-somerset", "a start at stage 3");
    Story::Raise urgent = usual();
    urgent.stage = "3";
    story.at("2026-06-06 22:30").raise(urgent);
    CHECK(story.refusal().reason == Refused::skip_needs_reason);
    urgent.skip_reason = "The adult is at risk of harm tonight.";
    urgent.subject = "adult";
    story.raise(urgent);
    CHECK(told(story, "senior-manager", "monitoring-form"));
    story.at("2026-06-08 09:00");
    story.check_golden();
}

TEST_CASE("North Somerset: the line managers' 24 hours run inside stage 1 and move nothing") {
    Story story("north-somerset", "the line managers contact");
    story.at("2026-06-05 14:00").raise(usual());
    const auto stage_limit = story.latest().front().deadline;
    story.at("2026-06-05 16:00").report("line-manager-told");
    story.at("2026-06-06 16:00");
    CHECK(stage_limit == story.instant("2026-06-08 17:00"));
    story.check_golden();
}

TEST_CASE("North Somerset: out of hours and over Christmas the days still count from the outset") {
    Story story("north-somerset", "out of hours at Christmas");
    story.at("2026-12-23 21:00").raise(usual());
    CHECK(story.latest().front().deadline == story.instant("2026-12-24 17:00"));
    story.silence_until("2027-01-05 09:00");
    story.check_golden();
}

TEST_CASE("North Somerset: unknown managers are asked for until they are named") {
    Story story("north-somerset", "nobody is known");
    Story::Raise alone = usual();
    alone.contacts.clear();
    story.at("2026-06-01 10:00").raise(alone);
    story.at("2026-06-02 11:00").escalate();
    CHECK(std::any_of(story.latest().begin(), story.latest().end(), [](const Notice& notice) {
        return notice.reason == Reason::contact_missing && notice.to.role == "inbox";
    }));
    story.check_golden();
}

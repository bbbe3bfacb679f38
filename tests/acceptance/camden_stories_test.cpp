// SPDX-License-Identifier: MIT
//
// Dated stories under Camden's policy. Each ends in a timeline for people to read, below
// tests/golden/camden; a message more, less or later than there fails the test.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/support/story.h"

using namespace stageclock;
using stageclock::testing::Story;

TEST_CASE("Camden: a week that holds Christmas is longer") {
    Story story("camden", "a week over Christmas");
    story.at("2026-12-21 10:00").raise({.raising = "Housing", .receiving = "Early Help Service"});
    const auto due = story.latest().front().deadline;
    CHECK(due ==
          story.instant("2026-12-30 17:00"));  // 25 December and the 28th (substitute) skipped
    story.at("2026-12-30 17:00");
    story.check_golden();
}

TEST_CASE("Camden: Easter and the clock change in one week") {
    Story story("camden", "Easter and the clock change");
    story.at("2026-03-27 16:00").raise({.raising = "Schools", .receiving = "Housing"});
    CHECK(story.latest().front().deadline == story.instant("2026-04-07 17:00"));
    story.at("2026-04-07 17:00");
    story.check_golden();
}

TEST_CASE("Camden: urgent is 24 hours at each stage, through the night the clocks go back") {
    Story story("camden", "urgent through the October clock change");
    story.at("2026-10-24 20:00").raise(
        {.raising = "Schools", .receiving = "Youth Justice Service", .urgent = true});
    const auto receipt = std::find_if(
        story.latest().begin(), story.latest().end(),
        [](const Notice& notice) { return notice.reason == Reason::case_raised; });
    REQUIRE(receipt != story.latest().end());
    CHECK(receipt->deadline == story.instant("2026-10-25 19:00"));  // GMT by then
    story.at("2026-10-25 19:00");
    story.at("2026-10-25 19:30").escalate("2");
    story.at("2026-10-26 19:30");
    story.check_golden();
}

TEST_CASE("Camden: a whole ladder, agreed at stage 4") {
    Story story("camden", "agreed at stage 4");
    story.at("2026-06-01 09:30").raise({.raising = "Schools",
                                        .receiving = "Children Safeguarding and Family Help",
                                        .case_status = "cp"});
    story.at("2026-06-04 15:00").contact(Side::raising, "line-manager", "head@school.example.org");
    story.at("2026-06-04 15:05").contact(Side::receiving, "line-manager", "tm@social.example.org");
    story.at("2026-06-05 11:00").escalate();
    story.at("2026-06-12 16:00").escalate();
    story.at("2026-06-18 10:00").escalate();
    story.at("2026-06-22 14:00").resolve("A joint plan and a review in four weeks.");
    story.at("2026-07-10 09:00");
    story.check_golden();
}

TEST_CASE("Camden: silence from the first stage on is never quiet") {
    Story story("camden", "silence");
    story.at("2026-06-01 09:30").raise({.raising = "Housing", .receiving = "Early Help Service"});
    story.silence_until("2026-06-12 12:00");
    CHECK(story.the_case().stage == "1");
    story.check_golden();
}

TEST_CASE("Camden: a transfer between boroughs follows its own order") {
    Story story("camden", "across a borough border");
    story.at("2026-09-01 10:00").raise({.raising = "Children Safeguarding and Family Help",
                                        .receiving = "other:Another borough",
                                        .procedure = "cross-border"});
    story.at("2026-09-02 10:00").escalate();
    story.at("2026-09-04 10:00").escalate();
    story.check_golden();
}

TEST_CASE("Camden: the first stage cannot be passed over") {
    Story story("camden", "no start at a higher stage");
    story.at("2026-09-01 10:00").raise({.raising = "Housing",
                                        .receiving = "Schools",
                                        .stage = "3",
                                        .skip_reason = "It cannot wait."});
    CHECK(story.refusal().reason == Refused::skip_not_permitted);
}

TEST_CASE("Camden: a strategic issue reaches the business manager and moves no clock") {
    Story story("camden", "a strategic issue");
    story.at("2026-09-01 10:00").raise({.raising = "Housing", .receiving = "Schools"});
    story.at("2026-09-02 10:00").tag("strategic-issue");
    story.check_golden();
}

// SPDX-License-Identifier: MIT
#include "bot/core/decide.h"

#include <doctest/doctest.h>

#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

// Friday 5 June 2026, 11:00 in London: no bank holiday near. One working week ends on Friday the
// 12th at 17:00 BST.
constexpr const char* friday = "2026-06-05T10:00:00Z";
constexpr const char* week_later = "2026-06-12T16:00:00Z";

TEST_CASE("an open case on which no clock runs is recalled until somebody acts") {
    Bench bench;
    bench.small.policy.quiet = {Unit::working_days, 5};
    bench.small.policy.duties[0].due = {Unit::none, 0};
    bench.small.policy.duties[0].by_priority.clear();
    bench.at("2026-06-01T09:00:00Z", raise_update());
    CHECK(bench.last.next == utc("2026-06-08T08:00:00Z"));
    bench.look("2026-06-08T08:00:00Z");
    CHECK(bench.told(Reason::still_open, "r@housing.example.org") == 1);
    CHECK(bench.told(Reason::still_open, "c@school.example.org") == 1);
    CHECK(bench.last.next == utc("2026-06-15T08:00:00Z"));
    bench.at("2026-06-10T09:00:00Z", update_of(UpdateKind::discuss));
    CHECK(bench.last.next == utc("2026-06-17T08:00:00Z"));
    bench.look("2026-07-31T08:00:00Z");  // after an outage one is enough
    CHECK(bench.told(Reason::still_open, "c@school.example.org") == 1);
    bench.at("2026-08-03T09:00:00Z", update_of(UpdateKind::resolve));
    CHECK_FALSE(bench.last.next);
}

TEST_CASE("a raise tells the raiser, the other side's practitioner, and nobody else") {
    Bench bench;
    const auto& decision = bench.at(friday, raise_update());
    CHECK(decision.notices.size() == 2);
    CHECK(bench.told(Reason::case_raised, "r@housing.example.org") == 1);
    CHECK(bench.told(Reason::challenge_received, "c@school.example.org") == 1);
    CHECK(decision.notices.front().deadline == utc(week_later));
    CHECK(decision.next ==
          utc("2026-06-11T08:00:00Z"));  // the reminder, 09:00 a working day before
}

TEST_CASE("deciding twice at the same moment adds nothing") {
    Bench bench;
    bench.at(friday, raise_update());
    for (const char* now : {friday, "2026-06-11T08:00:00Z", week_later, "2026-06-15T08:00:00Z"}) {
        bench.look(now);
        const auto& again = bench.look(now);
        CHECK_MESSAGE(again.events.empty(), now);
        CHECK_MESSAGE(again.notices.empty(), now);
    }
}

TEST_CASE("a reminder comes before the deadline, the prompts when it passes") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.look("2026-06-11T08:00:00Z");
    CHECK(bench.told(Reason::deadline_near, "r@housing.example.org") == 1);
    CHECK(bench.told(Reason::deadline_near, "c@school.example.org") == 1);
    CHECK(bench.last.next == utc(week_later));

    bench.look(week_later);
    CHECK(bench.last.notices.size() == 4);
    CHECK(bench.told(Reason::deadline_passed, "c@school.example.org") == 1);
    CHECK(bench.told(Reason::next_officer_due, "line-manager@housing.example.org") == 1);
    CHECK(bench.told(Reason::next_officer_due, "line-manager@school.example.org") == 1);
    CHECK_MESSAGE(bench.the_case.stage == "1", "nobody escalated: the stage is not entered (R-12)");
}

TEST_CASE("silence is never a resolution: the prompt repeats every working day") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.look(week_later);
    for (const char* morning :
         {"2026-06-15T08:00:00Z", "2026-06-16T08:00:00Z", "2026-06-17T08:00:00Z"}) {
        CHECK(bench.last.next == utc(morning));
        bench.look(morning);
        CHECK(bench.told(Reason::still_overdue, "c@school.example.org") == 1);
        CHECK(bench.told(Reason::still_overdue, "line-manager@school.example.org") == 1);
    }
}

TEST_CASE("an acknowledgement quietens the repeats to that officer and stops no clock (R-11)") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::acknowledge));
    bench.look(week_later);
    CHECK(bench.told(Reason::deadline_passed, "r@housing.example.org") == 1);
    bench.look("2026-06-15T08:00:00Z");
    CHECK(bench.told(Reason::still_overdue, "r@housing.example.org") == 0);
    CHECK(bench.told(Reason::still_overdue, "c@school.example.org") == 1);
    const bool recorded = std::any_of(
        bench.last.events.begin(), bench.last.events.end(), [](const Event& event) {
            const auto* told = std::get_if<Told>(&event.detail);
            return event.kind == EventKind::not_told && told != nullptr &&
                   told->reason == Reason::acknowledged && told->recipients == 1;
        });
    CHECK_MESSAGE(recorded, "that somebody was spared is on the record");
}

TEST_CASE("when everybody acknowledged and nobody acts, everybody is prompted again") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::acknowledge));
    Update other = update_of(UpdateKind::acknowledge);
    other.by.address = "C@school.example.org";
    bench.at("2026-06-08T11:00:00Z", other);
    bench.look(week_later);
    bench.look("2026-06-15T08:00:00Z");
    CHECK(bench.told(Reason::still_overdue, "r@housing.example.org") == 1);
    CHECK(bench.told(Reason::still_overdue, "c@school.example.org") == 1);
}

TEST_CASE("a stage's clock starts when it is entered: unused time is not carried over (R-6)") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.the_case.stage == "2");
    CHECK(bench.told(Reason::stage_entered, "line-manager@school.example.org") == 1);
    CHECK(bench.told(Reason::stage_entered, "r@housing.example.org") == 1);  // the raiser's copy
    CHECK(bench.last.cancelled == std::vector<std::string>{"resolve-1"});
    CHECK(bench.last.notices.front().deadline == utc("2026-06-15T16:00:00Z"));
}

TEST_CASE("becoming urgent brings the deadline forward to 24 hours after the switch (R-9)") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-09T09:30:00Z", update_of(UpdateKind::mark_urgent));
    CHECK(bench.told(Reason::became_urgent, "c@school.example.org") == 1);
    CHECK(bench.last.notices.front().deadline == utc("2026-06-10T09:30:00Z"));
    SUBCASE("and back to standard restores the standard due time") {
        bench.at("2026-06-09T12:00:00Z", update_of(UpdateKind::mark_standard));
        CHECK(bench.last.notices.front().deadline == utc(week_later));
    }
    SUBCASE("never later than the standard due time") {
        Bench late;
        late.at(friday, raise_update());
        late.at("2026-06-12T15:00:00Z", update_of(UpdateKind::mark_urgent));
        CHECK(late.last.notices.front().deadline == utc(week_later));
    }
}

TEST_CASE("a deadline that moves is reminded of anew, however often it was before") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.look("2026-06-11T08:00:00Z");
    CHECK(bench.told(Reason::deadline_near, "c@school.example.org") == 1);
    const int first = bench.last.notices.front().occurrence;
    bench.at("2026-06-11T10:00:00Z", update_of(UpdateKind::mark_urgent));
    bench.look("2026-06-12T06:00:00Z");  // four hours before the 24 are over
    CHECK(bench.told(Reason::deadline_near, "c@school.example.org") == 1);
    CHECK(bench.last.notices.front().occurrence != first);
}

TEST_CASE("back to standard after the urgent deadline passed: the standard one prompts again") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-08T09:00:00Z", update_of(UpdateKind::mark_urgent));
    bench.look("2026-06-09T09:00:00Z");
    CHECK(bench.told(Reason::deadline_passed, "c@school.example.org") == 1);
    bench.at("2026-06-09T12:00:00Z", update_of(UpdateKind::mark_standard));
    bench.look("2026-06-11T08:00:00Z");
    CHECK(bench.told(Reason::deadline_near, "c@school.example.org") == 1);
    bench.look(week_later);
    CHECK(bench.told(Reason::deadline_passed, "c@school.example.org") == 1);
    CHECK_MESSAGE(bench.last.notices.front().occurrence >= 1000, "a new prompt, not the old one");
}

TEST_CASE("roles found missing at the same moment are asked for in one notice") {
    Bench bench;
    std::erase_if(bench.small.directory.posts,
                  [](const Post& post) { return post.role == "line-manager"; });
    Copy copy;
    copy.id = "to-chair";
    copy.on = "escalated";
    copy.to = {{Side::board, "chair"}};
    bench.small.policy.copies = {copy};
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.told(Reason::contact_missing, "inbox@board.example.org") == 1);
    for (const Notice& notice : bench.last.notices) {
        if (notice.reason == Reason::contact_missing) CHECK(notice.missing.size() == 3);
    }
}

TEST_CASE("a protective deadline can only shorten (R-8)") {
    Bench bench;
    bench.at(friday, raise_update());
    Update protect = update_of(UpdateKind::set_deadline);
    protect.deadline = utc("2026-06-09T11:00:00Z");
    bench.at("2026-06-08T10:00:00Z", protect);
    CHECK(bench.last.notices.front().deadline == utc("2026-06-09T11:00:00Z"));
    protect.deadline = utc("2026-06-30T11:00:00Z");
    CHECK(bench.refusal("2026-06-08T11:00:00Z", protect) == Refused::deadline_not_shorter);
}

TEST_CASE(
    "what happened earlier counts from when it happened and may be overdue on arrival (R-7)") {
    Bench bench;
    Update late = raise_update();
    late.happened = utc(friday);
    bench.at("2026-06-15T10:00:00Z", late);
    CHECK(bench.told(Reason::case_raised, "r@housing.example.org") == 1);
    CHECK(bench.told(Reason::deadline_passed, "c@school.example.org") == 1);
    CHECK(bench.told(Reason::deadline_near, "c@school.example.org") == 0);
    late.happened = utc("2026-06-15T10:00:01Z");
    CHECK(bench.refusal("2026-06-15T10:00:00Z", late) == Refused::happened_in_future);
}

TEST_CASE("after an outage only the latest of several missed repeats is sent") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.look("2026-06-18T12:00:00Z");
    CHECK(bench.told(Reason::deadline_near, "c@school.example.org") == 0);
    CHECK(bench.told(Reason::deadline_passed, "c@school.example.org") == 1);
    CHECK(bench.told(Reason::still_overdue, "c@school.example.org") == 1);
    CHECK(bench.last.next == utc("2026-06-19T08:00:00Z"));
}

TEST_CASE("a resolution ends every clock and tells everybody who took part") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    bench.at("2026-06-09T10:00:00Z", update_of(UpdateKind::resolve, "A joint plan."));
    CHECK_FALSE(bench.last.next.has_value());
    for (const char* address : {"r@housing.example.org", "c@school.example.org",
                                "line-manager@housing.example.org",
                                "line-manager@school.example.org"}) {
        CHECK_MESSAGE(bench.told(Reason::case_resolved, address) == 1, address);
    }
    CHECK(bench.last.notices.size() == 4);
    CHECK(bench.refusal("2026-06-09T11:00:00Z", update_of(UpdateKind::escalate)) ==
          Refused::case_closed);
}

TEST_CASE("a reopened case keeps its stage and its clock starts anew (R-14)") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-09T10:00:00Z", update_of(UpdateKind::resolve));
    bench.at("2026-06-15T10:00:00Z", update_of(UpdateKind::reopen));
    CHECK(bench.the_case.stage == "1");
    CHECK(bench.last.next == utc("2026-06-19T08:00:00Z"));
    bench.look("2026-06-19T08:00:00Z");
    CHECK(bench.told(Reason::deadline_near, "c@school.example.org") == 1);
    CHECK_MESSAGE(bench.last.notices.front().occurrence > 1000, "a second run's reminder is new");
}

TEST_CASE(
    "a role nobody is known for becomes work for the board's inbox and those who can name it") {
    Bench bench;
    bench.small.directory.posts.erase(
        bench.small.directory.posts.begin());  // housing's line manager
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.told(Reason::contact_missing, "inbox@board.example.org") == 1);
    CHECK(bench.told(Reason::contact_missing, "r@housing.example.org") == 1);
    Update contact = update_of(UpdateKind::name_contact);
    contact.contact = {Side::raising, "line-manager", "L", "lm@housing.example.org", ""};
    bench.at("2026-06-08T11:00:00Z", contact);
    bench.look("2026-06-15T16:00:00Z");
    CHECK(bench.told(Reason::deadline_passed, "lm@housing.example.org") == 1);
    CHECK(bench.told(Reason::contact_missing, "inbox@board.example.org") == 0);
}

TEST_CASE("the board's inbox gets its copy at the stages its settings name") {
    Bench bench;
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.told(Reason::stage_copy, "inbox@board.example.org") == 0);
    bench.at("2026-06-10T10:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.told(Reason::stage_copy, "inbox@board.example.org") == 1);
}

TEST_CASE("with automatic advance the next stage begins at the due instant") {
    Bench bench;
    bench.small.policy.auto_advance = true;
    bench.at(friday, raise_update());
    bench.look("2026-06-12T16:30:00Z");
    CHECK(bench.the_case.stage == "2");
    CHECK(stage_entered_at(bench.the_case) == utc(week_later));
    CHECK(bench.told(Reason::stage_entered, "line-manager@school.example.org") == 1);
}

TEST_CASE("a post with a chat gets a nudge there without a name or an address") {
    Bench bench;
    for (Post& post : bench.small.directory.posts) {
        if (post.id == "school-line-manager") post.channels = {"mail", "teams:managers"};
    }
    bench.at(friday, raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    const auto nudges = std::count_if(
        bench.last.notices.begin(), bench.last.notices.end(), [](const Notice& notice) {
            return notice.channel == "teams" && notice.destination == "managers" &&
                   notice.to.name.empty() && notice.to.address.empty() &&
                   notice.to.audience == Audience::chat;
        });
    CHECK(nudges == 1);
}

TEST_CASE("the fold of all events is the case that was decided on") {
    Bench bench;
    std::vector<Event> all;
    const auto remember = [&](const std::string& now, const Update* update) {
        if (update != nullptr) {
            const auto verdict = accept(bench.the_case, bench.small.rules(), *update, utc(now));
            all.insert(all.end(), verdict.events.begin(), verdict.events.end());
            bench.at(now, *update);
        } else {
            bench.look(now);
        }
        all.insert(all.end(), bench.last.events.begin(), bench.last.events.end());
    };
    const Update raise = raise_update();
    const Update escalate = update_of(UpdateKind::escalate);
    remember(friday, &raise);
    remember("2026-06-15T08:00:00Z", nullptr);
    remember("2026-06-16T08:00:00Z", &escalate);
    Case folded_case;
    folded_case.ref = bench.the_case.ref;
    folded_case = stageclock::apply(folded_case, all);
    CHECK(folded_case.events == bench.the_case.events);
    CHECK(folded_case.stage == bench.the_case.stage);
    CHECK(folded_case.duties == bench.the_case.duties);
    CHECK(folded_case.unsettled.empty());
}

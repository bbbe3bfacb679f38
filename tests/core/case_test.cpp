// SPDX-License-Identifier: MIT
#include "bot/core/case.h"

#include <doctest/doctest.h>

#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

TEST_CASE("the log holds what a case note holds: when, how, who, what (CAMDEN-19 to 22)") {
    Bench bench;
    bench.at("2026-06-05T10:00:00Z", raise_update());
    Update talk = update_of(UpdateKind::discuss, "No agreement yet.");
    talk.mode = "telephone";
    talk.happened = utc("2026-06-05T12:30:00Z");
    talk.by.name = "Robin Raiser";
    bench.at("2026-06-05T15:00:00Z", talk);
    REQUIRE(bench.the_case.log.size() == 1);
    CHECK(to_words(bench.the_case.log.front(), london()) ==
          "Friday 5 June 2026 at 13:30, discussed by telephone, raising side (Robin Raiser): "
          "No agreement yet.");
}

TEST_CASE("a contact takes the place of the unknown one, and stands beside another") {
    Bench bench;
    Update raise = raise_update();
    raise.facts.contacts.push_back({Side::receiving, "line-manager", "Lee", "", ""});
    bench.at("2026-06-05T10:00:00Z", raise);
    Update known = update_of(UpdateKind::name_contact);
    known.contact = {Side::receiving, "line-manager", "Lee Line", "lee@school.example.org", ""};
    bench.at("2026-06-05T11:00:00Z", known);
    CHECK(bench.the_case.facts.contacts.size() == 3);
    CHECK(bench.the_case.facts.contacts.back() == known.contact);
    known.contact.address = "deputy@school.example.org";
    bench.at("2026-06-05T12:00:00Z", known);
    CHECK(bench.the_case.facts.contacts.size() == 4);
}

TEST_CASE("what was done from a chat stands on the case with its account, once for each act") {
    Bench bench;
    bench.at("2026-06-05T10:00:00Z", raise_update());
    CHECK(bench.the_case.by_chat.empty());
    Update seen = update_of(UpdateKind::acknowledge, "");
    seen.by = {Side::receiving, "line-manager", "", "c@school.example.org", "slack:U0123ABCD"};
    bench.at("2026-06-05T11:00:00Z", seen);
    Update moved = update_of(UpdateKind::escalate, "");
    moved.by = seen.by;
    bench.at("2026-06-05T12:00:00Z", moved);
    REQUIRE(bench.the_case.by_chat.size() == 2);
    CHECK(to_words(bench.the_case.by_chat[0], london()) ==
          "Friday 5 June 2026 at 12:00, acknowledged by chat, line manager of the receiving side "
          "(slack:U0123ABCD)");
    CHECK(bench.the_case.by_chat[1].what == "escalated");
}

TEST_CASE("an event that cannot be meant changes nothing but the count") {
    Case the_case;
    Event met;
    met.kind = EventKind::duty_met;
    met.rule = "never-started";
    const Case after = stageclock::apply(the_case, met);
    CHECK(after.events == 1);
    CHECK(after.duties.empty());
    CHECK(after.status == Status::open);
}

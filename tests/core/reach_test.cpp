// SPDX-License-Identifier: MIT
//
// Messages that do not arrive, and readers who are away: nobody is muted, and no clock stops.
#include <doctest/doctest.h>

#include "bot/core/recipients.h"
#include "tests/support/small_policy.h"

namespace stageclock {
namespace {

using testing::Bench;
using testing::raise_update;
using testing::update_of;
using testing::utc;

constexpr const char* manager = "line-manager@school.example.org";
constexpr const char* deputy = "deputy@school.example.org";
constexpr const char* inbox = "inbox@board.example.org";

Post& post_of(Bench& bench, const std::string& id) {
    for (Post& post : bench.small.directory.posts) {
        if (post.id == id) return post;
    }
    throw std::runtime_error("no post " + id);
}

// At stage 2, whose actors are the line managers; the school's has a deputy.
Bench at_stage_2() {
    Bench bench;
    bench.small.add("school", "deputy");
    post_of(bench, "school-line-manager").deputy = "school-deputy";
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-02T09:00:00Z", update_of(UpdateKind::escalate));
    return bench;
}

Update unreached(Unreached::How how, const std::string& address) {
    Update update;
    update.kind = UpdateKind::report_unreached;
    update.unreached.how = how;
    update.unreached.address = address;
    return update;
}
Update bounced(const std::string& address) { return unreached(Unreached::How::bounced, address); }
Update away(const std::string& address) { return unreached(Unreached::How::away, address); }

std::vector<std::string> who(const Bench& bench, const char* when) {
    std::vector<std::string> addresses;
    const Filled filled = fill(bench.the_case, {{Side::receiving, "line-manager"}},
                               bench.small.rules(), utc(when));
    for (const Recipient& person : filled.people) addresses.push_back(person.address);
    return addresses;
}
using Who = std::vector<std::string>;

TEST_CASE("a prompt that bounces goes to the deputy at once, and the board learns of it") {
    Bench bench = at_stage_2();
    REQUIRE(bench.told(Reason::stage_entered, manager) == 1);
    const auto due = deadline_of(bench.the_case, bench.the_case.duties.back(), bench.small.rules());
    bench.at("2026-06-02T09:01:00Z", bounced("Line-Manager@School.example.org"));
    REQUIRE(bench.told(Reason::stage_entered, deputy) == 1);
    CHECK(bench.last.notices.front().deadline == due.due);
    REQUIRE(bench.told(Reason::delivery_failed, inbox) == 1);
    const Notice& report = bench.last.notices.back();
    CHECK(report.missing == Who{"line manager of the receiving side"});
    CHECK(report.ask.find("Whoever stands in has been told.") != std::string::npos);
    CHECK(bench.last.notices.size() == 2);
    CHECK(who(bench, "2026-06-02T09:02:00Z") == Who{deputy});
}

TEST_CASE("the next address of the same post comes before its deputy") {
    Bench bench = at_stage_2();
    post_of(bench, "school-line-manager").more_addresses = {"second@school.example.org"};
    bench.at("2026-06-02T09:01:00Z", bounced(manager));
    CHECK(bench.told(Reason::stage_entered, "second@school.example.org") == 1);
    CHECK(bench.told(Reason::stage_entered, deputy) == 0);
    bench.at("2026-06-02T09:02:00Z", bounced("second@school.example.org"));
    CHECK(bench.told(Reason::stage_entered, deputy) == 1);
}

TEST_CASE("somebody away keeps getting what is theirs, and the deputy gets it too") {
    Bench bench = at_stage_2();
    bench.at("2026-06-02T09:01:00Z", away(manager));
    CHECK(bench.told(Reason::stage_entered, deputy) == 1);
    CHECK(bench.told(Reason::stage_entered, manager) == 0);  // has it already
    CHECK(bench.told(Reason::delivery_failed, inbox) == 1);
    CHECK(who(bench, "2026-06-03T09:00:00Z") == Who{manager, deputy});
    bench.look("2026-06-08T16:00:00Z");
    CHECK(bench.told(Reason::deadline_near, manager) == 1);
    CHECK(bench.told(Reason::deadline_near, deputy) == 1);
    CHECK(who(bench, "2026-06-16T09:00:59Z") == Who{manager, deputy});
    CHECK(who(bench, "2026-06-16T09:01:00Z") == Who{manager});  // nobody stays away for ever
}

TEST_CASE("who said when they are back is away until then") {
    Bench bench = at_stage_2();
    Update update = away(manager);
    update.unreached.until = utc("2026-07-01T00:00:00Z");
    bench.at("2026-06-02T09:01:00Z", update);
    CHECK(who(bench, "2026-06-30T23:59:59Z") == Who{manager, deputy});
    CHECK(who(bench, "2026-07-01T00:00:00Z") == Who{manager});
}

TEST_CASE("whoever writes to us, or is named anew, is in reach again") {
    Bench bench = at_stage_2();
    bench.at("2026-06-02T09:01:00Z", bounced(manager));
    Update acknowledged = update_of(UpdateKind::acknowledge);
    acknowledged.by.address = manager;
    bench.at("2026-06-02T10:00:00Z", acknowledged);
    CHECK(who(bench, "2026-06-02T10:00:01Z") == Who{manager});
    bench.at("2026-06-02T10:01:00Z", bounced(manager));
    Update named = update_of(UpdateKind::name_contact);
    named.contact = {Side::receiving, "line-manager", "M", manager, ""};
    bench.at("2026-06-02T10:02:00Z", named);
    CHECK(who(bench, "2026-06-02T10:03:00Z") == Who{manager});
}

TEST_CASE("when nobody stands in, the board and those who may know are asked for somebody") {
    Bench bench = at_stage_2();
    post_of(bench, "school-line-manager").deputy.clear();
    bench.at("2026-06-02T09:01:00Z", bounced(manager));
    CHECK(bench.told(Reason::contact_missing, inbox) == 1);
    CHECK(bench.told(Reason::contact_missing, "r@housing.example.org") == 1);
    CHECK(bench.last.notices.back().ask.find("reach them another way") != std::string::npos);

    Bench leave = at_stage_2();
    post_of(leave, "school-line-manager").deputy.clear();
    leave.at("2026-06-02T09:01:00Z", away(manager));
    CHECK(leave.told(Reason::contact_missing, inbox) == 0);  // it was delivered
    CHECK(leave.last.notices.back().ask.find("see that somebody does") != std::string::npos);
}

TEST_CASE("the same absence is told once, a reminder that bounces tells the board nothing") {
    Bench bench = at_stage_2();
    bench.at("2026-06-02T09:01:00Z", away(manager));
    bench.at("2026-06-03T09:01:00Z", away(manager));
    CHECK(bench.last.notices.empty());
    Bench other = at_stage_2();
    Update reminder = bounced(manager);
    reminder.unreached.statutory = false;
    other.at("2026-06-02T09:01:00Z", reminder);
    CHECK(other.told(Reason::delivery_failed, inbox) == 0);
    CHECK(other.told(Reason::stage_entered, deputy) == 1);
    other.at("2026-06-02T09:02:00Z", reminder);
    CHECK(other.last.notices.empty());
}

TEST_CASE("a copy that bounces goes to whoever stands in, and only that copy") {
    Bench bench;
    bench.small.add("", "manager");
    post_of(bench, "-manager").more_addresses = {"office@board.example.org"};
    Copy copy;
    copy.id = "told-at-2";
    copy.on = "stage-entered";
    copy.stage = "2";
    copy.to = {{Side::board, "manager"}};
    copy.text = "For information.";
    bench.small.policy.copies = {copy};
    bench.at("2026-06-01T09:00:00Z", raise_update());
    bench.at("2026-06-02T09:00:00Z", update_of(UpdateKind::escalate));
    REQUIRE(bench.told(Reason::copied_by_policy, "manager@.example.org") == 1);
    Update update = bounced("manager@.example.org");
    update.unreached.rule = "told-at-2";
    bench.at("2026-06-02T09:01:00Z", update);
    CHECK(bench.told(Reason::copied_by_policy, "office@board.example.org") == 1);
    CHECK(bench.told(Reason::delivery_failed, inbox) == 1);
    CHECK(bench.last.notices.size() == 2);
}

TEST_CASE("an address that has no part in the case changes nothing") {
    const Bench bench = at_stage_2();
    CHECK(bench.refusal("2026-06-02T09:01:00Z", bounced("stranger@example.org")) ==
          Refused::malformed_field);
}

TEST_CASE("nothing is asked about a closed case, but its board learns what did not arrive") {
    Bench bench = at_stage_2();
    bench.at("2026-06-02T10:00:00Z", update_of(UpdateKind::resolve));
    bench.at("2026-06-02T10:01:00Z", bounced(manager));
    CHECK(bench.told(Reason::stage_entered, deputy) == 0);
    CHECK(bench.told(Reason::delivery_failed, inbox) == 1);
    CHECK(bench.last.notices.size() == 1);
}

TEST_CASE("when the board's own inbox fails its next address is told, and nobody twice") {
    Bench bench = at_stage_2();
    post_of(bench, "inbox").more_addresses = {"office@board.example.org"};
    bench.at("2026-06-02T09:01:00Z", bounced(inbox));
    CHECK(bench.last.notices.empty());
    bench.at("2026-06-02T09:02:00Z", bounced(manager));
    CHECK(bench.told(Reason::delivery_failed, "office@board.example.org") == 1);
    CHECK(bench.told(Reason::delivery_failed, inbox) == 0);
}

}  // namespace
}  // namespace stageclock

// SPDX-License-Identifier: MIT
//
// Sending windows: a reminder waits for the hours of its recipient, and nothing else does.
#include <doctest/doctest.h>

#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

std::optional<Instant> opening_of(const std::vector<std::string>& texts, const char* at) {
    std::vector<Hours> hours;
    for (const std::string& text : texts) hours.push_back(*parse_hours(text));
    return opening(hours, utc(at), england_and_wales());
}

// A case at stage 2 whose school's line manager has this window. The limit of stage 2, one working
// week from Monday the 8th, is Monday the 15th at 17:00; its reminder falls due on Friday at 09:00.
struct WithWindow : Bench {
    explicit WithWindow(const char* window) {
        for (Post& post : small.directory.posts) {
            if (post.id == "school-line-manager") post.window = {*parse_hours(window)};
        }
        at("2026-06-05T10:00:00Z", raise_update());
        at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    }

    const Notice& reminder_to_school() const {
        const auto found =
            std::find_if(last.notices.begin(), last.notices.end(), [](const Notice& notice) {
                return notice.kind == NoticeKind::reminder && notice.to.id == "school-line-manager";
            });
        if (found == last.notices.end()) throw std::runtime_error("no reminder");
        return *found;
    }
};

constexpr const char* reminder_time = "2026-06-12T08:00:00Z";

}  // namespace

TEST_CASE("a window that is open now opens now") {
    CHECK(opening_of({"working days 09:00-17:00"}, "2026-06-08T08:00:01Z") ==
          utc("2026-06-08T08:00:01Z"));
    CHECK_FALSE(opening_of({}, "2026-06-08T08:00:01Z"));
}

TEST_CASE("a closed window opens on the next day it begins on, whatever lies between") {
    // 17:00 on Christmas Eve 2026, a Thursday; Monday the 28th is a bank holiday.
    CHECK(opening_of({"working days 09:00-17:00"}, "2026-12-24T17:00:00Z") ==
          utc("2026-12-29T09:00:00Z"));
    CHECK(opening_of({"working days 09:00-17:00", "Saturday 10:00-12:00"},
                     "2026-12-24T17:00:00Z") == utc("2026-12-26T10:00:00Z"));
    CHECK(opening_of({"bank holidays 08:00-20:00"}, "2026-06-08T08:00:00Z") ==
          utc("2026-08-31T07:00:00Z"));
    CHECK(opening_of({"outside working days 09:00-17:00"}, "2026-06-08T10:00:00Z") ==
          utc("2026-06-08T16:00:00Z"));
    CHECK(opening_of({"Friday 21:00-07:00"}, "2026-06-06T06:00:00Z") ==
          utc("2026-06-12T20:00:00Z"));
}

TEST_CASE("a window opens where a search minute by minute finds it, also through clock changes") {
    const std::vector<std::vector<std::string>> windows{
        {"01:00-01:30"},
        {"01:30-02:30"},
        {"weekends 21:00-07:00"},
        {"outside 00:30-02:15", "Sunday 02:00-02:05"},
        {"working days 08:00-18:00", "bank holidays 09:00-09:30"}};
    for (const char* start : {"2026-03-28T20:00:00Z", "2026-10-24T20:00:00Z"}) {
        for (const auto& texts : windows) {
            CAPTURE(texts.front());
            std::vector<Hours> hours;
            for (const std::string& text : texts) hours.push_back(*parse_hours(text));
            std::optional<Instant> open;  // found backwards: the nearest open minute from here on
            for (int minute = 4 * 24 * 60; minute >= 0; --minute) {
                const Instant at = utc(start) + std::chrono::minutes(minute);
                if (std::any_of(hours.begin(), hours.end(), [&](const Hours& one) {
                        return holds(one, at, england_and_wales());
                    })) {
                    open = at;
                }
                if (open && minute < 24 * 60) {
                    REQUIRE(opening(hours, at, england_and_wales()) == open);
                }
            }
        }
    }
}

TEST_CASE("a reminder waits until its recipient's window opens, and only theirs") {
    WithWindow bench("working days 10:30-16:00");
    bench.look(reminder_time);
    CHECK(bench.reminder_to_school().hold_until == utc("2026-06-12T09:30:00Z"));
    CHECK(bench.reminder_to_school().scheduled == utc(reminder_time));
    const auto held = std::count_if(bench.last.notices.begin(), bench.last.notices.end(),
                                    [](const Notice& n) { return n.hold_until.has_value(); });
    CHECK(held == 1);
}

TEST_CASE("a reminder within the window, or whose window opens too late, goes out at once") {
    for (const char* window : {"working days 09:00-17:00", "Tuesday 09:00-17:00"}) {
        CAPTURE(window);
        WithWindow bench(window);
        bench.look(reminder_time);
        CHECK_FALSE(bench.reminder_to_school().hold_until);
    }
}

TEST_CASE("an urgent case waits for nobody's window") {
    WithWindow bench("Saturday 10:00-12:00");
    bench.at("2026-06-11T19:00:00Z", update_of(UpdateKind::mark_urgent));
    bench.look("2026-06-12T15:00:00Z");
    CHECK_FALSE(bench.reminder_to_school().hold_until);
}

TEST_CASE("prompts wait for nobody's window") {
    WithWindow bench("Saturday 10:00-12:00");
    bench.look("2026-06-15T16:00:00Z");
    CHECK(bench.told(Reason::deadline_passed, "line-manager@school.example.org") == 1);
    for (const Notice& notice : bench.last.notices) CHECK_FALSE(notice.hold_until);
}

TEST_CASE("a held reminder goes out with the deadline as it stands by then") {
    WithWindow bench("working days 10:30-16:00");
    bench.look(reminder_time);
    const Notice held = bench.reminder_to_school();
    CHECK(held.deadline == utc("2026-06-15T16:00:00Z"));
    bench.at("2026-06-12T09:00:00Z", update_of(UpdateKind::mark_urgent));
    const Notice sent = without_hold(held, bench.the_case, bench.small.rules());
    CHECK(sent.deadline == utc("2026-06-13T09:00:00Z"));
    CHECK(sent.urgent);
    CHECK(sent.key() == held.key());
    CHECK_FALSE(sent.hold_until);
}

TEST_CASE("mail goes to the next address when the first is empty, and is known from any") {
    Bench bench;
    for (Post& post : bench.small.directory.posts) {
        if (post.id != "school-line-manager") continue;
        post.more_addresses = {"second@school.example.org", "third@school.example.org"};
        CHECK(address_of(post) == "line-manager@school.example.org");
        CHECK(has_address(post, "Third@School.example.org"));
        CHECK_FALSE(has_address(post, ""));
        post.address.clear();
    }
    bench.at("2026-06-05T10:00:00Z", raise_update());
    bench.at("2026-06-08T10:00:00Z", update_of(UpdateKind::escalate));
    CHECK(bench.told(Reason::stage_entered, "second@school.example.org") == 1);
    CHECK(bench.told(Reason::contact_missing, "inbox@board.example.org") == 0);
}

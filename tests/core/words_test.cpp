// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <set>

#include "bot/core/case.h"
#include "bot/core/notice.h"
#include "bot/core/reason.h"
#include "bot/core/update.h"

using namespace stageclock;

namespace {

bool is_kebab_case(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == text.npos &&
           text.front() != '-' && text.back() != '-';
}

template <class Enum>
void check_words(Enum last) {
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const std::string_view text = to_text(static_cast<Enum>(i));
        CAPTURE(text);
        CHECK(is_kebab_case(text));
        CHECK(seen.insert(text).second);
    }
}

template <class Enum, class Parse>
void check_round_trip(Enum last, Parse parse) {
    check_words(last);
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const auto value = static_cast<Enum>(i);
        CAPTURE(to_text(value));
        CHECK(parse(to_text(value)) == value);
    }
    CHECK_FALSE(parse(""));
    CHECK_FALSE(parse("no-such-word"));
}

}  // namespace

TEST_CASE("every word is read back as what it was written for") {
    check_round_trip(EventKind::settled, parse_event_kind);
    check_round_trip(Occasion::happened, parse_occasion);
    check_round_trip(DutyRun::State::ended, parse_duty_state);
    check_round_trip(UpdateKind::report_event, parse_update_kind);
    check_round_trip(NoticeKind::outcome, parse_notice_kind);
    check_round_trip(Reason::policy_review, parse_reason);
}

TEST_CASE("words that are only written are plain and distinct") {
    check_words(Status::withdrawn);
    check_words(Refused::policy_guard);
}

TEST_CASE("words are kebab-case and say what the board says") {
    CHECK(to_text(EventKind::stage_entered) == "stage-entered");
    CHECK(to_text(UpdateKind::mark_urgent) == "mark-urgent");
    CHECK(to_text(Reason::case_raised) == "case-raised");
    CHECK_FALSE(parse_update_kind("Mark-Urgent"));
}

TEST_CASE("a policy knows an event by its kind, its own word, or the duty it ends") {
    Event event;
    event.kind = EventKind::escalated;
    event.rule = "resolve-2";
    event.name = "line-manager-told";
    CHECK(event.word() == "escalated");
    event.kind = EventKind::reported;
    CHECK(event.word() == "line-manager-told");
    event.kind = EventKind::duty_missed;
    CHECK(event.word() == "missed:resolve-2");
    event.kind = EventKind::duty_met;
    CHECK(event.word() == "met:resolve-2");
}

TEST_CASE("a notice's key tells apart all that may be told twice") {
    Notice notice;
    notice.ref = "CSCP-2026-0042";
    notice.rule = "resolve-2";
    notice.kind = NoticeKind::reminder;
    notice.reason = Reason::deadline_near;
    notice.occurrence = 3;
    notice.to.id = "camden-housing-3";
    notice.channel = "mail";
    notice.destination = "a@example.org";  // a post may have several, one after the other
    CHECK(notice.key() ==
          "CSCP-2026-0042/resolve-2/reminder/deadline-near/3/camden-housing-3/mail/a@example.org");
}

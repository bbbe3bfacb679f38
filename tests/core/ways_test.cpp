// SPDX-License-Identifier: MIT
#include "bot/core/ways.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

// A board whose school has a line manager found by many ways.
struct Reach {
    Small small;

    Reach() {
        Post& post = manager();
        post.channels = {"mail", "teams:desk", "slack", "sms"};
        post.accounts = {"slack:U0123ABCD"};
        post.phone = "07700 900000";
    }
    Post& manager() {
        for (Post& post : small.directory.posts)
            if (post.id == "school-line-manager") return post;
        throw std::logic_error("the small board has changed");
    }
    // A prompt by mail to them.
    Notice mail() {
        Notice notice;
        notice.ref = "SB-2026-0001";
        notice.rule = "resolve-2";
        notice.kind = NoticeKind::prompt;
        notice.reason = Reason::stage_entered;
        notice.to.id = "school-line-manager";
        notice.to.side = Side::receiving;
        notice.to.role = "line-manager";
        notice.to.name = "Lee Line";
        notice.to.address = "line-manager@school.example.org";
        notice.to.phone = "07700 900000";
        notice.channel = "mail";
        notice.destination = notice.to.address;
        notice.form = "form-a";
        return notice;
    }
    std::vector<std::string> nudged(const Notice& mail) {
        return ways(nudges_beside(mail, small.directory, small.board));
    }
    static std::vector<std::string> ways(const std::vector<Notice>& notices) {
        std::vector<std::string> all;
        for (const Notice& each : notices) all.push_back(each.channel + ":" + each.destination);
        return all;
    }
    std::optional<Notice> next(const Notice& failed) { return next_way(failed, small.directory); }
};

using Ways = std::vector<std::string>;

}  // namespace

TEST_CASE("a prompt also goes by the first of the other ways, an urgent one by the first two") {
    Reach reach;
    Notice mail = reach.mail();
    CHECK(reach.nudged(mail) == Ways{"teams:desk"});
    mail.urgent = true;
    CHECK(reach.nudged(mail) == Ways{"teams:desk", "slack:@U0123ABCD"});
    reach.small.board.urgent_at_once = 9;
    CHECK(reach.nudged(mail) == Ways{"teams:desk", "slack:@U0123ABCD", "sms:07700 900000"});
    reach.small.board.urgent_at_once = 0;
    CHECK(reach.nudged(mail).empty());
    mail.urgent = false;
    mail.kind = NoticeKind::reminder;
    CHECK(reach.nudged(mail) == Ways{"teams:desk"});
}

TEST_CASE("the order is the directory's, wherever mail stands in it or whether it does") {
    Reach reach;
    reach.manager().channels = {"sms", "teams:desk", "mail"};
    CHECK(reach.nudged(reach.mail()) == Ways{"sms:07700 900000"});
    reach.manager().channels = {"sms"};
    CHECK(reach.nudged(reach.mail()) == Ways{"sms:07700 900000"});
    reach.manager().channels = {"mail"};
    CHECK(reach.nudged(reach.mail()).empty());
    reach.manager().channels = {};
    CHECK(reach.nudged(reach.mail()).empty());
}

TEST_CASE("a way that lacks its number or account is passed over") {
    Reach reach;
    reach.manager().channels = {"sms", "slack"};
    reach.manager().phone.clear();
    CHECK(reach.nudged(reach.mail()) == Ways{"slack:@U0123ABCD"});
    reach.manager().accounts.clear();
    CHECK(reach.nudged(reach.mail()) == Ways{"slack:@line-manager@school.example.org"});
    reach.manager().address.clear();
    CHECK(reach.nudged(reach.mail()).empty());
}

TEST_CASE("receipts, copies and outcomes are mail alone") {
    Reach reach;
    Notice mail = reach.mail();
    for (const NoticeKind kind : {NoticeKind::receipt, NoticeKind::copy, NoticeKind::outcome}) {
        CAPTURE(to_text(kind));
        mail.kind = kind;
        CHECK(reach.nudged(mail).empty());
    }
}

TEST_CASE("a nudge names nobody, takes no form along, and is another notice than the mail") {
    Reach reach;
    const Notice mail = reach.mail();
    const auto nudges = nudges_beside(mail, reach.small.directory, reach.small.board);
    REQUIRE(nudges.size() == 1);
    const Notice& nudge = nudges.front();
    CHECK(nudge.to.audience == Audience::chat);
    CHECK(nudge.to.name.empty());
    CHECK(nudge.to.address.empty());
    CHECK(nudge.to.phone.empty());
    CHECK(nudge.form.empty());
    CHECK(nudge.to.id == mail.to.id);
    CHECK(nudge.to.role == mail.to.role);
    CHECK(nudge.instead_of.empty());
    CHECK(nudge.key() != mail.key());
}

TEST_CASE("somebody named on the case is written to by mail, and has no other way") {
    Reach reach;
    Notice mail = reach.mail();
    mail.to.id = "receiving:practitioner:c@school.example.org";
    CHECK(reach.nudged(mail).empty());
    CHECK_FALSE(reach.next(mail));
}

TEST_CASE("what fails goes by the next way, and what has no next one ends there") {
    Reach reach;
    Notice mail = reach.mail();
    mail.hold_until = utc("2026-06-08T08:00:00Z");
    const auto first = reach.next(mail);
    REQUIRE(first);
    CHECK(first->channel == "teams");
    CHECK(first->destination == "desk");
    CHECK(first->instead_of == "mail");
    CHECK_FALSE(first->hold_until);
    const auto second = reach.next(*first);
    REQUIRE(second);
    CHECK(second->channel == "slack");
    CHECK(second->instead_of == "teams");
    const auto third = reach.next(*second);
    REQUIRE(third);
    CHECK(third->channel == "sms");
    CHECK_FALSE(reach.next(*third));
    CHECK(reach.next(*first)->key() == second->key());  // asked twice it is the same notice
    CHECK(first->to.audience == Audience::chat);
}

TEST_CASE("a way that is not the post's any more has no next one") {
    Reach reach;
    const auto first = reach.next(reach.mail());
    REQUIRE(first);
    reach.manager().channels = {"mail", "sms"};
    CHECK_FALSE(reach.next(*first));
    reach.manager().channels = {"mail"};
    CHECK_FALSE(reach.next(reach.mail()));
}

TEST_CASE("answers to mails, and what says that a mail failed, stay in mail") {
    Reach reach;
    Notice answer = reach.mail();
    answer.in_reply_to = "<1@example.org>";
    CHECK_FALSE(reach.next(answer));
    Notice failed = reach.mail();
    failed.reason = Reason::delivery_failed;
    CHECK_FALSE(reach.next(failed));
    Notice of_no_case = reach.mail();
    of_no_case.ref.clear();
    CHECK_FALSE(reach.next(of_no_case));
    Notice outcome = reach.mail();
    outcome.kind = NoticeKind::outcome;
    CHECK(reach.next(outcome));  // beside its mail there is none, in its place there is
}

TEST_CASE("an urgent notice waits less before the next way is tried") {
    Reach reach;
    Notice mail = reach.mail();
    CHECK(patience_of(mail, reach.small.board) == std::chrono::minutes(30));
    mail.urgent = true;
    CHECK(patience_of(mail, reach.small.board) == std::chrono::minutes(10));
    reach.small.board.urgent_fall_back_after = std::chrono::minutes(3);
    CHECK(patience_of(mail, reach.small.board) == std::chrono::minutes(3));
}

// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "bot/core/ways.h"

using namespace stageclock;

namespace {

// A post with a text message and a second mail service beside its mail.
Directory directory() {
    Post post;
    post.id = "manager";
    post.address = "manager@example.org";
    post.phone = "07700 900123";
    post.channels = {"mail", "notify-mail", "sms"};
    Directory made;
    made.posts = {post};
    return made;
}

Notice prompt() {
    Notice notice;
    notice.ref = "CSCP-2026-0042";
    notice.kind = NoticeKind::prompt;
    notice.reason = Reason::stage_entered;
    notice.to.id = "manager";
    notice.to.name = "Kim Example";
    notice.channel = "mail";
    notice.destination = "manager@example.org";
    notice.form = "record";
    notice.urgent = true;
    return notice;
}

}  // namespace

TEST_CASE("a second mail service never sends beside a mail that is on its way") {
    Board board;
    board.urgent_at_once = 2;
    const auto nudges = nudges_beside(prompt(), directory(), board);
    REQUIRE(nudges.size() == 1);
    CHECK(nudges[0].channel == "sms");
    CHECK(nudges[0].to.name.empty());
}

TEST_CASE("when mail fails a second mail service carries the same, name and form included") {
    const auto next = next_way(prompt(), directory());
    REQUIRE(next);
    CHECK(next->channel == "notify-mail");
    CHECK(next->destination == "manager@example.org");
    CHECK(next->instead_of == "mail");
    CHECK(next->to.audience == Audience::officer);
    CHECK(next->to.name == "Kim Example");
    CHECK(next->form == "record");
    const auto last = next_way(*next, directory());
    REQUIRE(last);
    CHECK(last->channel == "sms");
    CHECK(last->to.audience == Audience::chat);
    CHECK(last->form.empty());
}

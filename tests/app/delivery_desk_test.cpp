// SPDX-License-Identifier: MIT
#include "bot/app/delivery_desk.h"

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "bot/app/sealed_address.h"
#include "tests/app/mail_fakes.h"
#include "tests/support/plain_seal.h"

namespace stageclock {
namespace {

using namespace stageclock::testing;

// A case whose receiving line manager lists a text message and a room beside mail.
struct Counter {
    MailDesk desk;
    std::unique_ptr<Store> store = make_memory_store();
    Settings settings;
    PlainSeal seal;
    int rings = 0;
    DeliveryDesk reports{desk, *store, settings, seal, [this] { ++rings; }};

    Counter() {
        settings.mail_from = "stageclock@board.example.org";
        Update raised = raise_update();
        raised.id = "raise";
        desk.submit(raised);
        desk.known.at("SB-2026-0001").stage = "2";
        for (Post& post : desk.small.directory.posts) {
            if (post.id != "school-line-manager") continue;
            post.phone = "07700 900123";
            post.channels = {"mail", "sms", "teams:managers"};
        }
    }

    static Notice notice(const std::string& channel, const std::string& destination) {
        Notice made;
        made.ref = "SB-2026-0001";
        made.board = "small";
        made.rule = "stage-2";
        made.stage = "2";
        made.kind = NoticeKind::prompt;
        made.reason = Reason::stage_entered;
        made.to.id = "school-line-manager";
        made.to.side = Side::receiving;
        made.to.role = "line-manager";
        made.to.address = "line-manager@school.example.org";
        made.channel = channel;
        made.destination = destination;
        return made;
    }
    std::int64_t claimed(Notice made) {
        made.decided = desk.time;
        REQUIRE(store->post({&made, 1}, {"test", made.channel, "", "", "", desk.time}));
        const auto rows = store->claim(desk.time, desk.time + std::chrono::minutes(5), 1);
        REQUIRE(rows);
        REQUIRE(rows->size() == 1);
        return rows->front().id;
    }
    std::int64_t sent(const std::string& channel, const std::string& destination) {
        const std::int64_t id = claimed(notice(channel, destination));
        accept(id);
        return id;
    }
    void accept(std::int64_t id) {
        const SendResult accepted{id, NoticeState::accepted, desk.time, desk.time, "201", "{}"};
        REQUIRE(store->record({&accepted, 1}));
    }
    DeliveryReport report(std::int64_t id, const std::string& said) const {
        return {sealed_message_id(id, settings, seal), said == "delivered", said};
    }
    NoticeState state(std::int64_t id) const { return (*store->notice(id))->state; }
    std::vector<NoticeRow> rows() const { return *store->recent_notices(10); }
};

TEST_CASE("a message that arrived is marked so, once, and nothing else happens") {
    Counter counter;
    const auto id = counter.sent("sms", "07700 900123");
    CHECK(counter.reports.waiting());
    CHECK(counter.reports.take(counter.report(id, "delivered")));
    CHECK(counter.reports.take(counter.report(id, "delivered")));
    CHECK(counter.state(id) == NoticeState::delivered);
    CHECK(counter.rows().size() == 1);
    CHECK_FALSE(counter.reports.waiting());
}

TEST_CASE("a text message that does not arrive is followed by the next channel, once") {
    Counter counter;
    const auto id = counter.sent("sms", "07700 900123");
    CHECK(counter.reports.take(counter.report(id, "permanent-failure")));
    CHECK(counter.reports.take(counter.report(id, "permanent-failure")));
    CHECK(counter.reports.take(counter.report(id, "delivered")));
    CHECK(counter.state(id) == NoticeState::bounced);
    const auto rows = counter.rows();
    REQUIRE(rows.size() == 2);
    CHECK(rows.front().notice.channel == "teams");
    CHECK(rows.front().notice.instead_of == "sms");
    CHECK(counter.rings == 1);
    // A nudge is not the record: the case has its mail.
    CHECK(counter.desk.known.at("SB-2026-0001").unreached.empty());
}

TEST_CASE("a mail that does not arrive is told to the case and goes by the next channel") {
    Counter counter;
    counter.settings.notify.mail_template = "template";
    const auto id = counter.sent("mail", "line-manager@school.example.org");
    CHECK(counter.reports.waiting());
    CHECK(counter.reports.take(counter.report(id, "temporary-failure")));
    CHECK(counter.state(id) == NoticeState::bounced);
    const auto& unreached = counter.desk.known.at("SB-2026-0001").unreached;
    REQUIRE(unreached.size() == 1);
    CHECK(unreached.front().how == Unreached::How::bounced);
    CHECK(unreached.front().status == "temporary-failure");
    CHECK(counter.rows().front().notice.channel == "sms");
}

TEST_CASE("a report before the acceptance is recorded is wanted again") {
    Counter counter;
    const auto id = counter.claimed(Counter::notice("sms", "07700 900123"));
    CHECK_FALSE(counter.reports.take(counter.report(id, "permanent-failure")));
    CHECK_FALSE(counter.reports.take(counter.report(id, "delivered")));
    counter.accept(id);
    CHECK(counter.reports.take(counter.report(id, "delivered")));
    CHECK(counter.state(id) == NoticeState::delivered);
}

TEST_CASE("while the case cannot be told the row stays as it is and the report is wanted again") {
    Counter counter;
    const auto id = counter.sent("notify-mail", "line-manager@school.example.org");
    counter.desk.unavailable = true;
    CHECK_FALSE(counter.reports.take(counter.report(id, "permanent-failure")));
    CHECK(counter.state(id) == NoticeState::accepted);
    counter.desk.unavailable = false;
    CHECK(counter.reports.take(counter.report(id, "permanent-failure")));
    CHECK(counter.state(id) == NoticeState::bounced);
}

TEST_CASE("what is not owed any more is not sent by another channel") {
    Counter counter;
    const auto id = counter.sent("sms", "07700 900123");
    counter.desk.known.at("SB-2026-0001").status = Status::resolved;
    CHECK(counter.reports.take(counter.report(id, "permanent-failure")));
    CHECK(counter.state(id) == NoticeState::bounced);
    CHECK(counter.rows().size() == 1);
}

TEST_CASE("a report about nothing of ours is taken and changes nothing") {
    Counter counter;
    const auto id = counter.sent("sms", "07700 900123");
    for (const std::string other : {"", "<>", "<n.1@board.example.org>", "<somebody@else.org>"}) {
        CHECK(counter.reports.take({other, false, "permanent-failure"}));
    }
    CHECK(counter.state(id) == NoticeState::accepted);
    CHECK(counter.rows().size() == 1);
}

}  // namespace
}  // namespace stageclock

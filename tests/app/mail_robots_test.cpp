// SPDX-License-Identifier: MIT
#include "bot/app/mail_robots.h"

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "bot/app/sealed_address.h"
#include "tests/app/mail_fakes.h"
#include "tests/support/plain_seal.h"

namespace stageclock {
namespace {

using namespace stageclock::testing;

// A case whose raiser was sent its receipt, and the receiving line manager a prompt.
struct Office {
    MailDesk desk;
    std::unique_ptr<Store> store = make_memory_store();
    Settings settings;
    PlainSeal seal;
    MailRobots robots{desk, *store, settings, &seal};
    std::int64_t prompt = 0;

    Office() {
        settings.mail_from = "stageclock@board.example.org";
        Update raised = raise_update();
        raised.id = "raise";
        desk.submit(raised);
        prompt = sent("line-manager@school.example.org", "SB-2026-0001", "school-line-manager");
    }

    std::int64_t sent(const std::string& address, const std::string& ref, const std::string& id) {
        Notice notice;
        notice.ref = ref;
        notice.rule = "stage-2";
        notice.kind = NoticeKind::prompt;
        notice.reason = Reason::stage_entered;
        notice.to.id = id;
        notice.to.side = Side::receiving;
        notice.to.role = "line-manager";
        notice.to.address = address;
        notice.channel = "mail";
        notice.destination = address;
        notice.decided = desk.time;
        REQUIRE(store->post({&notice, 1}, {"test", address + ref, "", "", "", desk.time}));
        const auto rows = store->claim(desk.time, desk.time + std::chrono::minutes(5), 10);
        REQUIRE(rows);
        REQUIRE(rows->size() == 1);
        const SendResult accepted{rows->front().id, NoticeState::accepted, desk.time, desk.time,
                                  "250 2.0.0 Ok", "bytes"};
        REQUIRE(store->record({&accepted, 1}));
        return accepted.id;
    }

    static IncomingMail report(const std::string& id) {
        IncomingMail mail;
        mail.id = id;
        mail.from_address = "mailer-daemon@mx.example.org";
        mail.writer.kind = Writer::Kind::bounce;
        mail.writer.failed = {{"somebody@else.example.org", "5.1.1", true}};
        return mail;
    }
    IncomingMail answer(const std::string& id) const {
        IncomingMail mail;
        mail.id = id;
        mail.from_address = "Line-Manager@school.example.org";
        mail.writer.kind = Writer::Kind::robot;
        mail.writer.away = true;
        mail.references = {sealed_message_id(prompt, settings, seal)};
        return mail;
    }
    NoticeState state() const { return (*store->notice(prompt))->state; }
    const std::vector<Unreached>& unreached() const {
        return desk.known.at("SB-2026-0001").unreached;
    }
};

TEST_CASE("a bounce is known by the address it came to, whatever it says") {
    Office office;
    IncomingMail mail = Office::report("<b1>");
    mail.to = {"stageclock@board.example.org",
               sealed_address(SealFor::bounce, office.prompt, office.settings, office.seal)};
    CHECK(office.robots.take(mail).handled == Handled::done);
    CHECK(office.state() == NoticeState::bounced);
    CHECK((*office.store->notice(office.prompt))->reply == "250 2.0.0 Ok");
    REQUIRE(office.unreached().size() == 1);
    const Unreached& missed = office.unreached().front();
    CHECK(missed.how == Unreached::How::bounced);
    CHECK(missed.address == "line-manager@school.example.org");
    CHECK(missed.rule == "stage-2");
    CHECK(missed.status == "5.1.1");
    CHECK(missed.statutory);
}

TEST_CASE("else by our own Message-ID in it, else by the recipient it names") {
    Office office;
    IncomingMail mail = Office::report("<b1>");
    mail.writer.returned_ids = {"<other@example.org>",
                                sealed_message_id(office.prompt, office.settings, office.seal)};
    CHECK(office.robots.take(mail).handled == Handled::done);
    CHECK(office.unreached().size() == 1);

    Office other;
    mail = Office::report("<b2>");
    mail.writer.failed.front().address = "LINE-MANAGER@school.example.org";
    CHECK(other.robots.take(mail).handled == Handled::done);
    CHECK(other.unreached().size() == 1);
}

TEST_CASE("a report about nothing of ours, or with a false seal, changes nothing and is listed") {
    Office office;
    IncomingMail mail = Office::report("<b1>");
    mail.to = {"stageclock+b.r1@board.example.org", "stageclock+b.@board.example.org"};
    mail.writer.returned_ids = {"<n.r1@board.example.org>"};
    const auto ending = office.robots.take(mail);
    CHECK(ending.handled == Handled::aside);
    CHECK(ending.why == "a delivery report about no message we know");
    CHECK(office.state() == NoticeState::accepted);
    CHECK(office.unreached().empty());
}

TEST_CASE("a report that overtakes the record of its sending is told to the case all the same") {
    Office office;
    Notice notice = (*office.store->notice(office.prompt))->notice;
    notice.occurrence = 2;
    REQUIRE(office.store->post({&notice, 1}, {"test", "again", "", "", "", office.desk.time}));
    const auto rows = office.store->claim(office.desk.time,
                                          office.desk.time + std::chrono::minutes(5), 10);
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);
    IncomingMail mail = Office::report("<b1>");
    mail.to = {
        sealed_address(SealFor::bounce, rows->front().id, office.settings, office.seal)};
    CHECK(office.robots.take(mail).handled == Handled::done);
    CHECK((*office.store->notice(rows->front().id))->state == NoticeState::claimed);
    CHECK(office.unreached().size() == 1);
}

TEST_CASE("a delay is not the end of a delivery") {
    Office office;
    IncomingMail mail = Office::report("<b1>");
    mail.to = {sealed_address(SealFor::bounce, office.prompt, office.settings, office.seal)};
    mail.writer.failed = {{"line-manager@school.example.org", "4.4.1", false}};
    CHECK(office.robots.take(mail).handled == Handled::done);
    CHECK(office.state() == NoticeState::accepted);
    CHECK(office.unreached().empty());
}

TEST_CASE("somebody who is away is marked, and their message stays delivered") {
    Office office;
    IncomingMail mail = office.answer("<a1>");
    mail.writer.back = "2026-07-06";
    CHECK(office.robots.take(mail).handled == Handled::done);
    CHECK(office.state() == NoticeState::accepted);
    REQUIRE(office.unreached().size() == 1);
    CHECK(office.unreached().front().how == Unreached::How::away);
    CHECK(office.unreached().front().until == utc("2026-07-05T23:00:00Z"));  // summer time

    IncomingMail other = office.answer("<a2>");
    other.from_address = "list@school.example.org";
    CHECK(office.robots.take(other).handled == Handled::aside);
}

TEST_CASE("a day of return that is over, or makes no sense, is not believed") {
    for (const char* day : {"2026-06-05", "2029-01-04", "soon", ""}) {
        CAPTURE(day);
        Office office;
        IncomingMail mail = office.answer("<a1>");
        mail.writer.back = day;
        CHECK(office.robots.take(mail).handled == Handled::done);
        REQUIRE(office.unreached().size() == 1);
        CHECK_FALSE(office.unreached().front().until);
    }
}

TEST_CASE("a robot that is not away, and an answer to nothing of ours, are only kept") {
    Office office;
    IncomingMail mail = office.answer("<a1>");
    mail.writer.away = false;
    mail.writer.why = "Auto-Submitted";
    CHECK(office.robots.take(mail).why == "automatic mail: Auto-Submitted");
    mail = office.answer("<a2>");
    mail.references.clear();
    CHECK(office.robots.take(mail).handled == Handled::aside);
    CHECK(office.unreached().empty());
}

TEST_CASE("while the store or the engine is in the way a report waits") {
    Office office;
    office.desk.unavailable = true;
    IncomingMail mail = Office::report("<b1>");
    mail.to = {sealed_address(SealFor::bounce, office.prompt, office.settings, office.seal)};
    CHECK(office.robots.take(mail).handled == Handled::later);
    office.desk.unavailable = false;
    CHECK(office.robots.take(mail).handled == Handled::done);
    CHECK(office.unreached().size() == 1);
}

TEST_CASE("an answer to a mail that bounces is for the operator to see") {
    Office office;
    const auto row = office.sent("stranger@example.org", "", "mail:<x>");
    IncomingMail mail = Office::report("<b1>");
    mail.to = {sealed_address(SealFor::bounce, row, office.settings, office.seal)};
    CHECK(office.robots.take(mail).handled == Handled::aside);
    CHECK((*office.store->notice(row))->state == NoticeState::bounced);
}

TEST_CASE("an address of ours fits 64 octets, or there is none") {
    Settings settings;
    const PlainSeal seal;
    settings.mail_from = "stageclock@board.example.org";
    CHECK(sealed_address(SealFor::reply, 7, settings, seal) ==
          "stageclock+r.r7@board.example.org");
    CHECK(row_of_address(SealFor::reply, "StageClock+R.r7@Board.example.org", settings, seal) ==
          7);
    CHECK_FALSE(
        row_of_address(SealFor::bounce, "stageclock+r.r7@board.example.org", settings, seal));
    settings.mail_separator.clear();
    CHECK(sealed_address(SealFor::reply, 7, settings, seal).empty());
    settings.mail_separator = "+";
    settings.mail_from = std::string(60, 's') + "@board.example.org";
    CHECK(sealed_address(SealFor::reply, 7, settings, seal).empty());
}

}  // namespace
}  // namespace stageclock

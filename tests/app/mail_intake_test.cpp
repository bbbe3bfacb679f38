// SPDX-License-Identifier: MIT
#include "bot/app/mail_intake.h"

#include <doctest/doctest.h>

#include "tests/app/mail_fakes.h"

namespace stageclock {
namespace {

using namespace stageclock::testing;

const std::string form = "Child: Robin Example\nOur agency: School\nOther agency: Homes\n"
                         "Their practitioner: Kit <kit@housing.example.org>\n"
                         "Summary: They closed the referral.\n";

struct House {
    MailDesk desk;
    MailStore store;
    Settings settings;
    MailIntake intake{desk, store, settings};

    House() { settings.mail_from = "stageclock@board.example.org"; }

    static IncomingMail mail(const std::string& id, const std::string& subject,
                             const std::string& text) {
        IncomingMail made;
        made.id = "<" + id + "@example.org>";
        made.message_id = made.id;
        made.digest = "digest of " + id;
        made.original = "/mail/.aside/new/" + id;
        made.from_name = "Sam Field";
        made.from_address = "sam@example.org";
        made.subject = subject;
        made.text = text;
        return made;
    }
    Handled send(const std::string& id, const std::string& subject, const std::string& text) {
        return intake.take(mail(id, subject, text));
    }
    // A case of its own, raised by mail.
    std::string raised() {
        REQUIRE(send("raise", "New", form) == Handled::done);
        REQUIRE(desk.submitted.size() == 1);
        return "[SB-2026-0001]";
    }
    std::vector<Notice> to(const std::string& address) const {
        std::vector<Notice> found;
        for (const auto& notice : store.posted)
            if (notice.destination == address) found.push_back(notice);
        return found;
    }
    std::vector<Notice> answers() const { return to("sam@example.org"); }
    std::vector<Notice> board() const { return to("inbox@board.example.org"); }
};

TEST_CASE("a form by mail raises a case, with its sender as the raising practitioner") {
    House house;
    house.raised();
    const auto& update = house.desk.submitted.front();
    CHECK(update.source == "mail");
    CHECK(update.id == "<raise@example.org>");
    CHECK(update.by.address == "sam@example.org");
    CHECK_FALSE(update.happened.has_value());
    const auto& facts = house.desk.known.at("SB-2026-0001").facts;
    CHECK(facts.contacts.back() ==
          Contact{Side::raising, "practitioner", "Sam Field", "sam@example.org", ""});
    // The receipt of the case tells the sender: no second mail.
    CHECK(house.store.posted.empty());
    CHECK(house.store.asides.empty());
    CHECK(house.store.attempts.empty());
}

TEST_CASE("a word moves the case, and what was understood goes back once") {
    House house;
    const auto ref = house.raised();
    const auto acknowledged = House::mail("ack", "Re: " + ref, "Acknowledged.");
    CHECK(house.intake.take(acknowledged) == Handled::done);
    CHECK(house.intake.take(acknowledged) == Handled::done);
    CHECK(house.desk.submitted.size() == 2);
    REQUIRE(house.answers().size() == 1);
    const auto notice = house.answers().front();
    CHECK(notice.reason == Reason::mail_understood);
    CHECK(notice.rule == "mail");
    CHECK(notice.ref == "SB-2026-0001");
    CHECK(notice.in_reply_to == "<ack@example.org>");
    CHECK(notice.understood == std::vector<std::string>{"You asked for: acknowledged"});
    CHECK(house.board().empty());
}

TEST_CASE("several contacts in one mail are updates of their own") {
    House house;
    const auto ref = house.raised();
    CHECK(house.send("c", ref, "Line manager: a@example.org\nTheir line manager: b@example.org") ==
          Handled::done);
    REQUIRE(house.desk.submitted.size() == 3);
    CHECK(house.desk.submitted[1].id == "<c@example.org>");
    CHECK(house.desk.submitted[2].id == "<c@example.org>#2");
    CHECK(house.desk.submitted[2].contact.side == Side::receiving);
    CHECK(house.answers().size() == 1);
}

TEST_CASE("a mail that is not certain changes nothing, is answered and shown to the board") {
    House house;
    const auto ref = house.raised();
    CHECK(house.send("m", ref, "Do not escalate yet. Robin Example was seen.") == Handled::aside);
    CHECK(house.desk.submitted.size() == 1);
    REQUIRE(house.answers().size() == 1);
    CHECK(house.answers()[0].reason == Reason::mail_not_understood);
    REQUIRE(house.board().size() == 1);
    const auto shown = house.board()[0];
    CHECK(shown.ref == "SB-2026-0001");
    CHECK(shown.to.audience == Audience::board);
    CHECK(shown.in_reply_to == "");
    CHECK(shown.ask.find("Robin") == std::string::npos);
    REQUIRE(house.store.asides.size() == 1);
    CHECK(house.store.asides[0].original == "/mail/.aside/new/m");
}

TEST_CASE("a refusal of the core is put to the sender in its own words") {
    House house;
    const auto ref = house.raised();
    CHECK(house.send("m", ref, "Resolved") == Handled::aside);
    REQUIRE(house.answers().size() == 1);
    CHECK(house.answers()[0].reason == Reason::mail_not_understood);
    CHECK(house.answers()[0].ask == "Say what was agreed.");
    CHECK(house.store.asides.at(0).why == "refused: missing-field");
}

TEST_CASE("a raise that lacks something is completed by a reply with the rest") {
    House house;
    CHECK(house.send("one", "New", "Our agency: School\nOther agency: Houzing\nSummary: closed") ==
          Handled::aside);
    REQUIRE(house.answers().size() == 1);
    CHECK(house.answers()[0].reason == Reason::mail_incomplete);
    CHECK(house.answers()[0].missing.size() == 1);
    CHECK(house.board().size() == 1);
    auto reply = House::mail("two", "Re: New", "Other agency: Homes\n\n> Other agency: ...");
    reply.references = {"<ours@board.example.org>", "<one@example.org>"};
    auto other = reply;
    other.id = other.message_id = "<three@example.org>";
    other.from_address = "kit@example.org";
    CHECK(house.intake.take(other) == Handled::aside);
    CHECK(house.intake.take(reply) == Handled::done);
    REQUIRE(house.desk.submitted.size() == 1);
    CHECK(house.desk.submitted[0].facts.summary == "closed");
}

TEST_CASE("a stranger changes nothing and learns nothing, whether the case exists or not") {
    House house;
    const auto ref = house.raised();
    for (const auto& [id, subject] : {std::pair{"real", ref}, {"unreal", "[SB-2026-0099]"}}) {
        auto mail = House::mail(id, subject, "resolved: all is well");
        mail.from_address = "mallory@evil.example";
        CHECK(house.intake.take(mail) == Handled::aside);
    }
    CHECK(house.desk.submitted.size() == 1);
    const auto answers = house.to("mallory@evil.example");
    REQUIRE(answers.size() == 2);
    for (const auto& notice : answers) {
        CHECK(notice.ref == "");
        CHECK(notice.to.name == "");
        CHECK(notice.understood.empty());
        CHECK(notice.ask == answers[0].ask);
    }
    CHECK(house.board().size() == 2);
    CHECK(house.store.asides.size() == 2);
}

TEST_CASE("with a border host configured, an unproven sender cannot act") {
    House house;
    house.settings.authserv_id = "mx.board.example.org";
    auto forged = House::mail("f", "New", form);
    forged.authentication_results = {"mx.evil.example; dmarc=pass"};
    CHECK(house.intake.take(forged) == Handled::aside);
    CHECK(house.desk.submitted.empty());
    CHECK(house.store.asides.at(0).why == "its sender is not proven");
    auto proven = House::mail("p", "New", form);
    proven.authentication_results = {"mx.board.example.org; dmarc=pass header.from=example.org"};
    CHECK(house.intake.take(proven) == Handled::done);
    CHECK(house.desk.submitted.size() == 1);
}

TEST_CASE("automatic mail is kept aside and never answered") {
    House house;
    const auto ref = house.raised();
    auto away = House::mail("away", ref, "resolved: I am away");
    away.writer = {.kind = Writer::Kind::robot, .why = "Auto-Submitted"};
    CHECK(house.intake.take(away) == Handled::aside);
    CHECK(house.intake.take(away) == Handled::aside);
    auto own = House::mail("own", ref, "escalate");
    own.from_address = "Stageclock@board.example.org";
    CHECK(house.intake.take(own) == Handled::aside);
    CHECK(house.store.posted.empty());
    CHECK(house.desk.submitted.size() == 1);
    REQUIRE(house.store.asides.size() == 2);
    CHECK(house.store.asides[0].why == "automatic mail: Auto-Submitted");
}

TEST_CASE("while the store or the desk is in the way the mail stays, and is then taken once") {
    House house;
    const auto ref = house.raised();
    const auto mail = House::mail("m", ref, "acknowledged");
    house.store.locked = true;
    CHECK(house.intake.take(mail) == Handled::later);
    house.store.locked = false;
    house.desk.unavailable = true;
    for (int i = 0; i < 20; ++i) CHECK(house.intake.take(mail) == Handled::later);
    house.desk.unavailable = false;
    house.store.post_fails = true;
    for (int i = 0; i < 20; ++i) CHECK(house.intake.take(mail) == Handled::later);
    house.store.post_fails = false;
    CHECK(house.intake.take(mail) == Handled::done);
    CHECK(house.desk.submitted.size() == 2);
    CHECK(house.answers().size() == 1);
}

TEST_CASE("after a crash at any point the mail is one update and one answer") {
    House house;
    const auto ref = house.raised();
    const auto mail = House::mail("m", ref, "acknowledged");
    house.store.post_fails = true;  // committed, then killed before the answer was stored
    CHECK(house.intake.take(mail) == Handled::later);
    house.store.post_fails = false;
    for (int start = 0; start < 3; ++start) {  // killed before the file was moved
        MailIntake restarted(house.desk, house.store, house.settings);
        CHECK(restarted.take(mail) == Handled::done);
    }
    CHECK(house.desk.submitted.size() == 2);
    CHECK(house.answers().size() == 1);
}

TEST_CASE("a mail that killed the process twice is set aside") {
    House house;
    const auto mail = House::mail("m", "New", form);
    house.store.attempts["<m@example.org>"] = 2;
    CHECK(house.intake.take(mail) == Handled::aside);
    CHECK(house.desk.submitted.empty());
    CHECK(house.store.asides.at(0).why == "set aside after killing the process twice");
}

TEST_CASE("a mail that throws is set aside and the next one is taken") {
    House house;
    house.desk.throws = true;
    CHECK(house.send("bad", "New", form) == Handled::aside);
    CHECK(house.store.asides.size() == 1);
    house.desk.throws = false;
    CHECK(house.send("good", "New", form) == Handled::done);
}

TEST_CASE("a Message-ID used for another mail is never taken for a repeat") {
    House house;
    const auto ref = house.raised();
    CHECK(house.send("m", ref, "acknowledged") == Handled::done);
    CHECK(house.send("m", ref, "escalate") == Handled::aside);
    CHECK(house.send("raise", ref, "escalate") == Handled::aside);
    CHECK(house.desk.submitted.size() == 2);
    for (const auto& item : house.store.asides) CHECK(item.why == "its Message-ID was used before");
    CHECK(house.store.asides.size() == 2);
    // The same words delivered by another way are a repeat.
    auto again = House::mail("m", ref, "acknowledged");
    again.digest = "other Received fields";
    CHECK(house.intake.take(again) == Handled::done);
}

TEST_CASE("no sender gets more than ten answers an hour, and every mail is still kept") {
    House house;
    for (int i = 0; i < 40; ++i)
        CHECK(house.send("n" + std::to_string(i), "Hello", "What is this?") == Handled::aside);
    CHECK(house.answers().size() == 10);
    CHECK(house.board().size() == 30);
    CHECK(house.store.asides.size() == 40);
    house.desk.time += std::chrono::hours(1);
    house.send("later", "Hello", "What is this?");
    CHECK(house.answers().size() == 11);
}

TEST_CASE("a mail that waited while we were down counts from its delivery, but not in a sandbox") {
    for (const bool sandbox : {false, true}) {
        House house;
        house.desk.in_sandbox = sandbox;
        auto mail = House::mail("m", "New", form);
        mail.arrived = house.desk.time - std::chrono::hours(3);
        CHECK(house.intake.take(mail) == Handled::done);
        CHECK(house.desk.submitted.at(0).happened ==
              (sandbox ? std::nullopt : std::optional(mail.arrived)));
    }
}

TEST_CASE("what is no mail at all is listed, or offered again while the store is locked") {
    House house;
    house.store.locked = true;
    CHECK(house.intake.unreadable("/mail/.aside/new/x", "it has no header") == Handled::later);
    house.store.locked = false;
    CHECK(house.intake.unreadable("/mail/.aside/new/x", "it has no header") == Handled::aside);
    CHECK(house.store.asides.at(0).id == "file:x");
    CHECK(house.store.posted.empty());
}

}  // namespace
}  // namespace stageclock

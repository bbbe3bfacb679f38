// SPDX-License-Identifier: MIT
//
// Mails whose sender is not proven, and answers to an address of one's own.
#include "bot/app/mail_claims.h"

#include <doctest/doctest.h>

#include "bot/app/mail_intake.h"
#include "bot/app/sealed_address.h"
#include "tests/app/mail_fakes.h"
#include "tests/support/plain_seal.h"

namespace stageclock {
namespace {

using namespace stageclock::testing;

const std::string form =
    "Child: Robin Example\nOur agency: School\nOther agency: Homes\n"
    "Their practitioner: Kit <kit@housing.example.org>\n"
    "Summary: They closed the referral.\n";

class RowDesk final : public MailDesk {
public:
    std::map<std::int64_t, NoticeRow> rows;
    Result<std::optional<NoticeRow>> notice(std::int64_t id) override {
        const auto found = rows.find(id);
        return found == rows.end() ? std::optional<NoticeRow>{} : std::optional(found->second);
    }
};

struct House {
    RowDesk desk;
    MailStore store;
    PlainSeal seal;
    Settings settings;
    MailIntake intake{desk, store, settings, &seal};
    int posted = 0;
    MailClaims claims{desk, store, [this] { ++posted; }};

    House() {
        settings.mail_from = "stageclock@board.example.org";
        settings.public_url = "https://stageclock.example.org";
        settings.authserv_id = "mx.example.org";
    }

    static IncomingMail mail(const std::string& id, const std::string& subject,
                             const std::string& text) {
        IncomingMail made;
        made.id = made.message_id = "<" + id + "@example.org>";
        made.original = "/mail/.aside/new/" + id;
        made.from_name = "Sam Field";
        made.from_address = "sam@example.org";
        made.to = {"stageclock@board.example.org"};
        made.subject = subject;
        made.text = text;
        return made;
    }
    void raise() {
        auto first = mail("raise", "New", form);
        first.authentication_results = {"mx.example.org; dmarc=pass header.from=example.org"};
        REQUIRE(intake.take(first) == Handled::done);
        store.posted.clear();
        store.asides.clear();
    }
    // The confirmation asked for, as its row of the outbox.
    NoticeRow asked(const IncomingMail& mail) {
        REQUIRE(intake.take(mail) == Handled::aside);
        REQUIRE(store.posted.size() == 1);
        NoticeRow row;
        row.id = 7;
        row.notice = store.posted.front();
        store.posted.clear();
        return row;
    }
    Status status() { return desk.known.at("SB-2026-0001").status; }
};

const std::string ref = "Re: [SB-2026-0001]";

TEST_CASE("a mail of a person on the case whose origin is not proven is kept, and they are asked") {
    House house;
    house.raise();
    const auto row = house.asked(House::mail("m", ref, "Resolved: the visit took place."));
    CHECK(row.notice.reason == Reason::mail_claimed);
    CHECK(row.notice.destination == "sam@example.org");
    CHECK(row.notice.ref == "SB-2026-0001");
    CHECK_FALSE(row.notice.understood.empty());
    CHECK(house.status() == Status::open);
    const auto page = house.claims.page(row);
    REQUIRE(page);
    CHECK(page->over.empty());
    CHECK(page->ref == "SB-2026-0001");
    CHECK(page->board == "Small Board");
    CHECK(page->understood == row.notice.understood);

    const auto yes = house.claims.answer(row, true);
    REQUIRE(yes);
    CHECK(yes->kind == ClaimAnswered::Kind::recorded);
    CHECK(house.status() == Status::resolved);
    CHECK(house.desk.submitted.back().id == "<m@example.org>");
    CHECK(house.desk.submitted.back().happened == utc("2026-06-05T10:00:00Z"));
    for (const bool again : {true, false}) {
        const auto answered = house.claims.answer(row, again);
        REQUIRE(answered);
        CHECK(answered->kind == ClaimAnswered::Kind::over);
    }
    CHECK(house.desk.submitted.size() == 2);
}

TEST_CASE("a raise of unproven origin is kept too, and raised once confirmed") {
    House house;
    const auto row = house.asked(House::mail("r", "New", form));
    CHECK(row.notice.ref.empty());
    CHECK(house.desk.known.empty());
    house.desk.time += std::chrono::hours(30);
    const auto yes = house.claims.answer(row, true);
    REQUIRE(yes);
    CHECK(yes->kind == ClaimAnswered::Kind::recorded);
    CHECK_FALSE(yes->ref.empty());
    REQUIRE(house.desk.submitted.size() == 1);
    CHECK(house.desk.submitted.front().by.address == "sam@example.org");
    // The clock runs from the mail, not from the confirmation.
    CHECK(house.desk.submitted.front().happened == utc("2026-06-05T10:00:00Z"));
}

TEST_CASE("a mail that was not theirs is dropped, and the board's inbox told") {
    House house;
    house.raise();
    const auto row = house.asked(House::mail("m", ref, "Withdraw: we have spoken."));
    const auto no = house.claims.answer(row, false);
    REQUIRE(no);
    CHECK(no->kind == ClaimAnswered::Kind::dropped);
    CHECK(house.posted == 1);
    REQUIRE(house.store.posted.size() == 1);
    CHECK(house.store.posted.front().reason == Reason::mail_kept);
    CHECK(house.store.posted.front().destination == "inbox@board.example.org");
    CHECK(house.claims.answer(row, true)->kind == ClaimAnswered::Kind::over);
    CHECK(house.status() == Status::open);
}

TEST_CASE("a claim ends with the stage, with the case and after 14 days") {
    House house;
    house.raise();
    const auto row = house.asked(House::mail("m", ref, "Acknowledged."));
    Case& the_case = house.desk.known.at("SB-2026-0001");
    the_case.stage = "2";
    CHECK_FALSE(house.claims.page(row)->over.empty());
    the_case.stage = "1";
    the_case.status = Status::withdrawn;
    CHECK(house.claims.answer(row, true)->kind == ClaimAnswered::Kind::over);
    the_case.status = Status::open;
    CHECK(house.claims.page(row)->over.empty());
    house.desk.time += std::chrono::days(14) + std::chrono::seconds(1);
    CHECK_FALSE(house.claims.page(row)->over.empty());
    CHECK(house.desk.submitted.size() == 1);
}

TEST_CASE("nobody without a part in a case learns from a claim whether it exists") {
    House house;
    house.raise();
    auto there = House::mail("there", ref, "Resolved: done.");
    auto nowhere = House::mail("nowhere", "Re: [SB-2026-0009]", "Resolved: done.");
    for (auto* mail : {&there, &nowhere}) {
        mail->from_address = "pat@example.org";  // of a listed domain
        CHECK(house.intake.take(*mail) == Handled::aside);
    }
    std::vector<Notice> answers;
    for (const Notice& notice : house.store.posted)
        if (notice.destination == "pat@example.org") answers.push_back(notice);
    REQUIRE(answers.size() == 2);
    for (const Notice& answer : answers) {
        CHECK(answer.reason == Reason::mail_not_understood);
        CHECK(answer.ref.empty());
        CHECK(answer.ask == answers.front().ask);
    }
}

TEST_CASE("without a page to ask on, or without certainty, a person looks at the mail") {
    House house;
    house.raise();
    CHECK(house.intake.take(House::mail("m", ref, "Do not escalate yet.")) == Handled::aside);
    house.settings.public_url.clear();
    CHECK(house.intake.take(House::mail("n", ref, "Resolved: done.")) == Handled::aside);
    for (const Notice& notice : house.store.posted) {
        CHECK(notice.reason != Reason::mail_claimed);
    }
}

TEST_CASE("a kept claim comes back as it was, page breaks aside") {
    Claim claim{utc("2026-06-05T10:00:00Z"), "2",    false,       "SB-2026-0001",     "small",
                "sam@example.org",           "A\fB", "A subject", "Line\nand\f line", {"one", ""}};
    const auto back = parse_claim(to_kept(claim));
    REQUIRE(back);
    CHECK(back->came == claim.came);
    CHECK(back->stage == "2");
    CHECK_FALSE(back->open);
    CHECK(back->from_name == "A\nB");
    CHECK(back->text == "Line\nand\n line");
    CHECK(back->earlier == claim.earlier);
    CHECK_FALSE(parse_claim("sam@example.org\fa text").has_value());
    CHECK_FALSE(parse_claim("").has_value());
    claim.text = std::string(70000, 'x');
    CHECK(to_kept(claim).empty());
}

TEST_CASE("an answer to the own address of a notice is proven, and gives the case") {
    House house;
    house.raise();
    NoticeRow row;
    row.id = 5;
    row.notice.ref = "SB-2026-0001";
    row.notice.to.address = "sam@example.org";
    house.desk.rows[5] = row;
    auto copied = House::mail("copied", "about it", "Resolved: done.");
    copied.to = {"Stageclock+R.R5@Board.Example.org"};
    copied.from_address = "kit@housing.example.org";  // on the case, and not who was written to
    CHECK(house.intake.take(copied) == Handled::aside);
    CHECK(house.status() == Status::open);
    auto own = House::mail("own", "about it", "Resolved: done.");
    own.to = copied.to;
    CHECK(house.intake.take(own) == Handled::done);
    CHECK(house.status() == Status::resolved);
}

TEST_CASE("whoever was asked may answer at the own address, and whoever was told may not") {
    House house;
    house.raise();
    auto own = House::mail("own", "about it", "Acknowledged.");
    own.to = {"stageclock+r.r5@board.example.org"};
    own.from_address = "delegate@elsewhere.example.net";  // of no agency of the case
    NoticeRow row;
    row.id = 5;
    row.notice.ref = "SB-2026-0001";
    row.notice.kind = NoticeKind::copy;
    row.notice.to.address = own.from_address;
    row.notice.to.side = Side::receiving;
    row.notice.to.role = "line-manager";
    house.desk.rows[5] = row;
    CHECK(house.intake.take(own) == Handled::aside);
    house.desk.rows[5].notice.kind = NoticeKind::prompt;
    own.id = own.message_id = "<own-2@example.org>";
    CHECK(house.intake.take(own) == Handled::done);
    REQUIRE(house.desk.submitted.size() == 2);
    CHECK(house.desk.submitted.back().by.role == "line-manager");
}

}  // namespace
}  // namespace stageclock

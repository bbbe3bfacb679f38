// SPDX-License-Identifier: MIT
//
// Forms that come back by mail, from the file to the record.
#include "bot/app/form_desk.h"

#include <doctest/doctest.h>

#include "bot/app/mail_intake.h"
#include "tests/app/form_fakes.h"
#include "tests/app/mail_fakes.h"
#include "tests/support/plain_seal.h"

namespace stageclock {
namespace {

using namespace stageclock::testing;

constexpr const char* ref = "SB-2026-0001";
constexpr const char* proof = "mx.example.org; dmarc=pass header.from=housing.example.org";
constexpr std::int64_t sent_row = 5;
constexpr const char* mark = "t5";  // the seal of that row

class RowDesk final : public MailDesk {
public:
    std::map<std::int64_t, NoticeRow> rows;
    Result<std::optional<NoticeRow>> notice(std::int64_t id) override {
        const auto found = rows.find(id);
        return found == rows.end() ? std::optional<NoticeRow>{} : std::optional(found->second);
    }
};

std::map<std::string, FormLayout> layouts() {
    FormField agreed;
    agreed.id = "agreed";
    agreed.label = "What was agreed";
    agreed.required = true;
    agreed.use = FieldUse::outcome;
    FormField stage;
    stage.id = "stage";
    stage.label = "Stage";
    stage.kind = FieldKind::choice;
    stage.options = {"1", "2"};
    FormLayout layout;
    layout.sections.resize(1);
    layout.sections[0].fields = {agreed, stage};
    return {{"record", layout}};
}

struct House {
    RowDesk desk;
    MailStore store;
    PlainSeal seal;
    Settings settings;
    LineReader reader;
    Shelf shelf;
    std::map<std::string, FormLayout> forms_known = layouts();
    std::unique_ptr<Rulebook> rulebook;
    std::unique_ptr<FormDesk> forms;
    std::unique_ptr<MailIntake> intake;
    int posted = 0;

    House() {
        settings.mail_from = "stageclock@board.example.org";
        settings.public_url = "https://stageclock.example.org";
        settings.authserv_id = "mx.example.org";
        settings.mail_separator = "+";
        Form form;
        form.id = "record";
        form.title = "The record";
        form.layout = "record";
        form.stages = {"1"};
        desk.small.policy.forms = {form};
        rulebook = std::make_unique<Rulebook>(
            std::vector<ServedBoard>{{desk.small.board, desk.small.policy, desk.small.directory}},
            std::vector<Calendar>{desk.small.calendar});
        forms = std::make_unique<FormDesk>(FormDesk::Parts{
            desk, store, *rulebook, reader, shelf, seal, forms_known, [this] { ++posted; }});
        intake = std::make_unique<MailIntake>(desk, store, settings, &seal, forms.get());
        for (int number = 0; number < 2; ++number) {
            Update raise = raise_update();
            raise.id = "raise" + std::to_string(number);
            desk.submit(raise);
        }
        sends(sent_row, ref);
    }
    // The message a form went out with, to somebody who is no contact of the case.
    void sends(std::int64_t id, const std::string& about) {
        NoticeRow row;
        row.id = id;
        row.notice.ref = about;
        row.notice.kind = NoticeKind::prompt;
        row.notice.form = "record";
        row.notice.to.side = Side::receiving;
        row.notice.to.role = "line-manager";
        row.notice.to.address = "lee@school.example.org";
        desk.rows[id] = row;
    }
    IncomingMail mail(const std::string& file, const std::string& text = "Please find attached.",
                      const std::string& from = "r@housing.example.org") {
        IncomingMail made;
        made.id = made.message_id = "<m@example.org>";
        made.digest = "the mail";
        made.original = "/mail/m";
        made.from_address = from;
        made.to = {"stageclock@board.example.org"};
        made.subject = std::string("Re: [") + ref + "]";
        made.text = text;
        made.attachments = {{"record.pdf", "application/pdf", file.size(), "sha", false}};
        shelf.files["sha"] = file;
        return made;
    }
    // The one message posted, as its row of the outbox.
    NoticeRow answered(Reason reason) {
        NoticeRow row;
        row.id = 9;
        long found = 0;
        for (const Notice& notice : store.posted) {
            if (notice.to.audience == Audience::board) continue;
            ++found;
            row.notice = notice;
        }
        REQUIRE(found == 1);
        CHECK(row.notice.reason == reason);
        return row;
    }
    const Case& the_case() { return desk.known.at(ref); }
};

std::string filled(const std::string& agreed) {
    return std::string("FORM\nmark=") + mark + "\nagreed=" + agreed + "\nstage=1\n";
}

TEST_CASE("a form of a contact is shown back, and recorded once its sender says so") {
    House house;
    CHECK(house.intake->take(house.mail(filled("A visit on Monday"))) == Handled::done);
    CHECK(house.posted == 1);
    const NoticeRow row = house.answered(Reason::form_read);
    CHECK(row.notice.destination == "r@housing.example.org");
    CHECK(row.notice.title == "The record");
    CHECK(house.the_case().returned.empty());

    const auto page = house.forms->page(row);
    REQUIRE(page);
    CHECK(page->over.empty());
    CHECK(page->board == "Small Board");
    CHECK(page->lines.at(0) == FormLine{"What was agreed", "A visit on Monday", false});
    CHECK(page->may_resolve);
    CHECK(page->capacity == "practitioner of the raising side");

    const auto said = house.forms->answer(row, FormChoice::record);
    REQUIRE(said);
    CHECK(said->kind == FormAnswered::Kind::recorded);
    CHECK(house.the_case().open());
    REQUIRE(house.the_case().returned.size() == 1);
    const ReturnedForm& kept = house.the_case().returned[0];
    CHECK(kept.form.form == "record");
    CHECK(kept.form.sha256 == "sha");
    CHECK(kept.side == Side::raising);
    REQUIRE(house.the_case().files.size() == 1);
    CHECK(house.the_case().files[0].file.mail == "the mail");
    CHECK(house.forms->answer(row, FormChoice::wrong)->kind == FormAnswered::Kind::over);
    CHECK(house.forms->page(row)->lines.empty());
}

TEST_CASE("a form may close the case, when its sender says that too") {
    House house;
    house.intake->take(house.mail(filled("A visit on Monday")));
    const NoticeRow row = house.answered(Reason::form_read);
    const auto said = house.forms->answer(row, FormChoice::resolve);
    REQUIRE(said);
    CHECK(said->kind == FormAnswered::Kind::recorded);
    CHECK(house.the_case().status == Status::resolved);
    CHECK(house.the_case().outcome == "A visit on Monday");
}

TEST_CASE("whoever got a form may send it back, although they are no contact of the case") {
    House house;
    auto mail = house.mail(filled("A visit"), "Attached.", "lee@school.example.org");
    mail.subject = "the form";
    CHECK(house.intake->take(mail) == Handled::done);
    const NoticeRow row = house.answered(Reason::form_read);
    REQUIRE(house.forms->answer(row, FormChoice::record));
    CHECK(house.the_case().returned.at(0).side == Side::receiving);
}

TEST_CASE("a form of a stranger is kept, and they learn nothing of the case") {
    House house;
    const auto mail = house.mail(filled("x"), "Attached.", "eve@elsewhere.example.net");
    CHECK(house.intake->take(mail) == Handled::aside);
    const NoticeRow row = house.answered(Reason::mail_not_understood);
    CHECK(row.notice.ref.empty());
}

TEST_CASE("a form that was read wrongly is not recorded, and the board can see it") {
    House house;
    house.intake->take(house.mail(filled("A visit")));
    const NoticeRow row = house.answered(Reason::form_read);
    CHECK(house.forms->answer(row, FormChoice::wrong)->kind == FormAnswered::Kind::dropped);
    CHECK(house.store.asides.size() == 1);
    CHECK(house.the_case().returned.empty());
    CHECK(house.forms->answer(row, FormChoice::record)->kind == FormAnswered::Kind::over);
}

TEST_CASE("a form without what it must say cannot be recorded") {
    House house;
    house.intake->take(house.mail(filled("")));
    const NoticeRow row = house.answered(Reason::form_read);
    const auto page = house.forms->page(row);
    REQUIRE(page->missing.size() == 1);
    CHECK_FALSE(page->may_resolve);
    CHECK(house.forms->answer(row, FormChoice::record)->kind == FormAnswered::Kind::incomplete);
    CHECK(house.the_case().returned.empty());
}

TEST_CASE("an altered reference, another case's form and a damaged one are kept and asked for") {
    const std::pair<std::string, std::string> asked[] = {
        {"FORM\nmark=t99\nagreed=x\n", "The reference inside the form was changed"},
        {"FORM\nmark=evil\nagreed=x\n", "The reference inside the form was changed"},
        {"FORM\nmark=t6\nagreed=x\n", "belongs to another case"}};
    for (const auto& [file, words] : asked) {
        House house;
        house.sends(6, "SB-2026-0002");
        CHECK(house.intake->take(house.mail(file)) == Handled::aside);
        const NoticeRow row = house.answered(Reason::form_not_read);
        CHECK(row.notice.ask.find(words) != std::string::npos);
        CHECK(row.notice.ask.find("SB-2026-0002") == std::string::npos);
        CHECK(house.store.asides.size() == 1);
        CHECK(house.the_case().returned.empty());
        CHECK(house.forms->page(row).error().code == Code::not_found);
    }
}

TEST_CASE("a printed or damaged form that answers the message it came with is asked for again") {
    for (const std::string file : {"FLAT", "BAD"}) {
        House house;
        auto mail = house.mail(file, "Attached.", "lee@school.example.org");
        mail.to = {"stageclock+r.r5@board.example.org"};
        CHECK(house.intake->take(mail) == Handled::aside);
        house.answered(Reason::form_not_read);
    }
}

TEST_CASE("other files are no forms: the mail says what it says") {
    for (const std::string file : {"a report", "FLAT", "FORM\nname=value\n"}) {
        House house;
        auto mail = house.mail(file, "Resolved: a visit took place.");
        mail.authentication_results = {proof};
        CHECK(house.intake->take(mail) == Handled::done);
        CHECK(house.the_case().status == Status::resolved);
        CHECK(house.posted == 0);
    }
}

TEST_CASE("what the mail says is done beside its form, when it is proven and certain") {
    House house;
    auto mail = house.mail(filled("A visit"), "Discussed: we spoke by telephone.");
    mail.authentication_results = {proof};
    CHECK(house.intake->take(mail) == Handled::done);
    CHECK(house.posted == 1);
    CHECK(house.the_case().log.size() == 1);
}

TEST_CASE("a form can be confirmed for 14 days, and while its mail is kept") {
    House house;
    house.intake->take(house.mail(filled("A visit")));
    const NoticeRow row = house.answered(Reason::form_read);
    house.shelf.locked = true;
    CHECK(house.forms->page(row).error().code == Code::unavailable);
    house.shelf.locked = false;
    house.desk.time += std::chrono::days(15);
    CHECK(house.forms->page(row)->over.find("too long ago") != std::string::npos);
    CHECK(house.forms->answer(row, FormChoice::record)->kind == FormAnswered::Kind::over);
}

}  // namespace
}  // namespace stageclock

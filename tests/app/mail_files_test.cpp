// SPDX-License-Identifier: MIT
//
// What becomes of the files of a mail.
#include "bot/app/mail_files.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "bot/app/mail_claims.h"
#include "bot/app/mail_intake.h"
#include "tests/app/mail_fakes.h"

namespace stageclock {
namespace {

using namespace stageclock::testing;

using Lines = std::vector<std::string>;

const std::string form =
    "Child: Robin Example\nOur agency: School\nOther agency: Homes\n"
    "Their practitioner: Kit <kit@housing.example.org>\n"
    "Summary: They closed the referral.\n";
const std::string ref = "Re: [SB-2026-0001]";

ReceivedFile file(const std::string& name, const std::string& type = "application/pdf") {
    return {name, type, 122880, std::string(64, 'a'), false};
}

struct House {
    MailDesk desk;
    MailStore store;
    Settings settings;
    MailIntake intake{desk, store, settings};
    MailClaims claims{desk, store, [] {}};

    House() {
        settings.mail_from = "stageclock@board.example.org";
        settings.public_url = "https://stageclock.example.org";
    }
    static IncomingMail mail(const std::string& id, const std::string& subject,
                             const std::string& text, std::vector<ReceivedFile> files = {}) {
        IncomingMail made;
        made.id = made.message_id = "<" + id + "@example.org>";
        made.digest = "digest of " + id;
        made.from_name = "Sam Field";
        made.from_address = "sam@example.org";
        made.subject = subject;
        made.text = text;
        made.attachments = std::move(files);
        return made;
    }
    void raise() {
        REQUIRE(intake.take(mail("raise", "New", form)) == Handled::done);
        store.posted.clear();
    }
    const std::vector<FileEntry>& files() { return desk.known.at("SB-2026-0001").files; }
    // Of the answers to the sender, the last.
    Lines told() const {
        for (auto notice = store.posted.rbegin(); notice != store.posted.rend(); ++notice)
            if (notice->destination == "sam@example.org") return notice->understood;
        return {};
    }
    bool told_of(const std::string& line) const {
        const auto lines = told();
        return std::ranges::find(lines, line) != lines.end();
    }
};

TEST_CASE("the files of a raise are on the case, and its sender is told which") {
    House house;
    auto mail = House::mail("raise", "New", form,
                            {file("C:\\tmp\\report.pdf"), file("setup.exe"), file("logo.png")});
    mail.attachments.back().embedded = true;
    CHECK(house.intake.take(mail) == Handled::done);
    CHECK(house.intake.take(mail) == Handled::done);
    REQUIRE(house.files().size() == 1);
    CHECK(house.files()[0] == FileEntry{house.desk.time,
                                        Side::raising,
                                        "Sam Field",
                                        {"report.pdf", "application/pdf", 122880,
                                         std::string(64, 'a'), "digest of raise"}});
    CHECK(house.told_of("Files kept: report.pdf (120 KB)"));
    CHECK(
        house.told_of("Not kept with the case: setup.exe (this type is not taken). The mail "
                      "itself is kept."));
    CHECK(house.store.posted.size() == 1);
}

TEST_CASE("the files of a mail with several updates are on the case once") {
    House house;
    house.raise();
    CHECK(house.intake.take(House::mail(
              "m", ref, "Line manager: a@example.org\nTheir line manager: b@example.org",
              {file("report.pdf"), file("plan.docx", "application/msword")})) == Handled::done);
    REQUIRE(house.desk.submitted.size() == 3);
    CHECK(house.desk.submitted[1].files.size() == 2);
    CHECK(house.desk.submitted[2].files.empty());
    CHECK(house.files().size() == 2);
}

TEST_CASE("files of a closing are acknowledged too") {
    House house;
    house.raise();
    CHECK(house.intake.take(House::mail("m", ref, "Resolved: the visit took place.",
                                        {file("report.pdf")})) == Handled::done);
    CHECK(house.files().size() == 1);
    CHECK(house.told_of("Files kept: report.pdf (120 KB)"));
}

TEST_CASE("files of a mail that is asked back about wait for the reply that is acted on") {
    House house;
    CHECK(house.intake.take(House::mail(
              "one", "New", "Our agency: School\nOther agency: Houzing\nSummary: closed",
              {file("report.pdf")})) == Handled::aside);
    CHECK(house.told_of("Files: 1. They will be kept with the case when your reply is acted on"));
    auto reply = House::mail("two", "Re: New", "Other agency: Homes", {file("plan.pdf")});
    reply.references = {"<one@example.org>"};
    CHECK(house.intake.take(reply) == Handled::done);
    REQUIRE(house.files().size() == 2);
    CHECK(house.files()[0].file.name == "report.pdf");
    CHECK(house.files()[0].file.mail == "digest of one");
    CHECK(house.files()[1].file.name == "plan.pdf");
}

TEST_CASE("files of a refused mail wait for the next one of its sender, and for nobody else's") {
    House house;
    house.raise();
    CHECK(house.intake.take(House::mail("m", ref, "Resolved", {file("report.pdf")})) ==
          Handled::aside);
    CHECK(house.files().empty());
    CHECK(house.told_of("Files: 1. They will be kept with the case when your reply is acted on"));
    auto other = House::mail("o", ref, "acknowledged");
    other.from_address = "kit@housing.example.org";
    other.references = {"<m@example.org>"};
    CHECK(house.intake.take(other) == Handled::done);
    CHECK(house.files().empty());
    auto reply = House::mail("r", ref, "Resolved: agreed.");
    reply.references = {"<m@example.org>"};
    CHECK(house.intake.take(reply) == Handled::done);
    REQUIRE(house.files().size() == 1);
    // A second reply brings the same file: it stands there once.
    auto again = House::mail("s", ref, "acknowledged");
    again.references = {"<m@example.org>"};
    CHECK(house.intake.take(again) == Handled::done);
    CHECK(house.files().size() == 1);
}

TEST_CASE("files of a mail of unproven origin come with its confirmation, unnamed until then") {
    House house;
    house.raise();
    house.settings.authserv_id = "mx.example.org";
    CHECK(house.intake.take(House::mail("m", ref, "Resolved: agreed.",
                                        {file("report.pdf"), file("a.exe")})) == Handled::aside);
    REQUIRE(house.store.posted.size() == 1);
    CHECK(house.told_of("Files: 2"));
    for (const auto& line : house.told()) CHECK(line.find("report") == std::string::npos);
    NoticeRow row;
    row.id = 7;
    row.notice = house.store.posted.front();
    const auto page = house.claims.page(row);
    REQUIRE(page);
    CHECK(page->understood == row.notice.understood);
    CHECK(house.files().empty());
    const auto yes = house.claims.answer(row, true);
    REQUIRE(yes);
    CHECK(yes->kind == ClaimAnswered::Kind::recorded);
    REQUIRE(house.files().size() == 1);
    CHECK(house.files()[0].file.mail == "digest of m");
    CHECK(house.told_of("Files kept: report.pdf (120 KB)"));
}

TEST_CASE("a forger's files never come onto the case with a reply of the real sender") {
    House house;
    house.raise();
    house.settings.authserv_id = "mx.example.org";
    CHECK(house.intake.take(House::mail("m", ref, "Resolved: agreed.", {file("report.pdf")})) ==
          Handled::aside);
    auto reply = House::mail("r", ref, "acknowledged");
    reply.references = {"<m@example.org>"};
    reply.authentication_results = {"mx.example.org; dmarc=pass header.from=example.org"};
    CHECK(house.intake.take(reply) == Handled::done);
    CHECK(house.files().empty());
}

TEST_CASE("while the store is in the way a mail with files stays") {
    House house;
    house.raise();
    house.store.post_fails = true;
    const auto mail = House::mail("m", ref, "Do not escalate yet.", {file("report.pdf")});
    CHECK(house.intake.take(mail) == Handled::later);
    house.store.post_fails = false;
    CHECK(house.intake.take(mail) == Handled::aside);
}

}  // namespace
}  // namespace stageclock

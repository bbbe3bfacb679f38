// SPDX-License-Identifier: MIT
#include "bot/core/reply.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace stageclock {
namespace {

Zone london() {
    using namespace std::chrono;
    return Zone("Europe/London", {{sys_days(2026y / 1 / 1), 0s, "GMT"},
                                  {sys_days(2026y / 3 / 29) + 1h, 1h, "BST"},
                                  {sys_days(2026y / 10 / 25) + 1h, 0s, "GMT"}});
}

struct Desk {
    Board board;
    Policy policy;
    Directory directory;
    Zone zone = london();
    std::vector<KnownBoard> boards;

    Desk() {
        board.id = "vale";
        board.name = "Vale Safeguarding Partnership";
        board.reference_prefix = "VSP";
        board.subjects = {"child"};
        policy.case_status = {"cp", "cin"};
        policy.procedures = {{"main", "Resolution", {}}};
        policy.reasons = {{"threshold", "Thresholds for action", {}}};
        for (const char* id : {"1", "2", "3"}) {
            Stage stage;
            stage.id = id;
            stage.procedure = "main";
            stage.title = std::string("Level ") + id;
            stage.actors = {{Side::both, "team-manager"}};
            policy.stages.push_back(stage);
        }
        policy.events = {{"line-manager-told", "Reported to own line manager",
                          {"told my manager", "reported to my line manager"}, {}}};
        directory.agencies = {{"social-care", "Children's Social Care", {"CSC"}, {}},
                              {"housing", "Vale Housing", {}, {}}};
        boards.push_back({board, policy, directory});
    }

    Understood read(const std::string& subject, const std::string& text,
                    Side sender = Side::raising) const {
        return understand({subject, text}, {boards, zone, "vale", sender});
    }
    Understood reply(const std::string& text, Side sender = Side::raising) const {
        return read("Re: [VSP-2026-0042] stage 2", text, sender);
    }
};

bool lacks(const Understood& result, std::string_view beginning) {
    return std::ranges::any_of(result.missing,
                               [&](const auto& line) { return line.starts_with(beginning); });
}

const std::string form =
    "Child: Robin Example\n"
    "Status: CP\n"
    "Our agency: CSC\n"
    "Other agency: vale housing\n"
    "Unit: North\n"
    "Practitioner: Sam Field <sam.field@example.org>\n"
    "Their practitioner: Kit Moor (kit.moor@housing.example.org)\n"
    "Line manager: Ash Hill <ash.hill@example.org<mailto:ash.hill@example.org>>\n"
    "Team manager (theirs): lee@housing.example.org\n"
    "Reason: Thresholds for action\n"
    "Summary: They closed the referral.\n"
    "\n"
    "The second visit was missed: nobody was told.\n"
    "Our view: it needs a joint visit\n"
    "Wanted outcome: reopen the referral\n"
    "Happened: Tuesday 22 December 2026 at 4.30pm\n"
    "Urgent: yes\n"
    "\n"
    "Kind regards,\nSam Field\nTeam: North\n";

TEST_CASE("the new text stands above what the usual mail programs quote") {
    const std::string said = "Acknowledged.";
    const char* tails[] = {
        "\n\nOn Tue, 22 Dec 2026 at 16:30, Vale Board <board@example.org> wrote:\n> Resolved.",
        "\n\nOn Tue, 22 Dec 2026 at 16:30, Vale Safeguarding Board\n<board@example.org> wrote:\n\n"
        "> resolved: what was agreed",
        "\n\nOn 22 Dec 2026, at 16:30, board@example.org wrote:\n\nresolved: what was agreed",
        "\n________________________________\nFrom: Board <board@example.org>\nSent: 22 December "
        "2026 16:30\nTo: Sam\nSubject: [VSP-2026-0042]\n\nescalate",
        "\n\nFrom: Board <board@example.org>\nSent: Tuesday, December 22, 2026 4:30 PM\nTo: Sam\n"
        "Subject: x\n\nescalate",
        "\n\n*From:* Board\n*Date:* Tuesday\n*To:* Sam\n\nescalate",
        "\n\n-----Original Message-----\nFrom: Board\n\nescalate",
        "\n\n---------- Forwarded message ---------\nFrom: Board\n\nescalate",
        "\n\nSent from my iPhone\n\n> On 22 Dec 2026, at 16:30, Board wrote:\n> \n> escalate",
        "\n\nGet Outlook for iOS<https://example.org>\n________________________________\nescalate",
        "\n\n-- \nSam Field\nUrgent: call the desk",
        "\n\nThanks,\nSam\nTeam manager\n020 7946 0000",
        "\n\n--- Please REPLY ABOVE THIS LINE ---\n\nescalate",
        "\n\nThis email and any attachments are confidential. If received in error, resolved",
        "\n\nLe mar. 22 d\u00e9c. 2026 \u00e0 16:30, Board <b@example.org> a "
        "\u00e9crit :\n> escalate",
        "\n\nAm 22.12.2026 um 16:30 schrieb Board:\n> escalate",
        "\n\nEl mar, 22 dic 2026 a las 16:30, Board\n(<b@example.org>) escribi\u00f3:\n\nescalate",
        "\n\nAr 22 Rhag 2026, am 16:30, Bwrdd ysgrifennodd:\n\nescalate",
        "\n\nW dniu 22.12.2026 o 16:30, Board pisze:\n> escalate",
        "\n\n2026-12-22 16:30 Board <b@example.org>:\n\n> escalate",
        "\n\nVon: Board\nGesendet: Dienstag\nAn: Sam\nBetreff: x\n\nescalate",
        "\n\n-----Urspr\u00fcngliche Nachricht-----\nescalate",
        "\n\n********************\nescalate",
        "\n\n____________________\nThis message may contain confidential words\nescalate",
        "\n\nOFFICIAL-SENSITIVE\n\nSent from Outlook for iOS\nescalate",
    };
    for (const std::string tail : tails) {
        CAPTURE(tail);
        CHECK(new_text(said + tail) == said);
    }
}

TEST_CASE("gateway banners and odd characters do not hide the new text") {
    CHECK(new_text("CAUTION: This email originated outside the council.\nDo not click.\n\n"
                   "\xEF\xBB\xBFWe don\xE2\x80\x99t\xC2\xA0" "agree\r\n") == "We don't agree");
    CHECK(new_text(std::string("escal\0ate", 9)) == "escalate");
    CHECK(new_text("") == "");
    CHECK(new_text("> only\n> quoted") == "");
}

TEST_CASE("banners and markings take no more than their own lines") {
    for (const char* above : {
             "OFFICIAL\n",
             "[OFFICIAL-SENSITIVE]\n\n",
             "Classification: OFFICIAL - SENSITIVE [PERSONAL]\n",
             "CAUTION: This email originated from outside the council. Do not click links.\n",
             "[EXTERNAL EMAIL]\nCAUTION: this came from outside our organisation, so please be "
             "careful\nwith links or attachments.\n",
             "You don't often get email from sam@example.org. Learn why this is important\n",
         }) {
        CAPTURE(above);
        CHECK(new_text(std::string(above) + "Acknowledged.") == "Acknowledged.");
    }
    CHECK(new_text("This is official: resolved") == "This is official: resolved");
}

TEST_CASE("answers between quoted lines are kept beside what stands above them") {
    CHECK(new_text("See below.\n\nOn Tue, Board wrote:\n> Has it been settled?\nYes, on Friday.\n"
                   "> Anything else?\n\nSent from my iPhone") == "See below.\n\nYes, on Friday.");
    CHECK(new_text("Acknowledged\n> a line that is so long that some program wrapped it right here"
                   " and\nescalate\n> went on") == "Acknowledged");
    CHECK(new_text("Acknowledged\n\n--- reply above this line ---\n> x\nescalate\n> y") ==
          "Acknowledged");
}

TEST_CASE("an answer below or between the quotation counts when nothing stands above it") {
    CHECK(new_text("> Has it been settled?\nResolved: joint visit on Friday\n> Thanks") ==
          "Resolved: joint visit on Friday");
    CHECK(new_text("On Tue, Board wrote:\n> please answer\n\nescalate\n\n-- \nSam") == "escalate");
}

TEST_CASE("a farewell does not cut off what may be a request") {
    CHECK(new_text("Received your note.\nThanks\n\nPlease escalate.\nSam").find("escalate") !=
          std::string::npos);
}

TEST_CASE("the reference comes from the subject, else the new text, else the quotation") {
    const Desk desk;
    CHECK(reference_in({"RE: FW: [VSP-2026-0042] due", "VSP-2026-0001"}, desk.boards) ==
          "VSP-2026-0042");
    CHECK(reference_in({"vsp-2026-0042", ""}, desk.boards) == "VSP-2026-0042");
    CHECK(reference_in({"", "about VSP-2026-7.\n> [VSP-2026-0001]"}, desk.boards) == "VSP-2026-7");
    CHECK(reference_in({"hello", "escalate\n\n> [VSP-2026-0001]"}, desk.boards) ==
          "VSP-2026-0001");
    CHECK(reference_in({"VSP-2026-0001 and VSP-2026-0002", ""}, desk.boards) == "");
    for (const char* text : {"XVSP-2026-0042", "VSP-26-0042", "VSP-2026-", "VSP-2026-12x",
                             "ABC-2026-0042", "VSP-2026-1234567890", "-2026-1"}) {
        CAPTURE(text);
        CHECK(reference_in({text, ""}, desk.boards) == "");
    }
}

TEST_CASE("a mail about two cases is asked about") {
    const Desk desk;
    const auto result = desk.read("VSP-2026-0001, VSP-2026-0002", "escalate");
    CHECK(result.kind == Understood::Kind::uncertain);
    CHECK(result.ask.find("more than one case") != std::string::npos);
}

TEST_CASE("a filled form raises a case") {
    const Desk desk;
    const auto result = desk.read("New disagreement", form);
    REQUIRE(result.kind == Understood::Kind::certain);
    REQUIRE(result.updates.size() == 1);
    const auto& update = result.updates.front();
    const auto& facts = update.facts;
    CHECK(update.kind == UpdateKind::raise);
    CHECK(update.board == "vale");
    CHECK(to_rfc3339(update.happened.value()) == "2026-12-22T16:30:00Z");
    CHECK(facts.subject_kind == "child");
    CHECK(facts.subject_name == "Robin Example");
    CHECK(facts.case_status == "cp");
    CHECK(facts.raising.agency == "social-care");
    CHECK(facts.receiving.agency == "housing");
    CHECK(facts.receiving.unit == "North");
    CHECK(facts.reason == "threshold");
    CHECK(facts.summary ==
          "They closed the referral.\n\nThe second visit was missed: nobody was told.");
    CHECK(facts.raising_view == "it needs a joint visit");
    CHECK(facts.wanted == "reopen the referral");
    CHECK(facts.urgent);
    REQUIRE(facts.contacts.size() == 4);
    CHECK(facts.contacts[0] ==
          Contact{Side::raising, "practitioner", "Sam Field", "sam.field@example.org", ""});
    CHECK(facts.contacts[1] ==
          Contact{Side::receiving, "practitioner", "Kit Moor", "kit.moor@housing.example.org", ""});
    CHECK(facts.contacts[2] ==
          Contact{Side::raising, "line-manager", "Ash Hill", "ash.hill@example.org", ""});
    CHECK(facts.contacts[3] ==
          Contact{Side::receiving, "team-manager", "", "lee@housing.example.org", ""});
}

TEST_CASE("what is sent back never holds the child's name or free text") {
    const Desk desk;
    const auto result = desk.read("New", form + "Other agency: Robin Example\n");
    for (const auto* lines : {&result.understood, &result.missing}) {
        for (const auto& line : *lines) {
            CHECK(line.find("Robin") == std::string::npos);
            CHECK(line.find("referral") == std::string::npos);
        }
    }
}

TEST_CASE("a raise that lacks something says what") {
    const Desk desk;
    const auto result = desk.read("New", "Our agency: CSC\nOther agency: Vale Houzing\n");
    CHECK(result.kind == Understood::Kind::incomplete);
    CHECK(lacks(result, "Summary"));
    CHECK(lacks(result, "Other agency: not in the board's list. Did you mean \"Vale Housing\"?"));
    CHECK_FALSE(lacks(result, "Our agency"));
    CHECK(result.updates.empty());
}

TEST_CASE("values that are not understood are asked for, one by one") {
    const Desk desk;
    const std::string whole = "Our agency: CSC\nOther agency: Vale Housing\nSummary: x\n";
    CHECK(desk.read("New", whole).kind == Understood::Kind::certain);
    for (const char* line : {"Happened: 31/02/2026", "Happened: yesterday", "Happened: 22/12/26",
                             "Status: unknown", "Reason: other", "Urgent: perhaps", "Stage: 9",
                             "Line manager: Sam <sam@>", "Agency: CSC", "Procedure: none"}) {
        CAPTURE(line);
        const auto result = desk.read("New", whole + line);
        CHECK(result.kind == Understood::Kind::incomplete);
        CHECK(result.missing.size() == 1);
    }
}

TEST_CASE("an answer with only what was missing completes the mail before it") {
    const Desk desk;
    const std::string first = "Our agency: CSC\nOther agency: Vale Houzing\n"
                              "Line manager: Ash <ash>\nSummary: They closed the referral.";
    const MailText answer{"Re: please send what is missing",
                          "Here it is.\nOther agency: Vale Housing\n\n> Other agency: not in list",
                          {first}};
    const auto result = understand(answer, {desk.boards, desk.zone, "vale", Side::none});
    REQUIRE(result.kind == Understood::Kind::certain);
    const auto& facts = result.updates.at(0).facts;
    CHECK(facts.raising.agency == "social-care");
    CHECK(facts.receiving.agency == "housing");
    CHECK(facts.summary == "They closed the referral.");
}

TEST_CASE("free text beside the lines of a raise is its summary") {
    const Desk desk;
    const auto result = desk.read(
        "New", "Our agency: CSC\nOther agency: Vale Housing\n\nThey will not share the file.\n");
    REQUIRE(result.kind == Understood::Kind::certain);
    CHECK(result.updates[0].facts.summary == "They will not share the file.");
}

TEST_CASE("free text alone is asked to be completed, a word without a case for its case") {
    const Desk desk;
    const auto text = desk.read("Help", "They will not share the file and we disagree.");
    CHECK(text.kind == Understood::Kind::incomplete);
    CHECK(lacks(text, "Our agency"));
    const auto word = desk.read("Help", "escalate");
    CHECK(word.kind == Understood::Kind::uncertain);
    CHECK(word.ask.find("which case") != std::string::npos);
}

TEST_CASE("with several boards a raise must name its board") {
    Desk desk;
    const MailText mail{"New", "Our agency: CSC\nOther agency: Vale Housing\nSummary: x"};
    const Background background{desk.boards, desk.zone, "", Side::none};
    const auto without = understand(mail, background);
    CHECK(without.kind == Understood::Kind::incomplete);
    CHECK(lacks(without, "Board: one of Vale Safeguarding Partnership"));
    const auto with = understand({"New", mail.text + "\nBoard: VSP"}, background);
    CHECK(with.kind == Understood::Kind::certain);
}

TEST_CASE("dates are read day first, on the London wall clock") {
    const Desk desk;
    struct Row {
        const char* written;
        const char* instant;
    };
    for (const Row row : {Row{"2026-12-22 16:30", "2026-12-22T16:30:00Z"},
                          Row{"2026-07-01T09:05", "2026-07-01T08:05:00Z"},
                          Row{"2026-07-01T09:05:00+01:00", "2026-07-01T08:05:00Z"},
                          Row{"05/06/2026 9am", "2026-06-05T08:00:00Z"},
                          Row{"5.6.2026", "2026-06-04T23:00:00Z"},
                          Row{"22nd of December 2026", "2026-12-22T00:00:00Z"},
                          Row{"Tue 22 Dec 2026, 12:15 am", "2026-12-22T00:15:00Z"},
                          Row{"Friday, 1 May 2026 at 16.30", "2026-05-01T15:30:00Z"}}) {
        CAPTURE(row.written);
        const auto result = desk.reply(std::string("escalate\nHappened: ") + row.written);
        REQUIRE(result.kind == Understood::Kind::certain);
        CHECK(to_rfc3339(result.updates.at(0).happened.value()) == row.instant);
    }
    for (const char* written : {"22/12", "2026-12-22 25:00", "22 December", "32 May 2026",
                                "2026-12-22 16:30 or so", "13pm", "99999-1-1", "12/31/2026"}) {
        CAPTURE(written);
        CHECK(desk.reply(std::string("escalate\nHappened: ") + written).kind ==
              Understood::Kind::uncertain);
    }
}

}  // namespace
}  // namespace stageclock

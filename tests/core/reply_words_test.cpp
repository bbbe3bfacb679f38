// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "bot/core/reply.h"

namespace stageclock {
namespace {

struct Desk {
    Board board;
    Policy policy;
    Directory directory;
    Zone zone = Zone::utc();
    std::vector<KnownBoard> boards;

    Desk() {
        board.id = "vale";
        board.reference_prefix = "VSP";
        for (const char* id : {"1", "2", "3"}) {
            Stage stage;
            stage.id = id;
            stage.title = std::string("Level ") + id;
            policy.stages.push_back(stage);
        }
        policy.events = {{"line-manager-told", "Reported to own line manager",
                          {"told my manager", "reported to my line manager"}, {}}};
        policy.priorities = {{"critical", "Critical", {}}};
        boards.push_back({board, policy, directory});
    }

    Understood reply(const std::string& text, Side sender = Side::raising) const {
        return understand({"Re: [VSP-2026-0042]", text}, {boards, zone, "vale", sender});
    }
};

struct Row {
    const char* text;
    UpdateKind kind;
};

TEST_CASE("plain words at the start, or as a sentence of their own, are certain") {
    const Desk desk;
    const Row rows[] = {
        {"acknowledged", UpdateKind::acknowledge},
        {"Acknowledged, will call tomorrow.", UpdateKind::acknowledge},
        {"Hi Sam,\n\nReceived, thank you.", UpdateKind::acknowledge},
        {"I acknowledge receipt of this.", UpdateKind::acknowledge},
        {"Thank you. Noted.", UpdateKind::acknowledge},
        {"Resolved: joint visit on Friday, nothing is urgent any more", UpdateKind::resolve},
        {"We have agreed a joint visit on Friday.", UpdateKind::resolve},
        {"escalate", UpdateKind::escalate},
        {"Please escalate.", UpdateKind::escalate},
        {"Please escalate this to the next stage, thanks", UpdateKind::escalate},
        {"We met on Monday. Please escalate.", UpdateKind::escalate},
        {"We could not agree.", UpdateKind::escalate},
        {"We do not agree", UpdateKind::escalate},
        {"Please escalate. We have not agreed on the plan.", UpdateKind::escalate},
        {"Withdraw", UpdateKind::withdraw},
        {"Please mark this as urgent", UpdateKind::mark_urgent},
        {"This is urgent now", UpdateKind::mark_urgent},
        {"Urgent: yes", UpdateKind::mark_urgent},
        {"no longer urgent", UpdateKind::mark_standard},
        {"Urgent: no", UpdateKind::mark_standard},
        {"Discussed: the threshold, with both managers", UpdateKind::discuss},
        {"Discussed by phone: the threshold", UpdateKind::discuss},
        {"Decision: joint visit", UpdateKind::decide},
        {"Confirmed: yes, joint visit", UpdateKind::confirm_outcome},
        {"Recorded on file.", UpdateKind::attest},
        {"Re-open", UpdateKind::reopen},
        {"I have told my manager on Monday", UpdateKind::report_event},
        {"Reported to my line manager: at supervision", UpdateKind::report_event},
        {"Escalate to stage 3: Housing could not agree", UpdateKind::escalate},
        {"Escalate to level 3: not agreed, nothing is resolved", UpdateKind::escalate},
        {"Escalate: not agreed by Housing", UpdateKind::escalate},
        {"Not agreed, please escalate to stage 3", UpdateKind::escalate},
        {"Escalate, we could not agree.", UpdateKind::escalate},
        {"We disagree.", UpdateKind::escalate},
        {"I disagree, please escalate.", UpdateKind::escalate},
        {"We were unable to agree on the threshold", UpdateKind::escalate},
        {"I would like to withdraw this.", UpdateKind::withdraw},
        {"We have now resolved this.", UpdateKind::resolve},
        {"The matter has been resolved.", UpdateKind::resolve},
        {"Please mark this as not urgent", UpdateKind::mark_standard},
        {"I confirm receipt of this.", UpdateKind::acknowledge},
        {"Agreed deadline: 4 January 2027", UpdateKind::agree_deadline},
        {"Unavailable: line manager", UpdateKind::report_unavailable},
        {"Priority: critical", UpdateKind::set_priority},
        {"Outcome agreed: joint visit", UpdateKind::resolve},
        {"Please note we do not agree and wish to escalate", UpdateKind::escalate},
        {"We would like to withdraw our escalation.", UpdateKind::withdraw},
        {"Tag: policy gap", UpdateKind::tag},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        const auto result = desk.reply(row.text);
        CHECK(result.kind == Understood::Kind::certain);
        REQUIRE(result.updates.size() == 1);
        CHECK(result.updates[0].kind == row.kind);
        CHECK(result.updates[0].ref == "VSP-2026-0042");
    }
}

TEST_CASE("negations, conditions, questions and words of two kinds are asked about") {
    const Desk desk;
    for (const char* text : {
             "not resolved",
             "This is not resolved.",
             "It remains unresolved.",
             "Do not escalate",
             "Please do not escalate this yet.",
             "Escalate only if Housing does not answer.",
             "Resolved?",
             "Resolved: no",
             "Resolved: not yet",
             "Should we escalate?",
             "Acknowledged. Please escalate.",
             "Acknowledged. I think this is urgent.",
             "Escalate. It is resolved.",
             "Resolved: agreed\nEscalate: to stage 3",
             "We have agreed to escalate.",
             "We have agreed to disagree.",
             "I spoke to Housing and they want to escalate, I think.",
             "Acknowledged, but I am not the right person",
             "Unless we hear by Friday, withdraw.",
             "We have not withdrawn.",
             "Urgent meeting needed",
             "The fox jumps over the fence.",
             "",
             "Our agency: Housing\nescalate",
             "Stage: 2",
             "escalate\nStage: 9",
             "Escalate to stage 3: no",
             "Escalate to stage 3: not yet",
             "Escalate to stage 3 unless Housing answers: wait",
             "Do not escalate: we could not agree",
             "We disagree with the decision to escalate.",
             "Escalate if we could not agree by Friday",
             "Agreed deadline: soon",
             "Unavailable:",
             "Priority: enormous",
             "Tag: nonsense",
             "Correction: the status is CIN",
             "Correct: Their agency: Housing",
             "Not me, try Jo Bloggs",
             "Wrong person: jo@example.org or kit@example.org",
             "Not me, try jo@example.org. Please escalate.",
         }) {
        CAPTURE(text);
        const auto result = desk.reply(text);
        CHECK(result.kind == Understood::Kind::uncertain);
        CHECK(result.updates.empty());
        CHECK(result.ask.find("acknowledged; ") != std::string::npos);
        CHECK(result.ref == "VSP-2026-0042");
    }
}

TEST_CASE("words in the quotation or the signature move nothing") {
    const Desk desk;
    const auto result = desk.reply(
        "Thank you, I will read it.\n\nOn Tue, Board wrote:\n> escalate\n> resolved: x\n");
    CHECK(result.kind == Understood::Kind::uncertain);
    const auto signature = desk.reply("Acknowledged\n\n-- \nSam\nWithdrawn\n");
    CHECK(signature.kind == Understood::Kind::certain);
}

TEST_CASE("what people write beside the word is kept, the word alone is not") {
    const Desk desk;
    CHECK(desk.reply("Resolved: joint visit\n\non Friday").updates.at(0).text ==
          "joint visit\n\non Friday");
    CHECK(desk.reply("We have agreed a joint visit.").updates.at(0).text ==
          "We have agreed a joint visit.");
    CHECK(desk.reply("please escalate").updates.at(0).text == "");
    CHECK(desk.reply("Escalate\nReason: no reply").updates.at(0).text == "Reason: no reply");
    CHECK(desk.reply("Discussed by phone: the visit").updates.at(0).mode == "telephone");
}

TEST_CASE("an escalation may name its stage") {
    const Desk desk;
    CHECK(desk.reply("Please escalate to stage 3").updates.at(0).stage == "3");
    CHECK(desk.reply("Escalate\nStage: Level 3").updates.at(0).stage == "3");
    CHECK(desk.reply("Escalate").updates.at(0).stage == "");
}

TEST_CASE("contacts are named for the side of the sender, several in one mail") {
    const Desk desk;
    const auto result = desk.reply("Acknowledged\nLine manager: Ash Hill <ash@example.org>\n"
                                   "Their line manager: kit@example.org\n"
                                   "Service Manager (raising): Lee Dale <lee@example.org>",
                                   Side::receiving);
    REQUIRE(result.kind == Understood::Kind::certain);
    REQUIRE(result.updates.size() == 4);
    CHECK(result.updates[0].contact ==
          Contact{Side::receiving, "line-manager", "Ash Hill", "ash@example.org", ""});
    CHECK(result.updates[1].contact ==
          Contact{Side::raising, "line-manager", "", "kit@example.org", ""});
    CHECK(result.updates[2].contact ==
          Contact{Side::raising, "service-manager", "Lee Dale", "lee@example.org", ""});
    CHECK(result.updates[3].kind == UpdateKind::acknowledge);
}

TEST_CASE("a contact without an address, or of no side, is asked for") {
    const Desk desk;
    CHECK(desk.reply("Line manager: Ash Hill").kind == Understood::Kind::uncertain);
    CHECK(desk.reply("Line manager: ash@example.org", Side::board).kind ==
          Understood::Kind::uncertain);
    CHECK(desk.reply("Line manager (raising): ash@example.org", Side::board).kind ==
          Understood::Kind::certain);
}

TEST_CASE("whoever is not the right person names another for their own role") {
    const Desk desk;
    const auto passed_on = [&](const std::string& text, const std::string& role) {
        return understand({"Re: [VSP-2026-0042]", text},
                          {desk.boards, desk.zone, "vale", Side::receiving, role});
    };
    const auto result =
        passed_on("Wrong person, please contact Jo Bloggs <jo@example.org>", "line-manager");
    REQUIRE(result.kind == Understood::Kind::certain);
    CHECK(result.updates.at(0).contact ==
          Contact{Side::receiving, "line-manager", "Jo Bloggs", "jo@example.org", ""});
    CHECK(passed_on("Not me, try jo@example.org", "line-manager").updates.at(0).contact.name == "");
    CHECK(passed_on("Not me, try jo@example.org\n\nKit\nkit@example.org", "line-manager")
              .updates.at(0)
              .contact.address == "jo@example.org");
    CHECK(passed_on("Not me, try jo@example.org", "").kind == Understood::Kind::uncertain);
}

TEST_CASE("an agreed deadline without an hour is the end of its day") {
    const Desk desk;
    const auto due = [&](const std::string& text) {
        return to_rfc3339(desk.reply(text).updates.at(0).deadline.value());
    };
    CHECK(due("Agreed deadline: 4 January 2027") == "2027-01-04T23:59:00Z");
    CHECK(due("Deadline agreed: 4/1/2027 at 12:00") == "2027-01-04T12:00:00Z");
}

TEST_CASE("a role that cannot be reached is of the sender's side unless it says otherwise") {
    const Desk desk;
    const auto role_of = [&](const std::string& text) {
        return desk.reply(text).updates.at(0).contact;
    };
    CHECK(role_of("Unavailable: my manager") == Contact{Side::raising, "line-manager", "", "", ""});
    CHECK(role_of("Unavailable: their service manager") ==
          Contact{Side::receiving, "service-manager", "", "", ""});
    CHECK(role_of("Unavailable: Line manager (theirs)").side == Side::receiving);
}

TEST_CASE("a word in the subject of a prepared answer counts when the text has none") {
    const Desk desk;
    const auto read = [&](const std::string& subject, const std::string& text) {
        return understand({subject, text}, {desk.boards, desk.zone, "vale", Side::raising});
    };
    const auto result = read("ACTION: resolved [VSP-2026-0042]", "joint visit on Friday");
    REQUIRE(result.kind == Understood::Kind::certain);
    CHECK(result.updates.at(0).kind == UpdateKind::resolve);
    CHECK(result.updates.at(0).text == "joint visit on Friday");
    CHECK(read("ACTION: escalate [VSP-2026-0042]", "").updates.at(0).kind == UpdateKind::escalate);
    CHECK(read("ACTION: resolved [VSP-2026-0042]", "Please do not escalate").kind ==
          Understood::Kind::uncertain);
    CHECK(read("Re: ACTION: x [VSP-2026-0042]", "y").kind == Understood::Kind::uncertain);
}

TEST_CASE("without any board a mail is read as it stands") {
    const Zone zone = Zone::utc();
    const auto reply = understand_alone({"Re: abc-2026-7", "Escalate to stage 9"}, zone);
    CHECK(reply.kind == Understood::Kind::certain);
    CHECK(reply.ref == "ABC-2026-7");
    CHECK(reply.updates.at(0).stage == "9");
    CHECK(understand_alone({"Hello", "resolved: x"}, zone).kind == Understood::Kind::certain);
    CHECK(understand_alone({"Hello", "not resolved"}, zone).heard ==
          std::vector<UpdateKind>{UpdateKind::resolve});
    CHECK(understand_alone({"ABC-2026-1 ABC-2026-2", "resolved: x"}, zone).kind ==
          Understood::Kind::uncertain);
    const auto raise =
        understand_alone({"x", "Our agency: A\nOther agency: B\nSummary: c"}, zone);
    CHECK(raise.updates.at(0).facts.raising.agency == "A");
}

TEST_CASE("a protective deadline needs its hour") {
    const Desk desk;
    const auto result = desk.reply("Deadline: 22/12/2026 16:30");
    REQUIRE(result.kind == Understood::Kind::certain);
    CHECK(to_rfc3339(result.updates.at(0).deadline.value()) == "2026-12-22T16:30:00Z");
    CHECK(desk.reply("Deadline: 22/12/2026").kind == Understood::Kind::uncertain);
}

TEST_CASE("any text is read without harm") {
    const Desk desk;
    std::string noise;
    unsigned seed = 1;
    for (int i = 0; i < 20000; ++i) {
        seed = seed * 1103515245u + 12345u;
        noise += static_cast<char>(seed >> 16);
    }
    CHECK_NOTHROW(desk.reply(noise));
    CHECK_NOTHROW(desk.reply(std::string(200000, ':')));
    CHECK_NOTHROW(desk.reply(std::string(200000, '>')));
    CHECK_NOTHROW(desk.reply(std::string(100000, '\n') + "escalate"));
    std::string attributions;
    for (int i = 0; i < 20000; ++i) attributions += "On a day\n";
    CHECK_NOTHROW(desk.reply(attributions));
    std::string sentences;
    for (int i = 0; i < 20000; ++i) sentences += "we have not\nagreed-2026-1 \xE2\x80\x99\n";
    CHECK_NOTHROW(desk.reply(sentences));
}

}  // namespace
}  // namespace stageclock

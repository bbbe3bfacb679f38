// SPDX-License-Identifier: MIT
#include "bot/app/model.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "bot/app/model_words.h"
#include "bot/core/reply.h"
#include "tests/app/sample_notices.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

// Every text of a model, one a line.
void gather(const Model& model, std::string& out) {
    if (const auto* text = model.text()) out += *text + "\n";
    if (const auto* list = model.list()) {
        for (const Model& item : *list) gather(item, out);
    }
    if (const auto* parts = model.parts()) {
        for (const auto& [name, part] : *parts) gather(part, out);
    }
}

Model model_for(const Sample& sample, const Notice& notice) {
    return model_of(notice, sample.the_case, sample.rules(), public_url, mail_address);
}

std::string all_texts(const Sample& sample, const Notice& notice) {
    std::string out;
    gather(model_for(sample, notice), out);
    return out;
}

std::string text(Model model, std::initializer_list<std::string_view> path) {
    Model* at = &model;
    for (const auto name : path) at = &(*at)[name];
    REQUIRE(at->text() != nullptr);
    return *at->text();
}

std::vector<std::string> words_of(const Model& model) {
    std::vector<std::string> words;
    Model copy = model;
    for (Model answer : *copy["answers"].list()) words.push_back(*answer["word"].text());
    return words;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        out.push_back(
            static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16)));
        i += 2;
    }
    return out;
}

}  // namespace

TEST_CASE("an officer of the case gets what is needed to act") {
    const Sample sample = closed_sample();
    const std::string all =
        all_texts(sample, full_notice(sample, Reason::case_resolved, line_manager()));
    for (const char* part :
         {"Kit Canary", "Canary summary", "Canary wish", "Canary view of Housing", "Lou Canary",
          "sam.canary@example.org", "Canary outcome", "Canary note", "Canary Team"}) {
        CHECK_MESSAGE(contains(all, part), part);
    }
}

TEST_CASE("a board inbox and a chat get no name, no address and no free text, whatever is told") {
    const Sample sample = closed_sample();
    for (const Recipient& to : {board_inbox(), chat_post()}) {
        for (const Reason reason : reasons_to_tell()) {
            Notice notice = full_notice(sample, reason, to);
            notice.understood.push_back("Child: Kit Canary");
            notice.to.address = "partnership@example.org";
            const std::string all = all_texts(sample, notice);
            CAPTURE(to_text(reason));
            CHECK_FALSE(contains(all, canary));
            CHECK_FALSE(contains(all, "canary@"));
            CHECK(contains(all, "CSCP-2026-0042"));
            CHECK(contains(all, "Early Help Service"));
        }
    }
}

TEST_CASE("an agency written in by hand is free text: not in subjects, not for the board") {
    Sample sample = full_sample();
    sample.the_case.facts.receiving.agency = "other:Canary Fostering";
    Notice notice = full_notice(sample, Reason::contact_missing, board_inbox());
    notice.missing = {"practitioner of the receiving side (Canary Fostering)"};
    const std::string board = all_texts(sample, notice);
    CHECK_FALSE(contains(board, canary));
    CHECK(contains(board, "practitioner of the receiving side (another agency)"));

    const Model officer =
        model_for(sample, full_notice(sample, Reason::stage_entered, line_manager()));
    CHECK(text(officer, {"agencies", "receiving", "name"}) == "Canary Fostering");
    CHECK(text(officer, {"subject_start"}) ==
          "[CSCP-2026-0042] Escalation between Housing and another agency");
}

TEST_CASE("a stranger who names a case learns nothing of it but what the own mail said") {
    const Sample sample = full_sample();
    Recipient stranger = line_manager();
    stranger.id = stranger.name = stranger.agency = stranger.role = stranger.title = "";
    stranger.address = "stranger@example.org";
    for (const Reason reason : {Reason::mail_understood, Reason::mail_not_understood,
                                Reason::mail_incomplete, Reason::mail_claimed}) {
        Notice notice = full_notice(sample, reason, stranger);
        const std::string all = all_texts(sample, notice);
        CHECK_FALSE(contains(all, canary));
        CHECK_FALSE(contains(all, "Early Help Service and"));
        CHECK_FALSE(contains(all, "Housing"));
        CHECK_FALSE(contains(all, "December"));
        CHECK(contains(all, "Resolved: a joint visit"));
        CHECK(contains(all, "CSCP-2026-0042"));
        notice.to.address = "Lou.Canary@example.org";
        CHECK(contains(all_texts(sample, notice), "Housing"));
    }
}

TEST_CASE("every notice says in one sentence why this person is told") {
    const Sample sample = full_sample();
    for (const Reason reason : reasons_to_tell()) {
        const Model model = model_for(sample, full_notice(sample, reason, line_manager()));
        const std::string why = text(model, {"why"});
        CHECK(why.starts_with("You are told because "));
        CHECK(why.ends_with("."));
        CHECK(text(model, {"reason"}) == to_text(reason));
    }
    for (const Reason reason : {Reason::next_officer_due, Reason::still_overdue}) {
        CHECK(
            contains(text(model_for(sample, full_notice(sample, reason, next_officer())), {"why"}),
                     "the next stage would be yours, as Head of Neighbourhoods for Housing"));
    }
}

TEST_CASE("the deadline and each day of its count are in words") {
    const Sample sample = full_sample();
    Model model = model_for(sample, full_notice(sample, Reason::deadline_near, line_manager()));
    CHECK(text(model, {"deadline", "words"}) == "Wednesday 30 December 2026 at 17:00");
    CHECK(text(model, {"deadline", "short"}) == "Wed 30 Dec, 17:00");
    std::string days;
    for (Model day : *model["trace"]["days"].list()) {
        days += *day["date"].text() + "  " + *day["text"].text() + "\n";
    }
    CHECK(days ==
          "Mon 21 Dec 2026  day 0\n"
          "Tue 22 Dec 2026  working day 1\n"
          "Wed 23 Dec 2026  working day 2\n"
          "Thu 24 Dec 2026  working day 3\n"
          "Fri 25 Dec 2026  Christmas Day, not counted\n"
          "Sat 26 Dec 2026  Saturday, not counted\n"
          "Sun 27 Dec 2026  Sunday, not counted\n"
          "Mon 28 Dec 2026  Boxing Day (substitute day), not counted\n"
          "Tue 29 Dec 2026  working day 4\n"
          "Wed 30 Dec 2026  working day 5\n");
    CHECK(model_words::short_date(date("2027-01-04")) == "Mon  4 Jan 2027");
}

TEST_CASE("a deadline beyond the list of holidays is said to be provisional") {
    const Sample sample = full_sample();
    Notice notice = full_notice(sample, Reason::stage_entered, line_manager());
    CHECK(text(model_for(sample, notice), {"deadline", "provisional"}).empty());
    notice.provisional = true;
    CHECK(
        contains(text(model_for(sample, notice), {"deadline", "provisional"}), "31 December 2028"));
    notice.deadline.reset();
    Model none = model_for(sample, notice);
    CHECK(*none["deadline"]["none"].yes());
    CHECK(text(none, {"deadline", "words"}).empty());
}

TEST_CASE("only what is made more than fifteen minutes after its moment is called late") {
    const Sample sample = full_sample();
    Notice notice = full_notice(sample, Reason::deadline_near, line_manager());
    notice.decided = notice.scheduled + std::chrono::minutes(15);
    CHECK(text(model_for(sample, notice), {"late"}).empty());
    notice.decided += std::chrono::seconds(1);
    CHECK(
        contains(text(model_for(sample, notice), {"late"}), "Thursday 24 December 2026 at 09:00"));
}

TEST_CASE("repeats are numbered in words, also in a second run of the duty") {
    const Sample sample = full_sample();
    Notice notice = full_notice(sample, Reason::still_overdue, line_manager());
    CHECK(text(model_for(sample, notice), {"repeated"}) == "This is the third prompt.");
    notice.occurrence = 1001;
    CHECK(text(model_for(sample, notice), {"repeated"}) == "This is the second prompt.");
    notice.reason = Reason::deadline_near;
    CHECK(text(model_for(sample, notice), {"repeated"}).empty());
    CHECK(model_words::ordinal(21) == "21st");
    CHECK(model_words::ordinal(112) == "112th");
}

TEST_CASE("an escalation is offered by mail exactly where one by mail would be taken") {
    Sample sample = full_sample();
    const auto offered = [&] {
        Notice notice = full_notice(sample, Reason::stage_entered, line_manager());
        notice.rule = "stage-2";
        const auto words = words_of(model_for(sample, notice));
        return std::find(words.begin(), words.end(), "escalate:") != words.end();
    };
    Duty attempt;
    attempt.id = "attempt";
    attempt.met_by = {"discussed"};
    sample.policy.duties.push_back(attempt);
    sample.policy.stages[2].after = "attempt";
    REQUIRE(sample.policy.stages[2].id == "3");
    sample.the_case.duties.push_back({"attempt", {}, {}, DutyRun::State::running, {}, {}});
    CHECK(offered());  // its text is the record of the attempt
    sample.policy.duties.back().met_by = {"decided"};
    CHECK_FALSE(offered());
    sample.the_case.duties.back().state = DutyRun::State::met;
    CHECK(offered());
    sample.policy.stages[1].leave_with = {"vote"};
    CHECK_FALSE(offered());
}

TEST_CASE("the answers offered are those that meet the duty") {
    Sample sample = full_sample();
    using Words = std::vector<std::string>;
    const auto words = [&](Reason reason, const std::string& rule) {
        Notice notice = full_notice(sample, reason, line_manager());
        notice.rule = rule;
        return words_of(model_for(sample, notice));
    };
    CHECK(words(Reason::deadline_near, "resolve-2") ==
          Words{"acknowledge", "resolved:", "escalate:", "told my line manager"});
    CHECK(words(Reason::stage_entered, "stage-2") ==
          Words{"acknowledge", "discussed:", "resolved:", "escalate:"});
    CHECK(words(Reason::copied_by_policy, "copy").empty());
    CHECK(words(Reason::contact_missing, "contacts").empty());
    sample.the_case.stage = "3";
    CHECK(words(Reason::stage_entered, "stage-3") ==
          Words{"acknowledge", "discussed:", "resolved:"});
    sample.the_case.status = Status::resolved;
    CHECK(words(Reason::duty_started, "confirm") == Words{"confirmed:", "recorded"});
    CHECK(words(Reason::case_resolved, "close") == Words{"reopen:"});
    const Notice to_board = full_notice(sample, Reason::still_overdue, board_inbox());
    CHECK(words_of(model_for(sample, to_board)).empty());
}

TEST_CASE("buttons in a chat offer what the page offers, and only to who may act") {
    const Sample sample = full_sample();
    const auto model_for_reader = [&](const Recipient& to, const std::string& page) {
        const Notice notice = full_notice(sample, Reason::deadline_near, to);
        return model_of(notice, sample.the_case, sample.rules(), "", "", page);
    };
    Model chat = model_for_reader(chat_post(), action_page);
    CHECK(std::string(action_page).ends_with("/a/" + *chat["action_seal"].text()));
    std::vector<std::string> ids;
    for (Model action : *chat["actions"].list()) {
        ids.push_back(*action["id"].text());
        CHECK_FALSE(action["title"].text()->empty());
        CHECK(*action["needs_text"].yes() != *action["at_once"].yes());
    }
    REQUIRE_FALSE(ids.empty());
    CHECK(ids.front() == "acknowledged");
    CHECK(std::find(ids.begin(), ids.end(), "resolved") != ids.end());
    CHECK(*chat["actions_with_text"].text() == "Resolved");
    for (Model none :
         {model_for_reader(board_inbox(), action_page), model_for_reader(chat_post(), "")}) {
        CHECK(none["action_seal"].text()->empty());
        CHECK(none["actions"].list()->empty());
    }
}

TEST_CASE("each offered answer is understood when it comes back") {
    const Sample sample = full_sample();
    const std::vector<KnownBoard> boards{{sample.board, sample.policy, sample.directory}};
    const Sample closed = closed_sample();
    Notice confirm = full_notice(closed, Reason::duty_started, line_manager());
    confirm.rule = "confirm";
    Notice stage = full_notice(sample, Reason::stage_entered, line_manager());
    stage.rule = "stage-2";
    std::vector<Model> models{
        model_for(sample, full_notice(sample, Reason::deadline_near, line_manager())),
        model_for(sample, stage), model_for(closed, confirm),
        model_for(sample, full_notice(sample, Reason::case_raised, line_manager())),
        model_for(closed, full_notice(closed, Reason::case_resolved, line_manager()))};
    for (Model& model : models) {
        for (Model answer : *model["answers"].list()) {
            const std::string link = *answer["mailto"].text();
            const auto question = link.find("?subject="), body = link.find("&body=");
            CHECK(link.substr(0, question) == "mailto:stageclock@example.org");
            const MailText mail{decoded(link.substr(question + 9, body - question - 9)),
                                decoded(link.substr(body + 6)) +
                                    (answer["then"].text()->empty() ? "" : "a visit on Tuesday\n")};
            const Understood read =
                understand(mail, {boards, england_and_wales().zone(), "", Side::raising});
            CAPTURE(mail.text);
            CHECK(read.kind == Understood::Kind::certain);
            CHECK(read.ref == "CSCP-2026-0042");
        }
    }
}

TEST_CASE("mailto links hold nothing but unreserved characters and escapes") {
    CHECK(model_words::mailto("a+b@example.org", "[X-1] A & B", "resolved: \n") ==
          "mailto:a%2Bb@example.org?subject=%5BX-1%5D%20A%20%26%20B&body=resolved%3A%20%0D%0A");
    CHECK(model_words::encoded("../\"<\xC3\xA9") == "..%2F%22%3C%C3%A9");
}

TEST_CASE("free text loses control characters and is cut between characters") {
    std::string read;
    gather(model_words::lines("one\r\n\x1b[2Jtwo\n\n \n\tthree"), read);
    CHECK(read == "one\n[2Jtwo\n three\n");
    std::string longest;
    for (int i = 0; i < 3000; ++i) longest += "\xC3\xA9";
    const Model cut = model_words::lines("x" + longest);
    REQUIRE(cut.list()->size() == 2);
    CHECK(cut.list()->front().text()->size() == 3999);
    CHECK(contains(*cut.list()->back().text(), "goes on"));
}

TEST_CASE("the 999 sentence is always there, and guards show once") {
    Sample sample = full_sample();
    sample.policy.guards.push_back(sample.policy.guards.front());
    sample.the_case.urgent_since = london_time("2026-12-22 10:00");
    Model model = model_for(sample, full_notice(sample, Reason::became_urgent, line_manager()));
    CHECK(model["guards"].list()->size() == 2);
    for (const Reason reason : reasons_to_tell()) {
        const Sample minimal = minimal_sample();
        CHECK(contains(text(model_for(minimal, bare_notice(reason, {})), {"emergency"}), "999"));
    }
}

TEST_CASE("the people of both sides are listed once, and the unknown ones as such") {
    const Sample sample = full_sample();
    Notice notice = full_notice(sample, Reason::deadline_near, line_manager());
    notice.missing.clear();
    Model model = model_for(sample, notice);
    std::string names;
    for (Model person : *model["people"].list()) {
        names += *person["name"].text() + (*person["you"].yes() ? " (you)" : "") + "\n";
    }
    CHECK(names == "Lou Canary (you)\nRae Canary\nPat Canary\nSam Canary\n");
    REQUIRE(model["not_known"].list()->size() == 1);
    CHECK(*model["not_known"].list()->front().text() ==
          "line manager of the receiving side (Early Help Service)");
}

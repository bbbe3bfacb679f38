// SPDX-License-Identifier: MIT
#include "bot/app/chat_desk.h"

#include <doctest/doctest.h>

#include <random>

#include "adapters/registry.h"
#include "bot/app/engine.h"
#include "bot/app/link_desk.h"
#include "tests/app/form_fakes.h"
#include "tests/app/mail_fakes.h"
#include "tests/support/fake_clock.h"
#include "tests/support/flaky_store.h"
#include "tests/support/plain_seal.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

using Kind = ChatReply::Kind;

// The small board, whose line managers are found in a chat; and a second board without cases.
// `meeting_first`: no case is closed at stage 1 before a meeting has decided.
Rulebook rulebook_with_accounts(bool meeting_first) {
    Small small;
    if (meeting_first) {
        Duty meeting = limit("1");
        meeting.id = "meeting";
        meeting.title = "Hold the meeting";
        meeting.met_by = {"decided"};
        small.policy.duties.push_back(meeting);
        small.policy.stages[0].resolve_after = "meeting";
    }
    for (Post& post : small.directory.posts) {
        if (post.role != "line-manager") continue;
        post.accounts = {"slack:U-" + post.agency};
        post.channels = {"mail", "slack"};
    }
    small.directory.posts.back().accounts = {"slack:U-inbox"};
    ServedBoard other{small.board, small.policy, small.directory};
    other.board.id = "other";
    other.board.reference_prefix = "OB";
    return Rulebook({{small.board, small.policy, small.directory}, other}, {small.calendar});
}

class ChatHouseDesk final : public MailDesk {
public:
    ChatHouseDesk(Engine& engine, Clock& clock) : engine_(engine), clock_(clock) {}
    Answer submit(Update update) override {
        ++asked;
        update.received = clock_.now();
        return engine_.submit(std::move(update));
    }
    Instant now() const override { return clock_.now(); }
    void note_refusal(const std::string& source, const std::string&,
                      const std::string& why) override {
        refusals.push_back(source + ": " + why);
    }
    int asked = 0;
    std::vector<std::string> refusals;

private:
    Engine& engine_;
    Clock& clock_;
};

struct House {
    FakeClock clock{utc("2026-06-05T10:00:00Z")};
    FlakyStore store{make_memory_store()};
    Rulebook rulebook;
    Engine engine{store, clock, rulebook, [] {}};
    ChatHouseDesk desk{engine, clock};
    MailClaims claims{desk, store, [] {}};
    NoFormsComing forms{desk, store, rulebook};
    LinkDesk links{desk, store, rulebook, claims, forms.desk};
    PlainSeal seal;
    CaseChat chat{{desk, links, store, rulebook, seal, "https://clock.example.org"}};
    std::string ref;
    int said = 0;

    explicit House(bool meeting_first = false) : rulebook(rulebook_with_accounts(meeting_first)) {
        engine.start();
        ref = raise();
    }
    ~House() { engine.stop(); }

    std::string raise() {
        Update update = raise_update();
        update.source = "test";
        update.id = "raise" + std::to_string(++said);
        const std::string made = desk.submit(update).ref;
        desk.asked = 0;
        return made;
    }
    // The practitioner of the receiving side, as a platform that vouches for addresses has them.
    static Speaker practitioner() { return {"slack", "U-1", "C@school.example.org", {}}; }
    static Speaker manager() { return {"slack", "U-school", "", {}}; }
    static Speaker stranger() { return {"slack", "U-2", "", {}}; }

    ChatReply hear(const Speaker& who, const std::string& text, std::string id = "") {
        if (id.empty()) id = "message" + std::to_string(++said);
        return chat.hear({who, text, id});
    }
    ChatReply press(const Speaker& who, std::int64_t notice, const std::string& choice,
                    const std::string& text, std::string id = "") {
        if (id.empty()) id = "click" + std::to_string(++said);
        return chat.press({who, seal.close(SealFor::link, notice), choice, text, id});
    }
    // The last notice by that channel to that post or address.
    std::int64_t notice(const std::string& channel, const std::string& to) {
        const auto rows = store.notices(ref);
        REQUIRE(rows);
        std::int64_t found = 0;
        for (const NoticeRow& row : *rows) {
            const bool theirs = row.notice.to.id == to || row.notice.to.address == to;
            if (row.notice.channel == channel && theirs) found = std::max(found, row.id);
        }
        REQUIRE(found > 0);
        return found;
    }
    void to_stage_2() { REQUIRE(hear(practitioner(), "escalate " + ref).kind == Kind::recorded); }
    Case the_case() { return **store.load(ref); }
};

// What no answer may hold: the names of the case, and what people wrote.
bool discloses(const ChatReply& reply) {
    std::string all = reply.text + reply.capacity;
    for (const ChatCase& each : reply.cases)
        all += each.ref + each.stage + each.deadline + each.status + each.board + each.page;
    for (const char* secret : {"Sam", "Sample", "They disagree", "joint", "@"})
        if (all.find(secret) != all.npos) return true;
    return false;
}

}  // namespace

TEST_CASE("people known by account or address see their cases, and nobody else does") {
    House house;
    const ChatReply listed = house.hear(House::practitioner(), "list");
    CHECK(listed.kind == Kind::told);
    CHECK(listed.text == "One open case asks something of you.");
    REQUIRE(listed.cases.size() == 1);
    CHECK(listed.cases[0].ref == house.ref);
    CHECK(listed.cases[0].stage == "Stage 1");
    CHECK(listed.cases[0].deadline == "Friday 12 June 2026 at 17:00");
    CHECK_FALSE(listed.cases[0].passed);
    CHECK(listed.cases[0].status == "open");
    CHECK(listed.cases[0].board == "Small Board");
    CHECK(listed.cases[0].page.starts_with("https://clock.example.org/a/l"));
    CHECK_FALSE(discloses(listed));
    CHECK(house.hear(House::manager(), "list").text == "No open case asks anything of you.");
    for (const char* text : {"list", "show SB-2026-0001", "ack", "ack SB-2026-0001",
                             "show SB-2026-0099", "escalate SB-2026-0001"}) {
        CAPTURE(text);
        const ChatReply reply = house.hear(House::stranger(), text);
        CHECK(reply.kind == Kind::who);
        CHECK(reply.cases.empty());
        CHECK(reply.text.find("slack:U-2") != reply.text.npos);
    }
    CHECK(house.desk.asked == 0);
}

TEST_CASE("a case of others is told of in the same words as one that is not there") {
    House house;
    const ChatReply theirs = house.hear(House::manager(), "show SB-2026-0001");
    const ChatReply nobodys = house.hear(House::manager(), "show SB-2026-0002");
    CHECK(theirs.kind == Kind::which);
    CHECK(nobodys.kind == Kind::which);
    CHECK(theirs.text.find("SB-2026-0001") != theirs.text.npos);
    CHECK(std::string(theirs.text).replace(theirs.text.find("0001"), 4, "0002") == nobodys.text);
    Speaker elsewhere = House::practitioner();
    elsewhere.boards = {"other"};
    CHECK(house.hear(elsewhere, "show SB-2026-0001").kind == Kind::who);
    CHECK(house.hear(elsewhere, "list").kind == Kind::who);
    Speaker manager = House::manager();
    house.to_stage_2();
    CHECK(house.hear(manager, "show SB-2026-0001").kind == Kind::told);
    manager.boards = {"other"};
    CHECK(house.hear(manager, "show SB-2026-0001").kind == Kind::which);
    CHECK(house.hear(manager, "ack SB-2026-0001").kind == Kind::which);
    CHECK(house.hear(manager, "list").cases.empty());
}

TEST_CASE("an act by message is recorded for the one who was asked, once") {
    House house;
    const ChatReply first = house.hear(House::practitioner(), "ack " + house.ref, "m1");
    CHECK(first.kind == Kind::recorded);
    CHECK(first.text ==
          "Recorded: acknowledged, on Friday 5 June 2026 at 11:00, for the "
          "practitioner of the receiving side. SB-2026-0001 stands at \"Stage 1\"; "
          "next deadline: Friday 12 June 2026 at 17:00. If somebody is in immediate "
          "danger call 999. Raising a case does not replace that call.");
    CHECK(first.capacity == "practitioner of the receiving side");
    REQUIRE(first.cases.size() == 1);
    const auto events = house.the_case().events;
    CHECK(house.hear(House::practitioner(), "ack " + house.ref, "m1").kind == Kind::recorded);
    CHECK(house.the_case().events == events);
    CHECK(house.the_case().acknowledgements.size() == 1);
    CHECK(house.the_case().acknowledgements[0].address == "c@school.example.org");
    REQUIRE(house.the_case().by_chat.size() == 1);
    CHECK(house.the_case().by_chat[0].account == "slack:U-1");
    const ChatReply other = house.hear(House::practitioner(), "escalate " + house.ref, "m1");
    CHECK(other.kind == Kind::refused);
    CHECK(house.the_case().events == events);
    CHECK(house.hear(House::practitioner(), "got it", "").kind == Kind::recorded);
}

TEST_CASE("a resolution needs words, ends the case, and the same message again says the same") {
    House house;
    const ChatReply wordless = house.hear(House::practitioner(), "resolve " + house.ref);
    CHECK(wordless.kind == Kind::refused);
    CHECK(wordless.text == "Nothing was recorded yet. Write down what was agreed.");
    CHECK(house.the_case().open());
    const std::string sentence = "resolve " + house.ref + ": A joint visit.";
    const ChatReply done = house.hear(House::practitioner(), sentence, "m1");
    CHECK(done.kind == Kind::recorded);
    CHECK(done.text.find("SB-2026-0001 is closed and its clocks have stopped.") != done.text.npos);
    CHECK(house.the_case().outcome == "A joint visit.");
    REQUIRE(done.cases.size() == 1);
    CHECK(done.cases[0].status == "resolved on Friday 5 June 2026 at 11:00");
    CHECK(done.cases[0].deadline.empty());
    CHECK_FALSE(discloses(done));
    const auto events = house.the_case().events;
    CHECK(house.hear(House::practitioner(), sentence, "m1").kind == Kind::recorded);
    const ChatReply late = house.hear(House::practitioner(), sentence, "m2");
    CHECK(late.kind == Kind::over);
    CHECK(late.text.find("was resolved on Friday 5 June 2026 at 11:00") != late.text.npos);
    CHECK(house.the_case().events == events);
    CHECK(house.hear(House::practitioner(), "ack").kind == Kind::who);
}

TEST_CASE("the same message after the case has closed does not act on another case") {
    House house;
    REQUIRE(house.hear(House::practitioner(), "resolved: A joint visit.", "m1").kind ==
            Kind::recorded);
    const std::string second = house.raise();
    CHECK(house.hear(House::practitioner(), "resolved: A joint visit.", "m1").kind ==
          Kind::recorded);
    CHECK((**house.store.load(second)).open());
}

TEST_CASE("without a reference the only open case is meant, and of two none is") {
    House house;
    CHECK(house.hear(House::practitioner(), "show").cases.size() == 1);
    const std::string second = house.raise();
    const ChatReply which = house.hear(House::practitioner(), "ack");
    CHECK(which.kind == Kind::not_understood);
    CHECK(which.cases.size() == 2);
    CHECK(house.desk.asked == 0);
    CHECK(house.hear(House::practitioner(), "ack " + second).kind == Kind::recorded);
    CHECK(house.hear(House::manager(), "ack").text == "No open case asks anything of you.");
}

TEST_CASE("the most pressing cases come first, and no more than ten are shown") {
    House house;
    REQUIRE(house.clock.move_to(house.clock.now() + std::chrono::hours(96)));
    for (int i = 0; i < 11; ++i) house.raise();
    const ChatReply listed = house.hear(House::practitioner(), "list");
    CHECK(listed.cases.size() == 10);
    CHECK(listed.text ==
          "12 open cases ask something of you. These are the most pressing; 2 are not shown.");
    CHECK(listed.cases[0].ref == house.ref);
}

TEST_CASE("an officer is known by account once the case comes to them, and may then act") {
    House house;
    house.to_stage_2();
    const ChatReply shown = house.hear(House::manager(), "show " + house.ref);
    CHECK(shown.kind == Kind::told);
    REQUIRE(shown.cases.size() == 1);
    CHECK(shown.cases[0].stage == "Stage 2");
    CHECK_FALSE(discloses(shown));
    const ChatReply acked = house.hear(House::manager(), "ack " + house.ref);
    CHECK(acked.kind == Kind::recorded);
    CHECK(acked.capacity == "line manager of the receiving side");
    const ChatReply over = house.hear(House::practitioner(), "ack " + house.ref);
    CHECK(over.kind == Kind::over);
    CHECK(over.text.find("went on to Stage 2") != over.text.npos);
}

TEST_CASE("what the notices do not offer is refused with what they do") {
    House house;
    house.to_stage_2();
    REQUIRE(house.hear(House::manager(), "escalate " + house.ref).kind == Kind::recorded);
    const Speaker director{"mattermost", "x", "director@school.example.org", {}};
    const ChatReply refused = house.hear(director, "escalate " + house.ref);
    CHECK(refused.kind == Kind::refused);
    CHECK(refused.text ==
          "That cannot be recorded on SB-2026-0001 as it stands. What you can do "
          "here: acknowledge, resolve. The page behind the mail about it offers "
          "more.");
    CHECK(refused.cases.size() == 1);
    const Speaker inbox{"slack", "U-inbox", "", {}};
    const ChatReply board = house.hear(inbox, "resolve " + house.ref + ": A joint visit.");
    CHECK((board.kind == Kind::refused || board.kind == Kind::which));
    CHECK(house.the_case().open());
}

TEST_CASE("what the policy does not permit is refused in its words, with its clauses") {
    House house(true);
    const ChatReply reply =
        house.hear(House::practitioner(), "resolve " + house.ref + ": A joint visit.");
    CHECK(reply.kind == Kind::refused);
    CHECK(reply.text.find("is closed after \"Hold the meeting\"") != reply.text.npos);
    CHECK(reply.clauses == std::vector<std::string>{"SMALL-S1"});
    CHECK(house.the_case().open());
    CHECK_FALSE(discloses(reply));
}

TEST_CASE("a button acts for the one its notice went to, and for nobody else") {
    House house;
    house.to_stage_2();
    const std::int64_t nudge = house.notice("slack", "school-line-manager");
    CHECK(house.press(House::stranger(), nudge, "acknowledged", "").kind == Kind::who);
    const Speaker colleague{"slack", "U-housing", "", {}};
    const ChatReply others = house.press(colleague, nudge, "acknowledged", "");
    CHECK(others.kind == Kind::refused);
    CHECK(others.text.find("put to somebody else") != others.text.npos);
    const int before = house.desk.asked;
    const ChatReply mine = house.press(House::manager(), nudge, "acknowledged", "", "c1");
    CHECK(mine.kind == Kind::recorded);
    CHECK(mine.capacity == "line manager of the receiving side");
    CHECK(house.the_case().acknowledgements.back().address == "line-manager@school.example.org");
    CHECK(house.the_case().by_chat.back().what == "acknowledged");
    CHECK(house.the_case().by_chat.back().account == "slack:" + House::manager().account);
    CHECK(house.desk.asked == before + 1);
    const auto events = house.the_case().events;
    CHECK(house.press(House::manager(), nudge, "acknowledged", "", "c1").kind == Kind::recorded);
    CHECK(house.the_case().events == events);
    const ChatReply wordless = house.press(House::manager(), nudge, "resolved", " \r\n");
    CHECK(wordless.kind == Kind::refused);
    CHECK(wordless.text == "Nothing was recorded yet. Write down what was agreed.");
    const ChatReply closed = house.press(House::manager(), nudge, "resolved", "A joint visit.");
    CHECK(closed.kind == Kind::recorded);
    CHECK(house.press(House::manager(), nudge, "escalated", "").kind == Kind::over);
    CHECK(house.press(House::manager(), 9999, "acknowledged", "").kind == Kind::which);
    CHECK(house.chat.press({House::manager(), "junk", "acknowledged", "", "c9"}).kind ==
          Kind::which);
}

TEST_CASE("nothing is claimed to be recorded when it could not be stored") {
    House house;
    house.store.full = true;
    const ChatReply reply = house.hear(House::practitioner(), "ack " + house.ref, "m1");
    CHECK(reply.kind == Kind::unavailable);
    CHECK(reply.text.starts_with("Nothing was recorded"));
    house.store.full = false;
    CHECK(house.hear(House::practitioner(), "ack " + house.ref, "m1").kind == Kind::recorded);
    CHECK(house.hear(House::practitioner(), "help").kind == Kind::told);
    CHECK(house.chat.hear({House::practitioner(), "ack", ""}).kind == Kind::unavailable);
    const std::string long_text(20001, 'a');
    CHECK(house.hear(House::practitioner(), "resolve: " + long_text).kind == Kind::refused);
    CHECK(house.press(House::practitioner(), 1, "resolved", long_text).kind == Kind::refused);
}

TEST_CASE("calls that prove nothing are listed, but do not fill the list") {
    House house;
    for (int i = 0; i < 200; ++i) house.chat.note_refusal("app", "the signature is not theirs");
    CHECK(house.desk.refusals.size() == 61);
    CHECK(house.desk.refusals.front() == "chat/app: the signature is not theirs");
    CHECK(house.desk.refusals.back() == "chat/app: more calls were refused than are listed");
    house.chat.note_refusal("second", "the signature is old");
    CHECK(house.desk.refusals.size() == 62);
}

TEST_CASE("odd input is answered, changes nothing and discloses nothing") {
    House house;
    const auto events = house.the_case().events;
    const std::vector<std::string> pieces{"SB-2026-0001", "show ",  "list", ":",   "\n", "?",
                                          "not ",         "\xff",   "<at>", "@x ", " ",  "if ",
                                          "SB-2026-0002", "resolv", "\xe2", "-",   "0",  "[]"};
    std::mt19937 random(11);
    std::uniform_int_distribution<std::size_t> any(0, pieces.size() - 1);
    for (int i = 0; i < 500; ++i) {
        std::string text;
        for (std::size_t n = any(random) % 7; n > 0; --n) text += pieces[any(random)];
        CAPTURE(text);
        const ChatReply reply = house.hear(House::practitioner(), text);
        CHECK_FALSE(reply.text.empty());
        CHECK_FALSE(discloses(reply));
        CHECK(house.hear(House::stranger(), text).cases.empty());
        const ChatReply pressed =
            house.chat.press({House::practitioner(), text, text, text, "p" + text});
        CHECK(pressed.kind != Kind::recorded);
    }
    CHECK(house.the_case().events == events);
}

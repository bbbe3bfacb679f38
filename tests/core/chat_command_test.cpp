// SPDX-License-Identifier: MIT
#include "bot/core/chat_command.h"

#include <doctest/doctest.h>

#include <random>

using namespace stageclock;

namespace {

using Kind = ChatCommand::Kind;

ChatCommand read(std::string_view text) { return chat_command(text, {"SB", "CSCP"}); }

struct Sentence {
    const char* written;
    Kind kind;
    const char* ref = "";
    const char* text = "";
};

void check(const std::vector<Sentence>& sentences) {
    for (const Sentence& each : sentences) {
        CAPTURE(each.written);
        const ChatCommand command = read(each.written);
        CHECK(command.kind == each.kind);
        CHECK(command.ref == each.ref);
        CHECK(command.text == each.text);
    }
}

}  // namespace

TEST_CASE("people ask for their cases in many ways") {
    check({
        {"list", Kind::list},
        {"List", Kind::list},
        {"list please", Kind::list},
        {"@stageclock list", Kind::list},
        {"<at>Stage Clock</at> list", Kind::list},
        {"<@U0123ABCD> list", Kind::list},
        {"<@U0123ABCD>: list", Kind::list},
        {"stageclock: list", Kind::list},
        {"Hi stageclock, could you list my cases please?", Kind::list},
        {"/stageclock list", Kind::list},
        {"my open cases", Kind::list},
        {"show my cases", Kind::list},
        {"what is open?", Kind::list},
        {"what\u2019s open?", Kind::list},
        {"*list*", Kind::list},
        {"`list`", Kind::list},
        {"", Kind::help},
        {"help", Kind::help},
        {"Help!", Kind::help},
        {"hello", Kind::help},
        {"thank you", Kind::help},
        {"stageclock", Kind::help},
        {"<@U0123ABCD>", Kind::help},
        {"how does this work?", Kind::help},
    });
}

TEST_CASE("a case is found however its reference is written") {
    check({
        {"show SB-2026-0001", Kind::show, "SB-2026-0001"},
        {"show sb-2026-0001", Kind::show, "SB-2026-0001"},
        {"show sb-2026-1", Kind::show, "SB-2026-0001"},
        {"show sb 2026 0001", Kind::show, "SB-2026-0001"},
        {"show sb - 2026 - 0001", Kind::show, "SB-2026-0001"},
        {"show SB\u20132026\u20130001", Kind::show, "SB-2026-0001"},
        {"show SB\uff0d2026\uff0d0001", Kind::show, "SB-2026-0001"},
        {"show \uff33\uff22-\uff12\uff10\uff12\uff16-0001", Kind::show, "SB-2026-0001"},
        {"show [SB-2026-0001]", Kind::show, "SB-2026-0001"},
        {"show case SB-2026-0001, please", Kind::show, "SB-2026-0001"},
        {"SB-2026-0001", Kind::show, "SB-2026-0001"},
        {"SB-2026-0001?", Kind::show, "SB-2026-0001"},
        {"SB-2026-0001 show", Kind::show, "SB-2026-0001"},
        {"show: SB-2026-0001", Kind::show, "SB-2026-0001"},
        {"what is the status of SB-2026-0001?", Kind::show, "SB-2026-0001"},
        {"could you show me CSCP-2026-12345", Kind::show, "CSCP-2026-12345"},
        {"show ZZ-2026-0001", Kind::show, "ZZ-2026-0001"},
        {"show", Kind::show},
        {"status", Kind::show},
        {"show SB-2026-0001 and SB-2026-0002", Kind::unclear},
        {"show SB-2026-0001 and SB-2026-1", Kind::unclear},
        {"show SB-2026-0001a", Kind::unclear},
        {"show SB-20260001", Kind::unclear},
    });
}

TEST_CASE("people say in many ways that they have seen it") {
    check({
        {"ack SB-2026-0001", Kind::acknowledge, "SB-2026-0001"},
        {"ACK sb-2026-0001", Kind::acknowledge, "SB-2026-0001"},
        {"SB-2026-0001 ack", Kind::acknowledge, "SB-2026-0001"},
        {"SB-2026-0001: ack", Kind::acknowledge, "SB-2026-0001"},
        {"please ack SB-2026-0001, thanks", Kind::acknowledge, "SB-2026-0001"},
        {"ack SB-2026-0001\nthanks", Kind::acknowledge, "SB-2026-0001"},
        {"acknowledge SB-2026-0001", Kind::acknowledge, "SB-2026-0001"},
        {"Acknowledged.", Kind::acknowledge},
        {"got it", Kind::acknowledge},
        {"Got it, thanks!", Kind::acknowledge},
        {"ok, got it", Kind::acknowledge},
        {"seen", Kind::acknowledge},
        {"noted, thank you", Kind::acknowledge},
        {"on it", Kind::acknowledge},
        {"acknowledging receipt", Kind::acknowledge},
        {"I\u2019ve seen this", Kind::acknowledge},
        {"<at>Stage Clock</at> ack SB-2026-0001", Kind::acknowledge, "SB-2026-0001"},
        {"ack SB-2026-0001 <@U0123ABCD>", Kind::acknowledge, "SB-2026-0001"},
        {"SB-2026-0001 <at>Stage Clock</at> ack", Kind::acknowledge, "SB-2026-0001"},
    });
}

TEST_CASE("a resolution is what stands behind the colon, as it was written") {
    check({
        {"resolve SB-2026-0001: A joint visit.", Kind::resolve, "SB-2026-0001", "A joint visit."},
        {"Resolved SB-2026-0001: A joint visit.", Kind::resolve, "SB-2026-0001", "A joint visit."},
        {"resolve: SB-2026-0001 A visit", Kind::resolve, "SB-2026-0001", "SB-2026-0001 A visit"},
        {"SB-2026-0001: resolved: A visit", Kind::resolve, "SB-2026-0001", "A visit"},
        {"resolve SB-2026-0001\nA visit\non Monday", Kind::resolve, "SB-2026-0001",
         "A visit\non Monday"},
        {"resolve SB-2026-0001 - A visit at 10:30", Kind::resolve, "SB-2026-0001",
         "A visit at 10:30"},
        {"resolve SB-2026-0001 \u2013 A visit", Kind::resolve, "SB-2026-0001", "A visit"},
        {"resolve SB-2026-0001\uff1a A visit \u2013 Monday", Kind::resolve, "SB-2026-0001",
         "A visit \u2013 Monday"},
        {"resolve SB-2026-0001: as in SB-2026-0002", Kind::resolve, "SB-2026-0001",
         "as in SB-2026-0002"},
        {"we have agreed: a visit", Kind::resolve, "", "a visit"},
        {"mark SB-2026-0001 as resolved: a visit", Kind::resolve, "SB-2026-0001", "a visit"},
        {"resolve SB-2026-0001", Kind::resolve, "SB-2026-0001"},
        {"resolve SB-2026-0001:", Kind::resolve, "SB-2026-0001"},
        {"resolve SB-2026-0001: what was agreed", Kind::resolve, "SB-2026-0001"},
        {"stageclock: resolve SB-2026-0001: a visit", Kind::resolve, "SB-2026-0001", "a visit"},
    });
}

TEST_CASE("an escalation may say why") {
    check({
        {"escalate SB-2026-0001", Kind::escalate, "SB-2026-0001"},
        {"please escalate SB-2026-0001", Kind::escalate, "SB-2026-0001"},
        {"escalate SB-2026-0001: we could not agree", Kind::escalate, "SB-2026-0001",
         "we could not agree"},
        {"escalate SB-2026-0001: not agreed on the plan", Kind::escalate, "SB-2026-0001",
         "not agreed on the plan"},
        {"escalate", Kind::escalate},
        {"I would like to escalate SB-2026-0001", Kind::escalate, "SB-2026-0001"},
    });
}

TEST_CASE("what is not certain is not acted on") {
    for (const char* written : {
             "don't escalate SB-2026-0001",
             "do not escalate SB-2026-0001",
             "should we escalate SB-2026-0001?",
             "escalate SB-2026-0001?",
             "escalate SB-2026-0001: should we?",
             "escalate SB-2026-0001: no",
             "escalate SB-2026-0001 to stage 3",
             "if nobody answers, escalate SB-2026-0001",
             "resolve SB-2026-0001 a joint visit",
             "resolve SB-2026-0001: not yet",
             "resolve SB-2026-0001: no",
             "resolve SB-2026-0001: is that possible?",
             "not resolved SB-2026-0001: no visit",
             "SB-2026-0001 is not resolved",
             "is SB-2026-0001 resolved?",
             "we disagree",
             "we could not agree",
             "resolve REF: what was agreed",
             "ack REF",
             "ack SB-2026-0001 and escalate SB-2026-0001",
             "ack and resolve SB-2026-0001: a visit",
             "ack SB-2026-0001 SB-2026-0002",
             "ack SB-2026-0001: but this is not what we agreed",
             "I will acknowledge SB-2026-0001 tomorrow",
             "no, ack",
             "can you acknowledge SB-2026-0001?",
             "withdraw SB-2026-0001",
             "close SB-2026-0001",
             "urgent",
             "lunch?",
             "<@U1> <@U2> please ack SB-2026-0001",
             "<at>Stage Clock</at> ack SB-2026-0001 <at>A Colleague</at>",
             "@stageclock @colleague ack SB-2026-0001",
             "who is on duty today",
             "yes please do",
             "\xf0\x9f\x91\x8d",
         }) {
        CAPTURE(written);
        CHECK(read(written).kind == Kind::unclear);
    }
}

TEST_CASE("text goes on the record without what is no text") {
    CHECK(chat_text("  a visit \r\n on\tMonday\x07\x7f \n") == "a visit \n on\tMonday");
    CHECK(chat_text("a\xff"
                    "b\xc3"
                    "c\xed\xa0\x80"
                    "d\xc0\xaf") == "abcd");
    CHECK(chat_text("caf\u00e9 \U0001F44D") == "caf\u00e9 \U0001F44D");
    CHECK(chat_text("").empty());
    CHECK(chat_text("\xe2\x82").empty());
}

TEST_CASE("any bytes are read as something, and an act always has its word") {
    const std::vector<std::string> pieces{"SB-2026-0001",
                                          "sb 2026 2",
                                          "-",
                                          ":",
                                          "\n",
                                          " ",
                                          "<at>",
                                          "</at>",
                                          "@",
                                          "resolve",
                                          "escalate",
                                          "ack",
                                          "list",
                                          "not",
                                          "?",
                                          "<@",
                                          ">",
                                          "\xef",
                                          "\xef\xbc",
                                          "\xef\xbc\x9a",
                                          "\xe2\x80",
                                          "\xff",
                                          "\t",
                                          "'",
                                          "2026",
                                          "0",
                                          std::string(1, '\0'),
                                          "we have agreed",
                                          "please",
                                          "[",
                                          "SB-",
                                          "-2026-",
                                          "999999999999"};
    std::mt19937 random(7);
    std::uniform_int_distribution<std::size_t> any(0, pieces.size() - 1);
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (std::size_t n = any(random) % 9; n > 0; --n) text += pieces[any(random)];
        const ChatCommand command = read(text);
        CAPTURE(text);
        if (command.kind == Kind::resolve) {
            const bool worded =
                text.find("resolve") != text.npos || text.find("agreed") != text.npos;
            CHECK(worded);
        }
        if (command.kind == Kind::escalate) CHECK(text.find("escalate") != text.npos);
        if (command.kind == Kind::acknowledge) CHECK(text.find("ack") != text.npos);
        CHECK(command.ref.size() < 40);
        CHECK(chat_text(command.text) == command.text);
    }
}

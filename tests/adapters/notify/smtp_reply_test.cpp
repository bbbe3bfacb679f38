// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "adapters/notify/smtp/smtp_reply.h"

using namespace stageclock;
using namespace stageclock::smtp;

TEST_CASE("a reply is taken when it is whole, and only that") {
    const std::string bytes = "250-relay\r\n250-SIZE 10\r\n250 HELP\r\n354 go\r\n";
    std::string buffer;
    std::vector<std::string> taken;
    for (const char c : bytes) {
        buffer += c;
        const auto reply = take_reply(buffer);
        REQUIRE(reply);
        if (*reply) taken.push_back((*reply)->text);
    }
    REQUIRE(taken.size() == 2);
    CHECK(taken[0] == "250 relay SIZE 10 HELP");
    CHECK(taken[1] == "354 go");
    CHECK(buffer.empty());
}

TEST_CASE("a reply's text is one clean line of bounded length") {
    std::string buffer = "550 bad\x07\x1B[31m \xFF " + std::string(5000, 'x') + "\r\n";
    const auto reply = take_reply(buffer);
    REQUIRE(reply);
    CHECK((*reply)->text.starts_with("550 bad [31m \xEF\xBF\xBD xx"));
    CHECK((*reply)->text.size() <= 400);
}

TEST_CASE("what is no reply, or never ends, is an error") {
    for (const std::string bytes : {"hello\r\n", "25\r\n", "2500\r\n", "999 no\r\n", "099 no\r\n",
                                    "250-a\r\n251 b\r\n", "\r\n"}) {
        auto buffer = bytes;
        CHECK_FALSE(take_reply(buffer));
    }
    std::string endless(20'000, '2');
    CHECK_FALSE(take_reply(endless));
    std::string lines;
    for (int i = 0; i < 4000; ++i) lines += "250-x\r\n";
    CHECK_FALSE(take_reply(lines));
}

TEST_CASE("what a reply means for the mail") {
    const auto verdict = [](int code, const std::string& text) {
        return judge({code, text}).outcome;
    };
    CHECK(verdict(250, "250 2.0.0 Ok") == Delivered::accepted);
    CHECK(verdict(421, "421 4.3.2 shutting down") == Delivered::try_again);
    CHECK(verdict(450, "450 4.7.1 greylisted") == Delivered::try_again);
    CHECK(verdict(550, "550 5.1.1 unknown") == Delivered::never);
    CHECK(verdict(552, "552 5.3.4 too large") == Delivered::never);
    CHECK(verdict(503, "503 5.5.1 bad sequence") == Delivered::try_again);
    CHECK(verdict(530, "530 5.7.0 log in") == Delivered::try_again);
    CHECK(verdict(535, "535 5.7.8 wrong") == Delivered::try_again);
    CHECK(verdict(550, "550 5.7.30 basic authentication is gone") == Delivered::try_again);
    CHECK(verdict(550, "550 5.7.3 relay") == Delivered::never);
    CHECK(verdict(350, "350 what") == Delivered::try_again);
}

TEST_CASE("a log-in that is refused calls for an operator, a mail that is refused does not") {
    CHECK(judge({550, "550 5.7.30 basic authentication is gone"}).to_mend);
    CHECK(judge({535, "535 5.7.8 wrong"}).to_mend);
    CHECK_FALSE(judge({550, "550 5.1.1 unknown"}).to_mend);
    CHECK_FALSE(judge({421, "421 4.3.2 shutting down"}).to_mend);
}

TEST_CASE("data ends with one dot alone, whatever the text") {
    CHECK(data_of("") == ".\r\n");
    CHECK(data_of("a") == "a\r\n.\r\n");
    CHECK(data_of("a\r\n") == "a\r\n.\r\n");
    CHECK(data_of(".\r\n.a\n.\r.") == "..\r\n..a\r\n..\r\n..\r\n.\r\n");
    CHECK(data_of("\r\r\n\n") == "\r\n\r\n\r\n.\r\n");
}

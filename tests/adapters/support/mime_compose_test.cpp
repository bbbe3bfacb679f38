// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "adapters/support/mime_compose.h"

using namespace stageclock;

namespace {

mime::Mail a_mail() {
    mime::Mail mail;
    mail.from = {"The board", "board@example.org"};
    mail.to = {"", "zoe@example.org"};
    mail.subject = "hello";
    mail.date = *parse_rfc3339("2026-06-01T12:00:00Z");
    mail.message_id = "a@example.org";
    mail.text = "hello\n";
    mail.seed = "1";
    return mail;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("one line: no controls, no separators, no direction tricks") {
    CHECK(mime::one_line("  a\r\n\t b\x01\x7F c  ") == "a b c");
    CHECK(mime::one_line("a\u2028b\u202Ec\u0085d") == "a b c d");
    CHECK(mime::one_line("Zo\u00EB") == "Zo\u00EB");
    CHECK(mime::one_line("a\xFFz") == "a\uFFFDz");
    CHECK(mime::one_line(std::string("a\0b", 3)).find('\0') == std::string::npos);
    CHECK(mime::one_line("").empty());
}

TEST_CASE("cutting never leaves half a character") {
    CHECK(mime::cut("Zo\u00EB", 4) == "Zo\u00EB");
    CHECK(mime::cut("Zo\u00EB", 3) == "Zo");
    CHECK(mime::cut("\U0001F600", 3).empty());
    CHECK(mime::cut("abc", 0).empty());
}

TEST_CASE("a Message-ID is one thing in angle brackets") {
    CHECK(mime::is_message_id("<a.b-c+d=e/f@mail.example.org>"));
    CHECK(mime::is_message_id("<AM0PR@[10.0.0.1]>"));
    for (const std::string bad : {"", "<>", "a@b", "<a@b", "<ab>", "<a@>", "<@b>", "<a@b> <c@d>",
                                  "<a@b\r\n>", "<a b@c>", "<a@b@c>", "<a<b@c>"}) {
        CAPTURE(bad);
        CHECK_FALSE(mime::is_message_id(bad));
    }
    CHECK_FALSE(mime::is_message_id("<" + std::string(300, 'a') + "@b>"));
}

TEST_CASE("names outside ASCII are UTF-8, never another charset") {
    auto mail = a_mail();
    mail.from.name = "Łukasz Приме́р";
    mail.to.name = "Zoë";
    mail.subject = "Grüße, Приме́р";
    const auto bytes = mime::compose(mail);
    REQUIRE(bytes);
    CHECK_FALSE(holds(*bytes, "iso-8859"));
    CHECK_FALSE(holds(*bytes, "windows-125"));
    CHECK(holds(*bytes, "=?UTF-8?"));
}

TEST_CASE("attachments keep every byte and lose their path") {
    auto mail = a_mail();
    mail.attachments = {{"../a b\"c.pdf", "application/pdf", std::string("\0\r\n.\r\n\xFF", 7)},
                        {"x.bin", "nonsense", "plain"}};
    const auto bytes = mime::compose(mail);
    REQUIRE(bytes);
    CHECK(holds(*bytes, "\r\n\r\nAA0KLg0K/w==\r\n"));
    CHECK(holds(*bytes, "filename=.._a_b_c.pdf"));
    CHECK(holds(*bytes, "application/octet-stream"));
}

TEST_CASE("a field name that is none, or a sender that is none, is an error") {
    auto mail = a_mail();
    mail.fields = {{"X-Bad: y\r\nBcc", "thief@example.org"}};
    CHECK_FALSE(mime::compose(mail));
    mail = a_mail();
    mail.from.address = "board@example.org\r\nBcc: x@example.org";
    CHECK_FALSE(mime::compose(mail));
    mail = a_mail();
    mail.message_id = "a@example.org>\r\nBcc: x@example.org";
    CHECK_FALSE(mime::compose(mail));
}

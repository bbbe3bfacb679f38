// SPDX-License-Identifier: MIT
#include "adapters/http/message_view.h"

#include <doctest/doctest.h>

#include "tests/adapters/http/sample_case.h"

using namespace stageclock;

TEST_CASE("a mail is taken apart into decoded headers, text, HTML and attachments") {
    const auto mail = front::read_message(sample::mail());
    REQUIRE(mail);
    REQUIRE(mail->fields.size() >= 3);
    CHECK(mail->fields[2].name == "Subject");
    CHECK(mail->fields[2].value == "CSCP-2026-0042: overdue \xe2\x80\x93 stage 2");
    CHECK(mail->text.find("17:00 \xe2\x80\x93 please act.") != std::string::npos);
    CHECK(mail->html.find("<h1>Stage 2 ran out</h1>") != std::string::npos);
    REQUIRE(mail->attachments.size() == 1);
    CHECK(mail->attachments[0].file_name == "escalation record.pdf");
    CHECK(mail->attachments[0].content_type == "application/pdf");
    CHECK(mail->attachments[0].bytes == "%PDF-1.7\n");
}

TEST_CASE("a mail of one plain part has its text and nothing else") {
    const auto mail = front::read_message("Subject: a\r\n\r\nhello\r\n");
    REQUIRE(mail);
    CHECK(mail->text.starts_with("hello"));
    CHECK(mail->html.empty());
    CHECK(mail->attachments.empty());
}

TEST_CASE("what is no mail is an error, and broken parts do no harm") {
    CHECK(!front::read_message(""));
    CHECK(!front::read_message("no header field in here"));
    const std::string whole = sample::mail();
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        const auto mail = front::read_message(whole.substr(0, size));
        CHECK((!mail || !mail->fields.empty()));
    }
}

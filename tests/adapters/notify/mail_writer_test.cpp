// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "adapters/notify/smtp/mail_writer.h"
#include "adapters/support/crypto.h"
#include "adapters/support/mime_compose.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/support/golden.h"

using namespace stageclock;
using namespace stageclock::test;

namespace {

const std::string our_address = "stageclock@board.example.org";

struct Writing {
    Notice notice = a_notice();
    Model model = a_model();
    std::vector<Attachment> attachments;
    bool possible_repeat = false;
    std::string prefix;
    std::string bounce_to;
    std::string message_id;
    FakeTemplates templates;

    Result<Rendered> result() const {
        const smtp::MailWriter writer(our_address, "Camden Safeguarding Children Partnership",
                                      prefix, templates);
        return writer.write(
            {notice, model, attachments, possible_repeat, "", bounce_to, message_id});
    }
    std::string mail() const {
        const auto rendered = result();
        REQUIRE(rendered);
        return rendered->bytes;
    }
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// The head with folded lines joined.
std::string head_of(const std::string& mail) {
    auto head = mail.substr(0, mail.find("\r\n\r\n") + 2);
    for (const std::string fold : {"\r\n\t", "\r\n "}) {
        for (auto at = head.find(fold); at != std::string::npos; at = head.find(fold)) {
            head.replace(at, fold.size(), " ");
        }
    }
    return head;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace

TEST_CASE("a gateway's word stands before the subject") {
    Writing writing;
    writing.prefix = "[secure]";
    CHECK(holds(head_of(writing.mail()),
                "Subject: [secure] [CSCP-2026-0042] Safeguarding escalation\r\n"));
}

TEST_CASE("reports go to the notice's own address, an answer to a mail has none") {
    Writing writing;
    writing.bounce_to = "stageclock+b.1-x@board.example.org";
    writing.message_id = "<n.1-x@board.example.org>";
    const auto rendered = writing.result();
    REQUIRE(rendered);
    CHECK(rendered->sender == writing.bounce_to);
    CHECK(holds(head_of(rendered->bytes), "Message-Id: <n.1-x@board.example.org>\r\n"));
    writing.notice.in_reply_to = "<asked@example.org>";
    CHECK(writing.result()->sender.empty());
}

TEST_CASE("who is asked something may say that they are away; of others it is noise") {
    Writing writing;
    CHECK(holds(head_of(writing.mail()), "X-Auto-Response-Suppress: DR, RN, NRN, AutoReply\r\n"));
    writing.notice.kind = NoticeKind::copy;
    CHECK(holds(head_of(writing.mail()),
                "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\r\n"));
}

TEST_CASE("a reminder as a mail, for people to read") {
    testing::check_golden("tests/golden/mail/deadline-near.eml", Writing().mail());
}

TEST_CASE("a prompt with a form attached, sent a second time") {
    Writing writing;
    writing.possible_repeat = true;
    writing.attachments = {
        {"monitoring-form.pdf", "application/pdf", std::string("%PDF-1.7\r\n\x00\xFF\n%%EOF", 18)}};
    testing::check_golden("tests/golden/mail/with-form.eml", writing.mail());
}

TEST_CASE("an answer to somebody's mail") {
    Writing writing;
    writing.notice.reason = Reason::mail_understood;
    writing.notice.in_reply_to = "<abc.123@mail.example.org>";
    writing.templates.texts["email/mail-understood.subject"] = "[{{ref}}] Safeguarding escalation";
    writing.templates.texts["email/mail-understood.txt"] = "Thank you, {{name}}.\n";
    testing::check_golden("tests/golden/mail/answer.eml", writing.mail());
}

TEST_CASE("broken templates: the plain form goes out") {
    Writing writing;
    writing.templates.texts.clear();
    testing::check_golden("tests/golden/mail/plain-form.eml", writing.mail());
}

TEST_CASE("the same notice gives the same bytes") {
    Writing writing;
    writing.attachments = {{"form.pdf", "application/pdf", std::string(5000, '\x81')}};
    CHECK(writing.mail() == writing.mail());
}

TEST_CASE("another recipient of the same notice gets another Message-ID and the same thread") {
    Writing one;
    Writing other;
    other.notice.to.id = "barnet-2";
    const auto id = crypto::sha256_hex(one.notice.key()).substr(0, 32);
    CHECK(holds(head_of(one.mail()), "Message-Id: <" + id + "@board.example.org>\r\n"));
    CHECK_FALSE(holds(head_of(other.mail()), id));
    const auto references = [](const std::string& head) {
        const auto at = head.find("\r\nReferences: ");
        return head.substr(at, head.find("\r\n", at + 2) - at);
    };
    CHECK(references(head_of(one.mail())) == references(head_of(other.mail())));
    other.notice.ref = "CSCP-2026-0043";
    CHECK(references(head_of(one.mail())) != references(head_of(other.mail())));
}

TEST_CASE("a notice of no case has neither a thread nor a case field") {
    Writing writing;
    writing.notice.ref.clear();
    const auto head = head_of(writing.mail());
    CHECK_FALSE(holds(head, "References:"));
    CHECK_FALSE(holds(head, "X-Stageclock-Case:"));
    writing.notice.in_reply_to = "<abc@mail.example.org>";
    CHECK(holds(head_of(writing.mail()), "References: <abc@mail.example.org>\r\n"));
}

TEST_CASE("nothing in a notice can add a header field") {
    const std::string attack = "x\r\nBcc: thief@example.org\r\n\r\n<script>";
    Writing writing;
    writing.notice.ref = attack;
    writing.notice.to.name = attack + "\"";
    writing.notice.in_reply_to = "<a@b>\r\nBcc: thief@example.org";
    writing.model["ref"] = attack;
    writing.templates.texts["email/deadline-near.subject"] = "[{{ref}}]\r\nBcc: thief@example.org";
    writing.attachments = {{attack, attack, "x"}};
    const auto mail = writing.mail();
    CHECK_FALSE(holds(mail, "\nBcc:"));
    CHECK_FALSE(holds(mail, "\rBcc:"));
    CHECK(holds(head_of(mail), "Auto-Submitted: auto-replied\r\n"));
    // Nor can it hide as an encoded line end that a reader decodes.
    CHECK_FALSE(holds(mail, "=0D"));
    CHECK_FALSE(holds(mail, "=0A"));
}

TEST_CASE("text cannot forge a part of the mail") {
    Writing writing;
    const auto boundary =
        "--=_" + crypto::sha256_hex("alternative " + writing.notice.key()).substr(0, 32);
    CHECK(count(writing.mail(), boundary) == 3);
    writing.model["ask"] =
        "hello\n" + boundary + "\nContent-Type: text/html\n\nforged\n" + boundary + "--\n";
    CHECK(count(writing.mail(), boundary) == 3);
}

TEST_CASE("an address that is none is refused") {
    for (const std::string bad : {"", "zoe", "a@b.example.org\r\nRCPT TO:<thief@example.org>",
                                  "a@example.org,b@example.org", "Zoe <zoe@example.org>"}) {
        Writing writing;
        writing.notice.destination = bad;
        const auto rendered = writing.result();
        REQUIRE_FALSE(rendered);
        CHECK(rendered.error().code == Code::invalid_input);
        if (!bad.empty()) CHECK_FALSE(holds(rendered.error().what + rendered.error().where, bad));
    }
}

TEST_CASE("every line is CRLF, 7 bit, and no longer than a mail's may be") {
    Writing writing;
    writing.model["ask"] = std::string(3000, 'a') + "\r\n" + std::string(900, '=') +
                           "\xFF\xFE bad bytes \x01\x02 ünïcödé \n.\n..\n";
    writing.notice.to.name = "Zoë " + std::string(150, 'e') + " Example";
    writing.templates.texts["email/deadline-near.subject"] = std::string(600, 'q');
    const auto mail = writing.mail();
    std::size_t length = 0;
    for (std::size_t i = 0; i < mail.size(); ++i) {
        const auto byte = static_cast<unsigned char>(mail[i]);
        REQUIRE(byte < 0x80);
        REQUIRE(byte != 0);
        if (byte == '\n') {
            REQUIRE((i > 0 && mail[i - 1] == '\r'));
            REQUIRE(length <= 999);
            length = 0;
        } else {
            if (byte == '\r') REQUIRE(mail[i + 1] == '\n');
            ++length;
        }
    }
}

TEST_CASE("a broken HTML template does not cost the text") {
    Writing writing;
    writing.templates.texts["email/deadline-near.html"] = "{{nobody}}";
    const auto mail = writing.mail();
    CHECK(holds(mail, "Dear Zo=C3=AB Example"));
    CHECK_FALSE(holds(mail, "text/html"));
}

TEST_CASE("the plain form names no person") {
    Writing writing;
    writing.templates.texts.clear();
    const auto mail = writing.mail();
    const auto text = mail.substr(mail.find("\r\n\r\n"));
    CHECK_FALSE(holds(text, "Zo"));
    CHECK(holds(text, "CSCP-2026-0042"));
    CHECK(holds(text, "2026-12-24T17:00:00Z"));
}

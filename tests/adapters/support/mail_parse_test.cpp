// SPDX-License-Identifier: MIT
#include "adapters/support/mail_parse.h"

#include <doctest/doctest.h>

#include "adapters/support/html_text.h"
#include "adapters/support/mail_headers.h"
#include "adapters/support/mail_text.h"

namespace stageclock::mail {
namespace {

const std::string head =
    "From: Sam Field <sam@example.org>\r\n"
    "To: stageclock@example.org\r\n"
    "Subject: Re: [VSP-2026-0042] stage 2\r\n"
    "Message-ID: <m1@example.org>\r\n"
    "Date: Tue, 22 Dec 2026 16:30:00 +0000\r\n";

IncomingMail parsed(const std::string& bytes) {
    auto mail = parse_mail(bytes);
    REQUIRE(mail);
    return *mail;
}

TEST_CASE("a plain mail is taken apart") {
    const auto mail = parsed("Return-Path: <sam@example.org>\r\nDelivered-To: box@example.org\r\n"
                             "Authentication-Results: mx.example.org;\r\n\tdmarc=pass\r\n"
                             "Authentication-Results: other; dmarc=fail\r\n" + head +
                             "In-Reply-To: <a@x>\r\nReferences: <b@x>\r\n <c@x> nonsense\r\n"
                             "\r\nAcknowledged.\r\nSam\r\n");
    CHECK(mail.id == "<m1@example.org>");
    CHECK(mail.message_id == "<m1@example.org>");
    CHECK(mail.digest.size() == 64);
    CHECK(mail.from_name == "Sam Field");
    CHECK(mail.from_address == "sam@example.org");
    CHECK(mail.return_path == "<sam@example.org>");
    CHECK(mail.to == std::vector<std::string>{"box@example.org", "stageclock@example.org"});
    CHECK(mail.subject == "Re: [VSP-2026-0042] stage 2");
    CHECK(mail.references == std::vector<std::string>{"<a@x>", "<b@x>", "<c@x>"});
    CHECK(to_rfc3339(mail.date.value()) == "2026-12-22T16:30:00Z");
    CHECK(mail.authentication_results ==
          std::vector<std::string>{"mx.example.org; dmarc=pass", "other; dmarc=fail"});
    CHECK(mail.writer.kind == Writer::Kind::person);
    CHECK(mail.text == "Acknowledged.\nSam\n");
}

TEST_CASE("text comes as UTF-8 whatever the mail says it is") {
    const auto body = [](const std::string& type, const std::string& bytes) {
        return parsed(head + "Content-Type: " + type + "\r\n\r\n" + bytes).text;
    };
    CHECK(body("text/plain; charset=iso-8859-1", "caf\xE9 \x96 \xA3""5") == "café – £5");
    CHECK(body("text/plain; charset=windows-1252", "don\x92t") == "don’t");
    CHECK(body("text/plain; charset=utf-8", "ok \xFF\xC0\xAF end") == "ok \xEF\xBF\xBD\xEF\xBF\xBD"
                                                                     "\xEF\xBF\xBD end");
    CHECK(body("text/plain; charset=us-ascii", "caf\xC3\xA9") == "café");
    CHECK(body("text/plain; charset=x-no-such", "caf\xE9") == "café");
    CHECK(body("text/plain; charset=utf-16le", std::string("h\0i\0", 4)) == "hi");
    CHECK(body("text/plain", std::string("a\0b", 3)) == "ab");
    CHECK(parsed(head + "Content-Transfer-Encoding: quoted-printable\r\n"
                        "Content-Type: text/plain; charset=utf-8\r\n\r\ncaf=C3=A9 =\r\nx").text ==
          "café x");
}

TEST_CASE("encoded names and subjects are decoded, line ends in them are not kept") {
    const auto mail = parsed(
        "From: =?iso-8859-1?Q?Zo=EB?= <zoe@example.org>\r\n"
        "Subject: =?utf-8?B?YQ0KQmNjOiB4QGV4YW1wbGUub3Jn?=\r\n\r\nx");
    CHECK(mail.from_name == "Zoë");
    CHECK(mail.subject == "a Bcc: x@example.org");
}

TEST_CASE("a sender is only a single plausible mailbox") {
    const auto from = [](const std::string& lines) {
        return parsed(lines + "Subject: x\r\n\r\nx").from_address;
    };
    CHECK(from("From: sam@example.org\r\n") == "sam@example.org");
    CHECK(from("From: sam@example.org, kit@example.org\r\n") == "");
    CHECK(from("From: sam@example.org\r\nFrom: kit@example.org\r\n") == "");
    CHECK(from("From: bad\r\n") == "");
    CHECK(from("From: group: sam@example.org;\r\n") == "");
    CHECK(from("From: \"a@b\" <sam@example.org\r\n") != "a@b");
    CHECK(from("X: y\r\n") == "");
}

TEST_CASE("without one valid Message-ID the digest names the mail") {
    for (const char* line : {"", "Message-ID: none\r\n", "Message-ID: <a b@x>\r\n",
                             "Message-ID: <a@x>\r\nMessage-ID: <b@x>\r\n", "Message-ID: <>\r\n"}) {
        CAPTURE(line);
        const auto mail = parsed(std::string(line) + "From: sam@example.org\r\n\r\nx");
        CHECK(mail.message_id == "");
        CHECK(mail.id == "sha256:" + mail.digest);
    }
    CHECK(valid_message_id("<" + std::string(300, 'a') + "@x>") == "");
}

TEST_CASE("automatic mail is recognised by what it carries, not by its subject") {
    const auto why = [](const std::string& lines) {
        return parsed(lines + "Subject: Re: x\r\n\r\nx").writer.why;
    };
    const std::string from = "From: sam@example.org\r\n";
    for (const char* sign :
         {"Auto-Submitted: auto-replied (vacation)", "AUTO-SUBMITTED: Auto-Generated; x=y",
          "Return-Path: <>", "Precedence: Bulk", "Precedence: list", "List-Id: <l.example.org>",
          "X-Autoreply: yes", "X-Stageclock-Loop: 1", "X-Failed-Recipients: kit@example.org",
          "Content-Type: multipart/report; report-type=delivery-status; boundary=b"}) {
        CAPTURE(sign);
        CHECK(why(from + sign + "\r\n") != "");
    }
    CHECK(why("From: Mail Delivery <MAILER-DAEMON@mx.example.org>\r\n") != "");
    CHECK(why("From: postmaster@example.org\r\n") != "");
    for (const char* sign : {"Auto-Submitted: no", "Auto-Submitted: No (a person)",
                             "X-Auto-Response-Suppress: All", "Return-Path: <sam@example.org>",
                             "Precedence: normal", "Priority: urgent"}) {
        CAPTURE(sign);
        CHECK(why(from + sign + "\r\n") == "");
    }
    CHECK(why(from + "X: y\r\nSubject: Automatic reply: away\r\n") == "");
}

TEST_CASE("the plain part is read, the HTML part only when there is none") {
    const std::string alternative =
        head + "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
        "--b\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--b--\r\n";
    CHECK(parsed(alternative).text.starts_with("plain"));
    const auto html = parsed(head + "Content-Type: text/html\r\n\r\n<p>Please escalate.</p>");
    CHECK(html.text.starts_with("Please escalate.\n"));
    const auto gateway = parsed(
        head + "Content-Type: multipart/mixed; boundary=m\r\n\r\n"
        "--m\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\n \r\n"
        "--b\r\nContent-Type: text/html\r\n\r\n<div>escalate</div>\r\n--b--\r\n"
        "--m\r\nContent-Type: text/plain\r\n\r\nDisclaimer: x\r\n"
        "--m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n"
        "\r\nresolved\r\n"
        "--m\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\n\r\nwithdraw\r\n"
        "--m--\r\n");
    CHECK(gateway.text == "escalate\nDisclaimer: x");
    REQUIRE(gateway.attachments.size() == 2);
    // sha256sum of "resolved".
    CHECK(gateway.attachments[0].name == "a.txt");
    CHECK(gateway.attachments[0].content_type == "text/plain");
    CHECK(gateway.attachments[0].size == 8);
    CHECK(gateway.attachments[0].sha256 ==
          "dc676b42859915c826f8bbaef6511998f7aedbd6e332565faeda17fc33ec6320");
    CHECK(gateway.attachments[1] == ReceivedFile{"message", "message/rfc822", 0, ""});
}

TEST_CASE("HTML becomes the text a person would read") {
    CHECK(text_of_html("<html><head><title>t</title></head><style>p{}</style>"
                       "<script>alert('</p>')</script><p>a&nbsp;&amp;&#32;b<br>c</p></html>") ==
          "a & b\nc\n\n");
    CHECK(text_of_html("<div>x</div><div>y</div><ul><li>1<li>2</ul>") == "x\ny\n1\n2\n");
    CHECK(text_of_html("<table><tr><td>Our agency:</td><td>Housing</td></tr></table>") ==
          "Our agency: Housing\n");
    CHECK(text_of_html("new<blockquote type=cite>old<div>older</div></blockquote>after") ==
          "new\n> old\n> older\nafter\n");
    CHECK(text_of_html("3 < 4 &unknown; &#xD800; &") == "3 < 4 &unknown; \xEF\xBF\xBD &\n");
    CHECK(text_of_html("<!-- <p>hidden --> seen <p title='a>b'>x") == "seen\nx\n");
    CHECK(text_of_html("<script>never closed") == "");
    CHECK(text_of_html("<!-- never closed") == "");
    CHECK(text_of_html("&lt;script&gt;") == "<script>\n");
}

TEST_CASE("hostile mails are read or refused, in bounded time") {
    std::string nested = head;
    for (int i = 0; i < 20000; ++i) {
        const auto n = std::to_string(i);
        nested += "Content-Type: multipart/mixed; boundary=b" + n + "\r\n\r\n--b" + n + "\r\n";
    }
    CHECK(parsed(nested + "\r\nescalate").text == "");

    std::string many = head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    for (int i = 0; i < 5000; ++i) many += "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n";
    CHECK(parsed(many + "--b--\r\n").text.size() < 1000);

    CHECK(parsed("Subject: " + std::string(5'000'000, 's') + "\r\n\r\nx").subject.size() <= 1000);
    CHECK(parsed(head + "\r\n" + std::string(3 << 20, 'x')).text.size() == 1 << 20);
    CHECK(parsed(head + "Content-Type: multipart/mixed\r\n\r\nno boundary").writer.kind ==
          Writer::Kind::person);
    CHECK(parsed(head + "Content-Type: text/plain; name=\"" + std::string(100000, 'n') +
                 "\"\r\n\r\nx").text == "x");

    std::string headers;
    for (int i = 0; i < 2000; ++i) headers += "X-" + std::to_string(i) + ": y\r\n";
    CHECK_FALSE(parse_mail(headers + "\r\nx"));
    CHECK_FALSE(parse_mail(""));
    CHECK_FALSE(parse_mail("\r\n\r\nno header at all"));
    CHECK_FALSE(parse_mail(std::string(1000, '\0')));
}

TEST_CASE("an attachment is found by its digest, as it was sent") {
    const std::string text =
        "From: a@example.org\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=m\r\n\r\n"
        "--m\r\nContent-Type: text/plain\r\n\r\nescalate\r\n"
        "--m\r\nContent-Type: application/pdf; name=a.pdf\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjcKAP8=\r\n--m--\r\n";
    const auto mail = mail::parse_mail(text);
    REQUIRE(mail);
    REQUIRE(mail->attachments.size() == 1);
    const auto found = mail::attachment_of(text, mail->attachments[0].sha256);
    REQUIRE(found);
    CHECK(*found == std::string("%PDF-1.7\n\0\xff", 11));
    for (const auto& wrong : {std::string(), std::string(64, '0'), std::string("x")})
        CHECK(mail::attachment_of(text, wrong).error().code == Code::not_found);
    CHECK_FALSE(mail::attachment_of("", mail->attachments[0].sha256));
}

TEST_CASE("the logo of a signature is told from a picture somebody attached") {
    const auto picture = [](const std::string& fields, std::size_t lines) {
        std::string text = "From: a@example.org\r\nMIME-Version: 1.0\r\n" + fields +
                           "Content-Transfer-Encoding: base64\r\n\r\n";
        for (std::size_t i = 0; i < lines; ++i) text += std::string(76, 'A') + "\r\n";
        const auto mail = mail::parse_mail(text);
        REQUIRE(mail);
        REQUIRE(mail->attachments.size() == 1);
        return mail->attachments[0].embedded;
    };
    const std::string png = "Content-Type: image/png\r\n";
    const std::string id = "Content-ID: <logo@example.org>\r\n";
    CHECK(picture(png + id, 10));
    CHECK(picture(png + id + "Content-Disposition: inline; filename=logo.png\r\n", 10));
    CHECK_FALSE(picture(png, 10));
    CHECK_FALSE(picture(png + id, 2000));
    CHECK_FALSE(picture(png + id + "Content-Disposition: attachment; filename=a.png\r\n", 10));
    CHECK_FALSE(picture("Content-Type: application/pdf\r\n" + id, 10));
}

TEST_CASE("shortening never cuts a character in half") {
    CHECK(shortened("aé", 2) == "a");
    CHECK(shortened("aé", 3) == "aé");
}

}  // namespace
}  // namespace stageclock::mail

// SPDX-License-Identifier: MIT
#include "adapters/support/html_quote.h"

#include <doctest/doctest.h>

#include <string>

#include "adapters/support/html_text.h"
#include "adapters/support/mail_parse.h"
#include "adapters/support/mail_text.h"
#include "bot/core/reply.h"

namespace stageclock::mail {
namespace {

TEST_CASE("the elements mail programs quote in are quoted") {
    const char* quotations[] = {
        "<div class=\"gmail_quote gmail_quote_container\">escalate</div>",
        "<DIV CLASS='gmail_signature'>escalate</DIV>",
        "<div id=appendonsend></div><hr><div>escalate</div>",
        "<div id=\"divRplyFwdMsg\">x</div><div>escalate</div>",
        "<div id=\"x_x_divRplyFwdMsg\">x</div><div>escalate</div>",
        "<div dir=ltr id = 'mail-editor-reference-message-container'>escalate</div>",
        "<div class=\"x_ms-outlook-mobile-reference-message\">escalate</div>",
        "<span id=\"OLK_SRC_BODY_SECTION\">escalate</span>",
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>x</div>"
        "<p>escalate</p>",
        "<div style=\"border:none; border-top:solid #b5c4df 1.0pt; padding:3.0pt 0in 0in 0in\">x"
        "</div>escalate",
        "<blockquote type=cite><div>escalate</div></blockquote>",
        "<div class=moz-cite-prefix>On a day:<br></div><blockquote>escalate</blockquote>",
        "<pre class=\"moz-signature\">escalate</pre>",
        "<div id=\"yahoo_quoted_12\" class=yahoo_quoted>escalate</div>",
        "<div class=\"protonmail_quote\">escalate</div>",
        "<hr id=zwchr data-marker=\"__DIVIDER__\"><div>escalate</div>",
        "<div id=\"Signature\">escalate</div>",
        "<div class=\"gmail_quote\"><div>a<p>b</div>escalate</div>",
    };
    for (const std::string quotation : quotations) {
        CAPTURE(quotation);
        const auto text = text_of_reply("<html><body><p>Acknowledged</p>" + quotation);
        CHECK(text.find("> escalate") != std::string::npos);
        CHECK(new_text(text) == "Acknowledged");
    }
}

TEST_CASE("what only looks like a quotation is not quoted") {
    for (const std::string html : {
             "<div class=\"gmail_default\">escalate</div>",
             "<div id=\"my-signature-list\">escalate</div>",
             "<div style=\"border-top:solid red 1pt\">escalate</div>",
             "<div title='id=appendonsend'>escalate</div>",
             "<div class=\"gmail_quote\">x</div><div>escalate</div>",
             "<div =>escalate</div>",
         }) {
        CAPTURE(html);
        const auto text = text_of_reply("<p>Acknowledged</p>" + html);
        CHECK(text.find("> escalate") == std::string::npos);
        CHECK(text.find("escalate") != std::string::npos);
    }
}

TEST_CASE("where the containers leave nothing new, only blocks of quotation count") {
    CHECK(new_text(text_of_reply("<div class=gmail_quote>On 1 Jan, Board wrote:<blockquote>was it "
                                 "settled?</blockquote><div>Resolved: yes</div><blockquote>thanks"
                                 "</blockquote></div>")) == "Resolved: yes");
    CHECK(new_text(text_of_reply("<div id=divRplyFwdMsg>Acknowledged</div>")) == "Acknowledged");
}

TEST_CASE("flowed lines are joined, quoted ones marked") {
    CHECK(unflowed("one \ntwo\nthree\n", false) == "one two\nthree\n");
    CHECK(unflowed("one \ntwo", true) == "onetwo\n");
    CHECK(unflowed(" From x\n>> a \n>> b\n>c\n-- \nKit", false) ==
          "From x\n> a b\n> c\n-- \nKit\n");
    CHECK(unflowed("a \n> b\n", false) == "a \n> b\n");
    CHECK(unflowed("", false) == "");
}

TEST_CASE("the form that shows where the quotation begins is read") {
    const auto text = [](const std::string& plain, const std::string& html) {
        const auto mail = parse_mail(
            "From: a@example.org\nContent-Type: multipart/alternative; boundary=b\n\n"
            "--b\nContent-Type: text/plain\n\n" +
            plain + "\n--b\nContent-Type: text/html\n\n" + html + "\n--b--\n");
        REQUIRE(mail);
        return new_text(mail->text);
    };
    const std::string quoting = "<p>Acknowledged</p><div class=gmail_quote>escalate</div>";
    CHECK(text("Acknowledged escalate", quoting) == "Acknowledged");
    CHECK(text("plain\n\n> escalate", quoting) == "plain");
    CHECK(text("plain", "<p>html</p>") == "plain");
    CHECK(text("Please use an HTML client to view this.", "<p>html</p>") == "html");
    CHECK(text("> escalate", "<p>html</p><blockquote>escalate</blockquote>") == "html");
}

}  // namespace
}  // namespace stageclock::mail

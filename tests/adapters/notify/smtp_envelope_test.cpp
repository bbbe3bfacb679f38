// SPDX-License-Identifier: MIT
//
// What the envelope of a mail asks of the servers on its way.
#include <doctest/doctest.h>

#include "adapters/notify/smtp/mail_notifier.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/adapters/notify/smtp_server.h"

namespace stageclock::test {
namespace {

Settings settings_for(const SmtpServer& server) {
    Settings settings;
    settings.mail_from = "stageclock@board.example.org";
    settings.smtp.url = "smtp://127.0.0.1:" + std::to_string(server.port());
    settings.smtp.tls = "none";
    settings.smtp.require_tls = {"gov.example.org"};
    return settings;
}

struct Sent {
    Delivery delivery;
    std::string mail;
    std::string recipient;
};

Sent sent(std::vector<std::string> capabilities, const std::string& sender,
          const std::string& recipient, bool always = false) {
    Script script;
    script.capabilities = std::move(capabilities);
    SmtpServer server(script);
    Settings settings = settings_for(server);
    settings.smtp.require_tls_always = always;
    const FakeTemplates templates;
    auto notifier = smtp::make_mail(settings, templates, std::chrono::seconds(5));
    REQUIRE(notifier);
    Sent result;
    result.delivery =
        (*notifier)->deliver({"message/rfc822", "Subject: x\r\n\r\nx\r\n", sender, recipient});
    if (!server.mails().empty()) {
        result.mail = server.mails().front().sender_line;
        result.recipient = server.mails().front().recipient_line;
    }
    return result;
}

TEST_CASE("failures and delays are asked for where the server reports them") {
    const auto with = sent({"PIPELINING", "DSN"}, "b+1@board.example.org", "a+b@example.org");
    CHECK(with.delivery.outcome == Delivered::accepted);
    CHECK(with.mail == "MAIL FROM:<b+1@board.example.org> RET=HDRS");
    CHECK(with.recipient ==
          "RCPT TO:<a+b@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb@example.org");
    const auto without = sent({"PIPELINING"}, "b@board.example.org", "a@example.org");
    CHECK(without.mail == "MAIL FROM:<b@board.example.org>");
    CHECK(without.recipient == "RCPT TO:<a@example.org>");
}

TEST_CASE("an answer to a mail has no sender, and nobody reports about it") {
    const auto answer = sent({"DSN"}, "", "a@example.org");
    CHECK(answer.delivery.outcome == Delivered::accepted);
    CHECK(answer.mail == "MAIL FROM:<> RET=HDRS");
    CHECK(answer.recipient == "RCPT TO:<a@example.org> NOTIFY=NEVER");
}

TEST_CASE("TLS all the way is asked for the domains listed and those below them") {
    for (const char* recipient : {"a@gov.example.org", "a@Social.Gov.example.org"}) {
        CAPTURE(recipient);
        CHECK(sent({"REQUIRETLS"}, "b@board.example.org", recipient).mail ==
              "MAIL FROM:<b@board.example.org> REQUIRETLS");
        CHECK(sent({"SIZE"}, "b@board.example.org", recipient).delivery.outcome ==
              Delivered::accepted);
    }
    for (const char* recipient : {"a@example.org", "a@notgov.example.org"}) {
        CAPTURE(recipient);
        CHECK(sent({"REQUIRETLS"}, "b@board.example.org", recipient).mail ==
              "MAIL FROM:<b@board.example.org>");
    }
}

TEST_CASE("a relay that cannot promise it is refused where the settings say so, and it is named") {
    const auto held = sent({"PIPELINING"}, "b@board.example.org", "a@gov.example.org", true);
    CHECK(held.delivery.outcome == Delivered::try_again);
    CHECK(held.delivery.reply.find("TLS is required for this recipient's domain") == 0);
    CHECK(held.mail.empty());
    CHECK(sent({"PIPELINING"}, "b@board.example.org", "a@example.org", true).delivery.outcome ==
          Delivered::accepted);
}

}  // namespace
}  // namespace stageclock::test

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include <doctest/doctest.h>

#include "adapters/notify/smtp/mail_notifier.h"
#include "adapters/support/crypto.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/adapters/notify/smtp_server.h"

using namespace stageclock;
using namespace stageclock::test;

namespace {

const FakeTemplates templates;

Rendered a_mail(const std::string& text = "Subject: x\r\n\r\nhello\r\n",
                const std::string& recipient = "zoe@housing.example.org") {
    return {"message/rfc822", text, "stageclock@board.example.org", recipient};
}

Settings settings_for(const SmtpServer& server, const std::string& tls = "none") {
    auto settings = some_settings();
    settings.smtp.url = "smtp://localhost:" + std::to_string(server.port());
    settings.smtp.tls = tls;
    return settings;
}

std::unique_ptr<Notifier> notifier_of(const Settings& settings) {
    auto made = smtp::make_mail(settings, templates, std::chrono::seconds(5));
    REQUIRE(made);
    return *std::move(made);
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

bool saw(const SmtpServer& server, const std::string& start) {
    const auto commands = server.commands();
    return std::any_of(commands.begin(), commands.end(),
                       [&](const std::string& line) { return line.starts_with(start); });
}

}  // namespace

TEST_CASE("a mail arrives byte for byte, under its envelope") {
    SmtpServer server({});
    const std::string text = "Subject: dots\r\n\r\n.\r\n..two\r\nend.\r\n";
    const auto delivery = notifier_of(settings_for(server))->deliver(a_mail(text));
    CHECK(delivery.outcome == Delivered::accepted);
    CHECK(delivery.reply == "250 2.0.0 Ok: queued");
    REQUIRE(server.mails().size() == 1);
    CHECK(server.mails()[0].text == text);
    CHECK(server.mails()[0].sender_line.starts_with("MAIL FROM:<stageclock@board.example.org> "));
    CHECK(server.mails()[0].recipient_line == "RCPT TO:<zoe@housing.example.org>");
    CHECK(saw(server, "EHLO board.example.org"));
}

TEST_CASE("mails share one connection, with pipelining and without") {
    for (const bool pipelining : {true, false}) {
        Script script;
        if (!pipelining) script.capabilities.clear();
        SmtpServer server(script);
        const auto notifier = notifier_of(settings_for(server));
        for (int i = 0; i < 5; ++i) {
            CHECK(notifier->deliver(a_mail()).outcome == Delivered::accepted);
        }
        CHECK(server.connections() == 1);
        CHECK(server.mails().size() == 5);
    }
}

TEST_CASE("each recipient gets the verdict the server gives on it") {
    for (const bool pipelining : {true, false}) {
        Script script;
        if (!pipelining) script.capabilities.clear();
        script.recipients = {
            {"gone@example.org", "550-5.1.1 <Gone@example.org>:\r\n550 5.1.1 no such user"},
            {"full@example.org", "452 4.2.2 mailbox full"}};
        SmtpServer server(script);
        const auto notifier = notifier_of(settings_for(server));
        const auto gone = notifier->deliver(a_mail("x\r\n", "gone@example.org"));
        CHECK(gone.outcome == Delivered::never);
        CHECK(gone.reply == "550 5.1.1 <(recipient)>: 5.1.1 no such user");
        const auto full = notifier->deliver(a_mail("x\r\n", "full@example.org"));
        CHECK(full.outcome == Delivered::try_again);
        CHECK(full.reply == "452 4.2.2 mailbox full");
        CHECK(notifier->deliver(a_mail()).outcome == Delivered::accepted);
        CHECK(server.connections() == 1);
        CHECK(server.mails().size() == 1);
    }
}

TEST_CASE("a server that wants the text of a refused mail does not get it") {
    Script script;
    script.recipients = {{"gone@example.org", "550 5.1.1 no such user"}};
    script.data = "354 go on";
    script.end = "554 5.5.1 no recipients";
    SmtpServer server(script);
    const auto notifier = notifier_of(settings_for(server));
    const auto delivery = notifier->deliver(a_mail("secret\r\n", "gone@example.org"));
    CHECK(delivery.outcome == Delivered::never);
    CHECK(delivery.reply == "550 5.1.1 no such user");
    REQUIRE(server.mails().size() == 1);
    CHECK(server.mails()[0].text.empty());
}

TEST_CASE("a refusal of the text is final, a postponement is not") {
    for (const bool final : {true, false}) {
        Script script;
        script.end = final ? "554 5.6.0 unwanted" : "451 4.3.0 later";
        SmtpServer server(script);
        const auto delivery = notifier_of(settings_for(server))->deliver(a_mail());
        CHECK(delivery.outcome == (final ? Delivered::never : Delivered::try_again));
        CHECK(delivery.reply == script.end);
    }
}

TEST_CASE("a connection lost after the final dot may have delivered, and says so") {
    Script script;
    script.hang_up_after_text = true;
    SmtpServer server(script);
    const auto delivery = notifier_of(settings_for(server))->deliver(a_mail());
    CHECK(delivery.outcome == Delivered::try_again);
    CHECK(holds(delivery.reply, "may have arrived"));
    CHECK(server.mails().size() == 1);  // not sent twice by ourselves
}

TEST_CASE("a kept connection the server closed meanwhile costs no mail") {
    Script script;
    script.mails_per_connection = 1;
    SmtpServer server(script);
    const auto notifier = notifier_of(settings_for(server));
    for (int i = 0; i < 3; ++i) CHECK(notifier->deliver(a_mail()).outcome == Delivered::accepted);
    CHECK(server.mails().size() == 3);
    CHECK(server.connections() == 3);
}

TEST_CASE("many senders use no more connections than configured") {
    SmtpServer server({});
    auto settings = settings_for(server);
    settings.smtp.connections = 3;
    const auto notifier = notifier_of(settings);
    std::atomic<int> accepted{0};
    {
        std::vector<std::jthread> senders;
        for (int i = 0; i < 8; ++i) {
            senders.emplace_back([&] {
                for (int mail = 0; mail < 10; ++mail) {
                    accepted += notifier->deliver(a_mail()).outcome == Delivered::accepted;
                }
            });
        }
    }
    CHECK(accepted == 80);
    CHECK(server.mails().size() == 80);
    CHECK(server.connections() <= 3);
}

TEST_CASE("STARTTLS: our own authority is trusted, no other") {
    const TemporaryFolder folder;
    const Certificates files(folder.path());
    Script script;
    script.certificate = files.certificate;
    script.key = files.key;
    SmtpServer server(script);
    auto settings = settings_for(server, "starttls");
    for (const auto& wrong : {files.stranger, std::string()}) {
        settings.smtp.ca_file = wrong;
        const auto delivery = notifier_of(settings)->deliver(a_mail());
        CHECK(delivery.outcome == Delivered::try_again);
        CHECK(delivery.reply == "the mail server's certificate is not trusted");
        CHECK_FALSE(saw(server, "MAIL"));
    }
    settings.smtp.ca_file = files.authority;
    const auto notifier = notifier_of(settings);
    CHECK(notifier->deliver(a_mail()).outcome == Delivered::accepted);
    CHECK(notifier->deliver(a_mail()).outcome == Delivered::accepted);
    REQUIRE(server.mails().size() == 2);
    CHECK(server.mails()[1].secure);
    settings.smtp.url = "smtp://127.0.0.1:" + std::to_string(server.port());  // not its name
    CHECK(notifier_of(settings)->deliver(a_mail()).outcome == Delivered::try_again);
    CHECK(server.mails().size() == 2);
}

TEST_CASE("TLS from the start") {
    const TemporaryFolder folder;
    const Certificates files(folder.path());
    Script script;
    script.certificate = files.certificate;
    script.key = files.key;
    script.tls_from_the_start = true;
    SmtpServer server(script);
    auto settings = settings_for(server, "tls");
    settings.smtp.ca_file = files.authority;
    CHECK(notifier_of(settings)->deliver(a_mail()).outcome == Delivered::accepted);
    CHECK(server.mails().at(0).secure);
}

TEST_CASE("a server that offers no STARTTLS gets no mail") {
    SmtpServer server({});
    const auto delivery = notifier_of(settings_for(server, "starttls"))->deliver(a_mail());
    CHECK(delivery.outcome == Delivered::try_again);
    CHECK(delivery.reply == "the mail server offers no STARTTLS");
    CHECK_FALSE(saw(server, "MAIL"));
}

TEST_CASE("a refused log-in keeps the mail and shows no secret") {
    Script script;
    script.log_in = crypto::base64_encode(std::string("\0board\0canary-77", 16));
    SmtpServer server(script);
    auto settings = settings_for(server);
    settings.smtp.user = "board";
    settings.smtp.password = "canary-77";
    CHECK(notifier_of(settings)->deliver(a_mail()).outcome == Delivered::accepted);
    settings.smtp.password = "canary-78";
    const auto delivery = notifier_of(settings)->deliver(a_mail());
    CHECK(delivery.outcome == Delivered::try_again);
    CHECK(delivery.reply ==
          "the mail server refuses our user name or password: see smtp.user and "
          "smtp.password_file");
}

TEST_CASE("a server that wants another log-in is a matter of configuration: try again") {
    for (const std::string answer :
         {"530 5.7.0 Authentication required",
          "550 5.7.30 Basic authentication is not supported for Client Submission"}) {
        Script script;
        script.mail = answer;
        SmtpServer server(script);
        const auto delivery = notifier_of(settings_for(server))->deliver(a_mail());
        CHECK(delivery.outcome == Delivered::try_again);
        CHECK(holds(delivery.reply, answer));
    }
}

TEST_CASE("silence, nonsense and refusal at the door: try again, in time") {
    for (const std::string greeting : {"", "554 5.3.2 go away", "421 4.3.2 busy", "HTTP/1.1 400"}) {
        CAPTURE(greeting);
        Script script;
        script.greeting = greeting;
        SmtpServer server(script);
        auto made = smtp::make_mail(settings_for(server), templates, std::chrono::seconds(1));
        REQUIRE(made);
        const auto start = std::chrono::steady_clock::now();
        CHECK((*made)->deliver(a_mail()).outcome == Delivered::try_again);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(4));
        CHECK_FALSE(saw(server, "MAIL"));
    }
    auto nobody = some_settings();
    nobody.smtp.url = "smtp://127.0.0.1:1";
    nobody.smtp.tls = "none";
    CHECK(notifier_of(nobody)->deliver(a_mail()).outcome == Delivered::try_again);
}

TEST_CASE("nonsense in the middle of a mail: try again on another connection") {
    for (const std::string nonsense : {"yes", "2500 Ok", "250-Ok\r\n550 No", "25"}) {
        Script script;
        script.end = nonsense;
        SmtpServer server(script);
        CHECK(notifier_of(settings_for(server))->deliver(a_mail()).outcome == Delivered::try_again);
    }
}

TEST_CASE("an address cannot carry a command") {
    SmtpServer server({});
    const auto notifier = notifier_of(settings_for(server));
    for (const std::string bad :
         {"a@example.org>\r\nRCPT TO:<thief@example.org", "a@example.org\nDATA", "", "a b@c.d"}) {
        CHECK(notifier->deliver(a_mail("x\r\n", bad)).outcome == Delivered::never);
        if (bad.empty()) continue;  // no sender: an answer, which nobody is to answer
        auto mail = a_mail();
        mail.sender = bad;
        CHECK(notifier->deliver(mail).outcome == Delivered::never);
    }
    CHECK(server.connections() == 0);
}

TEST_CASE("a text cannot end its mail early") {
    SmtpServer server({});
    const auto text = "x\n.\nMAIL FROM:<thief@example.org>\r.\r\n.\r\nQUIT\r\n";
    CHECK(notifier_of(settings_for(server))->deliver(a_mail(text)).outcome == Delivered::accepted);
    REQUIRE(server.mails().size() == 1);
    CHECK(server.mails()[0].text ==
          "x\r\n.\r\nMAIL FROM:<thief@example.org>\r\n.\r\n.\r\nQUIT\r\n");
    CHECK_FALSE(saw(server, "MAIL FROM:<thief"));
}

TEST_CASE("a large mail passes a slow reader") {
    SmtpServer server({});
    std::string text;
    while (text.size() < 3'000'000) text += std::string(70, 'x') + "\r\n";
    CHECK(notifier_of(settings_for(server))->deliver(a_mail(text)).outcome == Delivered::accepted);
    CHECK(server.mails().at(0).text == text);
}

TEST_CASE("the relay's settings are checked") {
    const auto error_of = [](const std::string& url, const std::string& tls) {
        auto settings = some_settings();
        settings.smtp.url = url;
        settings.smtp.tls = tls;
        const auto made = smtp::make_mail(settings, templates);
        return made ? std::string() : made.error().where;
    };
    CHECK(error_of("smtp://mail.example.org:587", "starttls").empty());
    CHECK(error_of("smtps://mail.example.org", "starttls").empty());
    CHECK(error_of("smtp://127.0.0.1:25", "none").empty());
    CHECK(error_of("smtp://mail.example.org:25", "none") == "smtp.tls");
    CHECK(error_of("smtp://127.0.0.1.example.org:25", "none") == "smtp.tls");
    CHECK(error_of("smtp://mail.example.org", "perhaps") == "smtp.tls");
    CHECK(error_of("http://mail.example.org", "tls") == "smtp.url");
    CHECK(error_of("smtp://user:secret@mail.example.org", "tls") == "smtp.url");
    CHECK(error_of("mail.example.org", "tls") == "smtp.url");
    auto settings = some_settings();
    settings.mail_from = "nobody";
    CHECK_FALSE(smtp::make_mail(settings, templates));
}

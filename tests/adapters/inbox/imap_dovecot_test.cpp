// SPDX-License-Identifier: MIT
#include <chrono>
#include <filesystem>

#include <doctest/doctest.h>

#include "adapters/support/crypto.h"
#include "tests/adapters/inbox/dovecot.h"
#include "tests/adapters/inbox/mailbox_fixtures.h"
#include "tests/adapters/notify/smtp_server.h"

using namespace stageclock;
using namespace stageclock::test;
using namespace std::chrono_literals;

namespace {

using Names = std::vector<std::string>;

// A server, our data folder, and an inbox that has connected for the first time.
struct Connected {
    explicit Connected(Dovecot::Options options = {}, const imap::Pace& pace = quick())
        : server(std::move(options)),
          settings(mailbox_settings(server.port(), data.path())),
          inbox(mailbox_of(settings, pace)) {
        INFO(server.log());
        const auto first = inbox->poll(sink, 100ms);
        REQUIRE(first);
        REQUIRE(*first == 0);
    }
    Dovecot server;
    TemporaryFolder data;
    Settings settings;
    std::unique_ptr<Inbox> inbox;
    RecordingSink sink;
};

}  // namespace

TEST_CASE("a delivery is noticed by IDLE, offered whole, kept, and moved when it is done") {
    Connected it;
    const auto text = mail_named("one", "escalate\r\n* 1 FETCH (X {3}\r\nA1 OK done\r\n)\r\n");
    it.server.deliver(text);
    const auto start = std::chrono::steady_clock::now();
    const auto handled = it.inbox->poll(it.sink, 15s);
    REQUIRE(handled);
    CHECK(*handled == 1);
    CHECK(std::chrono::steady_clock::now() - start < 10s);
    CHECK(it.sink.ids == Names{id_of("one")});
    const auto& mail = it.sink.last;
    CHECK(mail.original == it.data.path() + "/mail/" + crypto::sha256_hex(text) + ".eml");
    CHECK(file_text(mail.original) == text);
    CHECK(std::filesystem::status(mail.original).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    REQUIRE(mail.arrived);
    CHECK(std::chrono::abs(*mail.arrived - std::chrono::system_clock::now()) < 1min);
    CHECK(it.server.mails("").empty());
    CHECK(it.server.mails("Handled") == Names{text});
}

TEST_CASE("a mailbox that neither tells nor moves is asked, and mail is copied and taken away") {
    for (const std::string capability : {"IMAP4rev1 UIDPLUS", "IMAP4rev1"}) {
        CAPTURE(capability);
        auto pace = quick();
        pace.poll = 200ms;
        Connected it({.capability = capability}, pace);
        it.server.deliver(mail_named("one"));
        CHECK(polled_until(*it.inbox, it.sink, [&] { return !it.sink.ids.empty(); }));
        CHECK(it.server.mails("Handled").size() == 1);
        // Without UIDPLUS it stays, marked as deleted, and is not offered again.
        CHECK(it.server.mails("").size() == (capability == "IMAP4rev1" ? 1 : 0));
        REQUIRE(it.inbox->poll(it.sink, 500ms));
        CHECK(it.sink.ids.size() == 1);
    }
}

TEST_CASE("a mail leaves the inbox only after the sink has answered, later ones stay") {
    Connected it;
    int asked = 0;
    it.sink.answer = [&](const IncomingMail&) {
        CHECK(it.server.mails("").size() == 1);
        return ++asked < 3 ? Handled::later : Handled::aside;
    };
    it.server.deliver(mail_named("one"));
    CHECK(polled_until(*it.inbox, it.sink, [&] { return asked == 3; }));
    CHECK(it.server.mails("").empty());
    CHECK(it.server.mails("Aside").size() == 1);
    CHECK(it.server.mails("Handled").empty());
}

TEST_CASE("mails are offered in the order they came, each once, the same mail twice as two") {
    Connected it;
    Names sent;
    for (int i = 0; i < 250; ++i) {
        const auto name = "n" + std::to_string(i / 2);
        sent.push_back(id_of(name));
        it.server.deliver(mail_named(name));
        if (i == 0) REQUIRE(polled_until(*it.inbox, it.sink, [&] { return !it.sink.ids.empty(); }));
    }
    CHECK(polled_until(*it.inbox, it.sink, [&] { return it.sink.ids.size() >= sent.size(); }));
    CHECK(it.sink.ids == sent);
    CHECK(it.server.mails("").empty());
    CHECK(it.server.mails("Handled").size() == 250);
}

TEST_CASE("a first connect to ten thousand old mails takes none of them, and new ones as ever") {
    Dovecot server;
    for (int i = 0; i < 9'999; ++i) server.deliver(mail_named("old" + std::to_string(i)), 3600);
    server.deliver(mail_named("of-a-fast-clock"), -60);
    const TemporaryFolder data;
    const auto settings = mailbox_settings(server.port(), data.path());
    RecordingSink sink;
    auto inbox = mailbox_of(settings);
    const auto first = inbox->poll(sink, 100ms);
    REQUIRE(first);
    CHECK(sink.ids.empty());
    server.deliver(mail_named("new"));
    CHECK(polled_until(*inbox, sink, [&] { return !sink.ids.empty(); }));
    CHECK(sink.ids == Names{id_of("new")});
    CHECK(server.mails("").size() == 10'000);
    inbox.reset();

    // The next start remembers: what came meanwhile is taken.
    server.deliver(mail_named("meanwhile"));
    CHECK(polled_until(*mailbox_of(settings), sink, [&] { return sink.ids.size() == 2; }));
    CHECK(sink.ids.back() == id_of("meanwhile"));
}

TEST_CASE("what is in the mailbox at the first connect is taken when the settings say so") {
    Dovecot server;
    server.deliver(mail_named("old"), 3600);
    const TemporaryFolder data;
    auto settings = mailbox_settings(server.port(), data.path());
    settings.imap.import_existing = true;
    RecordingSink sink;
    CHECK(polled_until(*mailbox_of(settings), sink, [&] { return !sink.ids.empty(); }));
    CHECK(sink.ids == Names{id_of("old")});
}

TEST_CASE("a mailbox numbered anew gives what came since we know it, and nothing older") {
    Dovecot server;
    server.deliver(mail_named("old"), 3600);
    server.deliver(mail_named("days-old"), 200'000);
    const TemporaryFolder data;
    const auto settings = mailbox_settings(server.port(), data.path());
    RecordingSink sink;
    REQUIRE(mailbox_of(settings)->poll(sink, 0ms));
    server.kill_hard();
    server.forget_numbers();
    server.deliver(mail_named("new"));
    server.start();
    auto inbox = mailbox_of(settings);
    CHECK(polled_until(*inbox, sink, [&] { return !sink.ids.empty(); }));
    server.deliver(mail_named("newer"));
    CHECK(polled_until(*inbox, sink, [&] { return sink.ids.size() == 2; }));
    CHECK(sink.ids == Names{id_of("new"), id_of("newer")});
    CHECK(server.mails("").size() == 2);
}

TEST_CASE("mail that is too large, or none, is set aside unread and named") {
    Connected it;
    std::string many_headers;
    for (int i = 0; i < 5'000; ++i) many_headers += "X-" + std::to_string(i) + ": x\r\n";
    it.server.deliver(many_headers + "\r\nx\r\n");
    REQUIRE(polled_until(*it.inbox, it.sink, [&] { return it.sink.paths.size() == 1; }));
    CHECK(it.sink.paths[0].starts_with(it.data.path() + "/mail/"));
    it.server.deliver(mail_named("large", std::string(11 << 20, 'x')));
    REQUIRE(polled_until(*it.inbox, it.sink, [&] { return it.sink.paths.size() == 2; }));
    CHECK(it.sink.paths[1].starts_with("imap:Aside, uid 2 of INBOX"));
    CHECK(it.sink.reasons[1] == "it is larger than 10 MiB");
    CHECK(it.sink.ids.empty());
    CHECK(it.server.mails("").empty());
    CHECK(it.server.mails("Aside").size() == 2);
}

TEST_CASE("a server killed in the middle of a batch and started again loses and repeats nothing") {
    Connected it;
    it.sink.answer = [&](const IncomingMail&) {
        if (it.sink.ids.size() == 5) it.server.kill_hard();
        return Handled::done;
    };
    for (int i = 0; i < 20; ++i) it.server.deliver(mail_named("n" + std::to_string(i)));
    REQUIRE(polled_until(*it.inbox, it.sink, [&] { return it.sink.ids.size() == 5; }));
    for (int i = 0; i < 3; ++i) (void)it.inbox->poll(it.sink, 20ms);
    CHECK(it.sink.ids.size() == 5);
    it.server.start();
    CHECK(polled_until(*it.inbox, it.sink, [&] { return it.server.mails("").empty(); }));
    CHECK(it.sink.ids.size() == 20);
    CHECK(it.server.mails("Handled").size() == 20);
}

TEST_CASE("a server away while we wait is found again, and is an error only while it is away") {
    Connected it;
    it.server.kill_hard();
    std::vector<std::string> errors;
    (void)polled_until(
        *it.inbox, it.sink, [&] { return !errors.empty(); }, &errors);
    CHECK(errors == Names{"no connection to the mail server"});
    it.server.start();
    it.server.deliver(mail_named("one"));
    CHECK(polled_until(
        *it.inbox, it.sink, [&] { return !it.sink.ids.empty(); }, &errors));
    CHECK(errors.size() == 1);
}

TEST_CASE("TLS and STARTTLS with an authority of our own, and no other") {
    const TemporaryFolder folder;
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    const Certificates certificates(folder.path());
    Dovecot server({.certificate = certificates.certificate, .key = certificates.key});
    for (const bool from_the_start : {true, false}) {
        CAPTURE(from_the_start);
        const TemporaryFolder data;
        auto settings = mailbox_settings(server.port(), data.path());
        settings.imap.tls = "starttls";
        if (from_the_start)
            settings.imap.url = "imaps://localhost:" + std::to_string(server.tls_port());
        settings.imap.ca_file = certificates.authority;
        RecordingSink sink;
        const auto polled = mailbox_of(settings)->poll(sink, 0ms);
        CHECK(polled);
        for (const auto& other : {certificates.stranger, std::string()}) {
            settings.imap.ca_file = other;
            const auto refused = mailbox_of(settings)->poll(sink, 0ms);
            REQUIRE_FALSE(refused);
            CHECK(refused.error().what == "the mail server's certificate is not trusted");
        }
    }
}

TEST_CASE("STARTTLS that is not offered is not done without") {
    Dovecot server;
    const TemporaryFolder data;
    auto settings = mailbox_settings(server.port(), data.path());
    settings.imap.tls = "starttls";
    RecordingSink sink;
    const auto refused = mailbox_of(settings)->poll(sink, 0ms);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what == "the mail server offers no STARTTLS");
}

TEST_CASE("a wrong password is told once, without it, and mended without a restart of ours") {
    Dovecot server({.password = "another"});
    const TemporaryFolder data;
    const auto inbox = mailbox_of(mailbox_settings(server.port(), data.path()));
    RecordingSink sink;
    const auto refused = inbox->poll(sink, 0ms);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what ==
          "the mail server refuses our user name or password: see mail.imap.user and "
          "mail.imap.password_file");
    server.kill_hard();
    server.start({});
    std::vector<std::string> errors;
    const auto connected = [&] { return std::filesystem::exists(data.path() + "/mailbox.state"); };
    CHECK(polled_until(*inbox, sink, connected, &errors));
    CHECK(errors.empty());
}

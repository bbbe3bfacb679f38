// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "tests/adapters/inbox/imap_server.h"
#include "tests/adapters/inbox/mailbox_fixtures.h"

using namespace stageclock;
using namespace stageclock::test;
using namespace std::chrono_literals;

namespace {

// Our mailbox at a server; everything in it is ours.
struct Meeting {
    explicit Meeting(const ImapServer::Answer& answer) : server(answer) {
        settings = mailbox_settings(server.port(), data.path());
        settings.imap.user.clear();
        settings.imap.import_existing = true;
        auto pace = quick();
        pace.command = 1s;
        pace.poll = 50ms;
        pace.after_later = 10ms;
        inbox = mailbox_of(settings, pace);
    }
    bool until(const std::function<bool()>& enough) {
        return polled_until(*inbox, sink, enough, &errors);
    }
    ImapServer server;
    TemporaryFolder data;
    Settings settings;
    std::unique_ptr<Inbox> inbox;
    RecordingSink sink;
    std::vector<std::string> errors;
};

bool is_body(const std::string& command) {
    return command.find("BODY.PEEK[]") != std::string::npos;
}

}  // namespace

TEST_CASE("a mail cut off in the middle is fetched again and offered once") {
    int asked = 0;
    Meeting it([&asked](const std::string& command) {
        const bool cut = is_body(command) && ++asked == 1;
        return cut ? "* 1 FETCH (UID 1 BODY[] {500}\r\nFrom: HANG UP" : "";
    });
    CHECK(it.until([&] { return it.server.count("UID MOVE") == 1; }));
    CHECK(it.sink.ids.size() == 1);
    CHECK(asked == 2);
}

TEST_CASE("a mail the server never hands over whole is set aside, and holds nothing up for long") {
    for (const std::string answer :
         {"* 1 FETCH (UID 1 BODY[] {500}\r\nFrom: HANG UP",
          "* 1 FETCH (UID 1 BODY[] {99999999}\r\n", "* 1 FETCH (UID 1 ((\r\nTAG OK x\r\n",
          "TAG NO cannot\r\n", "TAG BAD cannot\r\n", "* BYE no\r\nHANG UP", "other OK x\r\n"}) {
        CAPTURE(answer);
        Meeting it([&](const std::string& command) { return is_body(command) ? answer : ""; });
        CHECK(it.until([&] { return it.server.count("UID MOVE 1 \"Aside\"") == 1; }));
        CHECK(it.sink.ids.empty());
        REQUIRE(it.sink.reasons.size() == 1);
        CHECK(it.sink.reasons[0] == "the mail server does not hand it over");
    }
}

TEST_CASE("a mail larger than the server said is not taken for whole") {
    const auto body = std::string((10 << 20) + 1, 'x');
    Meeting it([&](const std::string& command) {
        if (!is_body(command)) return std::string();
        CHECK(command.find("<0.10485761>") != std::string::npos);
        return "* 1 FETCH (UID 1 BODY[]<0> {10485761}\r\n" + body + ")\r\nTAG OK x\r\n";
    });
    CHECK(it.until([&] { return it.server.count("UID MOVE 1 \"Aside\"") == 1; }));
    CHECK(it.sink.reasons == std::vector<std::string>{"it is larger than 10 MiB"});
}

TEST_CASE("a mail taken away by somebody else meanwhile is nobody's loss") {
    Meeting it([](const std::string& command) { return is_body(command) ? "TAG OK x\r\n" : ""; });
    CHECK(it.until([&] { return it.server.count("UID FETCH") >= 4; }));
    CHECK(it.sink.ids.empty());
    CHECK(it.errors.empty());
    CHECK(it.server.count("UID MOVE") == 0);
}

TEST_CASE("a folder that is missing is made; a move refused is tried again, the mail taken once") {
    int refusals = 0;
    Meeting it([&refusals](const std::string& command) {
        if (!command.starts_with("UID MOVE") || ++refusals > 4) return "";
        return refusals == 1 ? "TAG NO [TRYCREATE] no such folder\r\n"
                             : "TAG NO [OVERQUOTA] full\r\n";
    });
    CHECK(it.until([&] { return refusals == 5; }));
    CHECK(it.server.count("CREATE \"Handled\"") == 1);
    CHECK(it.server.count("SUBSCRIBE \"Handled\"") == 1);
    CHECK(it.sink.ids.size() == 1);
}

TEST_CASE("a connection lost between commit and move does not offer the mail twice") {
    int moves = 0;
    Meeting it([&moves](const std::string& command) {
        return command.starts_with("UID MOVE") && ++moves == 1 ? "HANG UP" : "";
    });
    CHECK(it.until([&] { return moves == 2; }));
    CHECK(it.sink.ids.size() == 1);
}

TEST_CASE("a server that says nothing, nonsense or goodbye is an error in words, and tried again") {
    for (const std::string answer :
         {"* BYE too many\r\nHANG UP", "nonsense\r\n", "* OK [UIDVALIDITY 0] x\r\nTAG OK x\r\n",
          "TAG NO no such folder\r\n", "TAG OK [READ-ONLY] x\r\n", "HANG UP"}) {
        CAPTURE(answer);
        int asked = 0;
        Meeting it([&](const std::string& command) {
            return command.starts_with("SELECT") && ++asked == 1 ? answer : "";
        });
        CHECK(it.until([&] { return it.server.count("UID MOVE") == 1; }));
        CHECK(it.errors.size() == 1);
        CHECK(it.sink.ids.size() == 1);
    }
}

TEST_CASE("a mailbox made anew under its old number is looked at again") {
    int selected = 0;
    ImapServer server([&selected](const std::string& command) -> std::string {
        if (command.starts_with("SELECT") && ++selected == 1)
            return "* OK [UIDVALIDITY 17] x\r\n* OK [UIDNEXT 500] x\r\nTAG OK x\r\n";
        if (command == "NOOP" && selected == 1) return "HANG UP";
        if (command.find("RFC822.SIZE") == std::string::npos) return "";
        return "* 1 FETCH (UID 1 RFC822.SIZE 60 INTERNALDATE \"17-Jul-2099 02:44:25 +0100\")\r\n"
               "TAG OK x\r\n";
    });
    const TemporaryFolder data;
    auto settings = mailbox_settings(server.port(), data.path());
    settings.imap.user.clear();
    const auto inbox = mailbox_of(settings);
    RecordingSink sink;
    CHECK(polled_until(*inbox, sink, [&] { return server.count("UID MOVE") == 1; }));
    CHECK(sink.ids.size() == 1);
}

TEST_CASE("IDLE that is promised and refused leaves the poll") {
    Meeting it([](const std::string& command) {
        if (command == "CAPABILITY") return "* CAPABILITY IMAP4rev1 IDLE MOVE\r\nTAG OK x\r\n";
        return command == "IDLE" ? "TAG BAD what?\r\n" : "";
    });
    CHECK(it.until([&] { return it.server.count("NOOP") >= 3; }));
    CHECK(it.server.count("IDLE") == 1);
    CHECK(it.sink.ids.size() == 1);
    CHECK(it.errors.empty());
}

TEST_CASE("IDLE is said again before it is too old, and being stopped ends the wait") {
    ImapServer server([](const std::string& command) {
        if (command == "CAPABILITY") return "* CAPABILITY IMAP4rev1 IDLE MOVE\r\nTAG OK x\r\n";
        if (command.starts_with("SELECT"))
            return "* OK [UIDVALIDITY 17] x\r\n* OK [UIDNEXT 2] x\r\nTAG OK x\r\n";
        return command == "IDLE" ? "+ idling\r\n* OK Still here\r\n" : "";
    });
    const TemporaryFolder data;
    auto settings = mailbox_settings(server.port(), data.path());
    settings.imap.user.clear();
    auto pace = quick();
    pace.idle = 50ms;
    const auto inbox = mailbox_of(settings, pace);
    RecordingSink sink;
    std::jthread stopper([&] {
        while (server.count("IDLE") < 3) std::this_thread::yield();
        inbox->interrupt();
    });
    const auto start = std::chrono::steady_clock::now();
    const auto polled = inbox->poll(sink, 60s);
    REQUIRE(polled);
    CHECK(*polled == 0);
    CHECK(std::chrono::steady_clock::now() - start < 30s);
    // Telling nothing, it was asked once.
    CHECK(server.count("UID SEARCH") == 1);
}

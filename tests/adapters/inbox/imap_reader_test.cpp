// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "adapters/inbox/imap/mailbox_state.h"
#include "adapters/inbox/imap/response.h"
#include "adapters/inbox/imap/words.h"
#include "tests/adapters/notify/fixtures.h"

using namespace stageclock;
using namespace stageclock::imap;

namespace {

struct Outcome {
    std::vector<Response> responses;
    bool failed = false;
};

Outcome read(std::string_view bytes, std::size_t step = 1 << 20, ReaderLimits limits = {}) {
    ResponseReader reader(limits);
    Outcome outcome;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        reader.feed(bytes.substr(at, step));
        while (true) {
            auto next = reader.next();
            outcome.failed = !next;
            if (!next) return outcome;
            if (!*next) break;
            outcome.responses.push_back(**std::move(next));
        }
    }
    return outcome;
}

std::string fetch(const std::string& body) {
    return "* 1 FETCH (UID 7 BODY[]<0> {" + std::to_string(body.size()) + "}\r\n" + body + ")\r\n";
}

std::string body_of(Response response) {
    const auto about = fetched(std::move(response));
    return about ? about->body.value_or("no body") : "no fetch";
}

}  // namespace

TEST_CASE("a mail that holds responses stays a mail, however the network cuts the stream") {
    std::string body =
        "Subject: x\r\n\r\nA1 OK done\r\n* BYE {12}\r\n)\r\n?\"{3}\r\n* 9 EXISTS\r\n";
    body[body.find('?')] = '\0';
    const auto bytes = fetch(body) + "A1 OK Fetch completed {4}\r\n* 2 EXISTS\r\n";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        const auto outcome = read(bytes, step);
        REQUIRE_FALSE(outcome.failed);
        REQUIRE(outcome.responses.size() == 3);
        CHECK(body_of(outcome.responses[0]) == body);
        CHECK(outcome.responses[1].tag == "A1");
        CHECK(outcome.responses[1].word == "OK");
        CHECK(outcome.responses[1].text == "Fetch completed {4}");
        CHECK(outcome.responses[2].number == 2);
    }
}

TEST_CASE("statuses are read with their codes, whatever their text") {
    const auto all = read(
        "* OK [UIDNEXT 4392] Predicted next UID\r\n* NO [ALERT] disk {3}\r\n* BYE (sorry\r\n"
        "a1 BAD what? \"\r\na2 no [TRYCREATE] no such\r\n+ go on {9}\r\n+\r\n* PREAUTH [x\r\n");
    REQUIRE_FALSE(all.failed);
    REQUIRE(all.responses.size() == 8);
    CHECK(all.responses[0].code == "UIDNEXT 4392");
    CHECK(all.responses[0].text == "Predicted next UID");
    CHECK(all.responses[1].code == "ALERT");
    CHECK(all.responses[2].word == "BYE");
    CHECK(all.responses[3].word == "BAD");
    CHECK(all.responses[4].word == "NO");
    CHECK(all.responses[4].code == "TRYCREATE");
    CHECK(all.responses[5].tag == "+");
    CHECK(all.responses[6].tag == "+");
    CHECK(all.responses[7].text == "[x");
}

TEST_CASE("what a server adds of its own is passed over, whatever it looks like") {
    const auto all = read(
        "* X-OWN \"unfinished ((( {x}\r\n* 3 EXISTS\r\n* LIST () NIL [\r\n* FLAGS (\\Seen a]b)\r\n"
        "* VANISHED {3}\r\nabc 1:2\r\n* 4 EXISTS\r\n");
    REQUIRE_FALSE(all.failed);
    REQUIRE(all.responses.size() == 6);
    CHECK(all.responses[1].number == 3);
    CHECK(all.responses[5].number == 4);
}

TEST_CASE("lists, quotes and literals nest, and flags may hold brackets") {
    const auto all = read(
        "* 2 FETCH (FLAGS (\\Seen [x $y]) UID 9 X \"a \\\"b\\\" \\\\c\" BODY[HEADER.FIELDS (FROM "
        "\"TO\")] {2}\r\nab RFC822.SIZE 31 Y NIL)\r\n");
    REQUIRE_FALSE(all.failed);
    const auto& pairs = all.responses.at(0).values.at(0);
    CHECK(item(pairs, "flags")->items.size() == 3);
    CHECK(item(pairs, "X")->text == "a \"b\" \\c");
    CHECK(item(pairs, "BODY[HEADER.FIELDS (FROM \"TO\")]")->text == "ab");
    CHECK(item(pairs, "rfc822.size")->text == "31");
    CHECK(item(pairs, "Z") == nullptr);
}

TEST_CASE("broken data ends the connection instead of being guessed at") {
    for (const std::string line :
         {"* 1 FETCH (UID 7", "* 1 FETCH UID 7)", "* 1 FETCH (\"a)", "* 1 FETCH (BODY[ 7)",
          "* SEARCH 1 (2", "ab FETCH (UID 1)", "", "*", "* ", " OK", "* 1 FETCH (a{b)",
          "* 99999999999999999999 EXISTS x", "* 1 FETCH (\"a\\"}) {
        CAPTURE(line);
        const auto all = read(line + "\r\n* 1 EXISTS\r\n");
        // A number that is none is a word nobody knows.
        CHECK((all.failed || line.find("9999") != std::string::npos));
    }
}

TEST_CASE("size and depth are bounded, before the bytes have come") {
    const ReaderLimits limits{100, 50, 4};
    CHECK(read("* 1 FETCH (BODY[] {51}\r\n", 1, limits).failed);
    CHECK(read("* 1 FETCH (BODY[] {4294967295}\r\n").failed);
    CHECK(read("* 1 FETCH (BODY[] {99999999999999999999999}\r\n").failed);
    CHECK(read(std::string(200, 'x'), 1, limits).failed);
    CHECK(read("* OK " + std::string(200, 'x') + "\r\n", 1000, limits).failed);
    CHECK(read("* SEARCH ((((()))))\r\n", 1, limits).failed);
    CHECK_FALSE(read("* SEARCH (((())))\r\n", 1, limits).failed);
    std::string many = "* 1 FETCH (";
    for (int i = 0; i < 2'000; ++i) many += "{0}\r\n ";
    CHECK(read(many).failed);
    const auto large = read(fetch(std::string(10 << 20, 'x')), 16'384);
    REQUIRE(large.responses.size() == 1);
    CHECK(body_of(large.responses[0]).size() == 10 << 20);
}

TEST_CASE("a message told of unasked has no UID and is no answer") {
    auto all =
        read("* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 0x7)\r\n* 1 FETCH 7\r\n* SEARCH 7\r\n");
    for (auto& response : all.responses) CHECK_FALSE(fetched(std::move(response)));
    auto big = read("* 1 FETCH (UID 7 RFC822.SIZE 99999999999 INTERNALDATE \"x\" BODY[] NIL)\r\n");
    const auto about = fetched(std::move(big.responses.at(0)));
    REQUIRE(about);
    CHECK(about->size == UINT32_MAX);
    CHECK_FALSE(about->arrived);
    CHECK_FALSE(about->body);
}

TEST_CASE("found numbers are in order, each once, from all lines") {
    const auto all = read("* SEARCH 7 3\r\n* SEARCH\r\n* SEARCH 3 x 12\r\n");
    CHECK(found(all.responses) == std::vector<std::uint32_t>{3, 7, 12});
    CHECK(uid_set({3, 7, 12}) == "3,7,12");
}

TEST_CASE("the server's dates are read in any zone, and nothing else passes for one") {
    const auto text = [](const std::string& date) {
        const auto read = internal_date(date);
        return read ? to_rfc3339(*read) : std::string("none");
    };
    CHECK(text("17-Jul-2026 02:44:25 +0100") == "2026-07-17T01:44:25Z");
    CHECK(text(" 1-Jan-2026 00:00:00 -0130") == "2026-01-01T01:30:00Z");
    CHECK(text("29-Feb-2024 23:59:59 +0000") == "2024-02-29T23:59:59Z");
    for (const auto* none : {"", "30-Feb-2026 00:00:00 +0000", "17-Foo-2026 02:44:25 +0100",
                             "17-Jul-2026 25:44:25 +0100", "17-Jul-2026 02:44:25 0100",
                             "17-Jul-2026 02:44:25  0100", "1x-Jul-2026 02:44:25 +0100"}) {
        CAPTURE(none);
        CHECK(text(none) == "none");
    }
    CHECK(search_day_before(*parse_rfc3339("2026-03-01T00:30:00Z")) == "28-Feb-2026");
}

TEST_CASE("a folder's name cannot carry a command") {
    CHECK(folder_argument("INBOX") == "\"INBOX\"");
    CHECK(folder_argument("a \"b\\ & c") == "\"a \\\"b\\\\ &- c\"");
    CHECK_FALSE(folder_argument(""));
    CHECK_FALSE(folder_argument("a\r\nA1 LOGOUT"));
    CHECK_FALSE(folder_argument("Erledigt\xC3\xA4"));
}

TEST_CASE("what we know of a mailbox is kept, and damage to it is not taken for a first connect") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() + "/mailbox.state";
    CHECK_FALSE(*read_state(path));
    const MailboxState state{"abc", 17, 4, *parse_rfc3339("2026-03-01T00:30:00Z"), true};
    REQUIRE(write_state(path, state));
    const auto read = read_state(path);
    REQUIRE(read);
    REQUIRE(*read);
    CHECK((*read)->mailbox == "abc");
    CHECK((*read)->uid_validity == 17);
    CHECK((*read)->first_uid == 4);
    CHECK((*read)->since == state.since);
    CHECK((*read)->rescan);
    const auto whole = test::file_text(path);
    for (const auto& damaged :
         {std::string(), whole.substr(0, 30), std::string("uid_validity x")}) {
        std::ofstream(path) << damaged;
        const auto refused = read_state(path);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Code::invalid_input);
    }
}

// SPDX-License-Identifier: MIT
#include "bot/app/calendar_desk.h"

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "bot/app/calendar_entries.h"
#include "bot/app/engine.h"
#include "tests/support/fake_clock.h"
#include "tests/support/flaky_store.h"
#include "tests/support/plain_seal.h"
#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

constexpr const char* officers_address = "line-manager@school.example.org";

Rulebook small_rulebook() {
    Small small;
    return Rulebook({{small.board, small.policy, small.directory}}, {small.calendar});
}

Settings some_settings() {
    Settings settings;
    settings.mail_from = "stageclock@example.org";
    settings.public_url = "https://stageclock.example.org";
    return settings;
}

// A case on which things happen, and whose mails are all accepted when they are looked at.
struct House {
    FakeClock clock{utc("2026-06-05T10:00:00Z")};
    FlakyStore store{make_memory_store()};
    Rulebook rulebook = small_rulebook();
    Settings settings = some_settings();
    Engine engine{store, clock, rulebook, [] {}};
    CalendarDesk desk{store, clock, rulebook, settings};
    std::string ref;
    int updates = 0;

    House() {
        engine.start();
        Update raise = raise_update();
        ref = tell(std::move(raise)).ref;
    }
    ~House() { engine.stop(); }

    Answer tell(Update update) {
        update.source = "test";
        update.id = std::to_string(++updates);
        update.received = clock.now();
        Answer answer = engine.submit(std::move(update));
        REQUIRE(answer.kind == Answer::Kind::accepted);
        return answer;
    }
    void happen(UpdateKind kind) {
        REQUIRE(clock.move_to(clock.now() + std::chrono::hours(1)));
        Update update = update_of(kind);
        update.ref = ref;
        tell(std::move(update));
    }
    Case the_case() { return **store.load(ref); }

    // What each mail to the address takes along, as it is sent: a line each, "reason: files".
    std::vector<std::string> send_all(const std::string& address) {
        std::vector<std::string> lines;
        const auto rows = store.claim(clock.now(), clock.now() + std::chrono::minutes(5), 100);
        REQUIRE(rows);
        for (const NoticeRow& row : *rows) {
            const ServedBoard& served = *rulebook.board(rulebook.boards().front()->id);
            const Case now = the_case();
            const Rules rules = rulebook.rules(served, now);
            const auto files = calendar_files(row, now, rules, settings, store);
            REQUIRE(files);
            if (row.notice.destination == address) {
                std::string line(to_text(row.notice.reason));
                line += ":";
                for (const Attachment& file : *files) {
                    line += " " + file.file_name;
                    last[file.file_name] = file.bytes;
                }
                lines.push_back(line);
            }
            const SendResult result{row.id, NoticeState::accepted, clock.now(), clock.now(), "",
                                    ""};
            REQUIRE(store.record({&result, 1}));
        }
        const auto more = store.claim(clock.now(), clock.now() + std::chrono::minutes(5), 1);
        REQUIRE(more);
        return lines;
    }
    std::map<std::string, std::string> last;

    std::int64_t notice_to(const std::string& address) {
        const auto rows = store.notices(ref);
        REQUIRE(rows);
        for (const NoticeRow& row : *rows) {
            if (row.notice.destination == address) return row.id;
        }
        FAIL("nothing was sent to this address");
        return 0;
    }
};

std::string value_of(const std::string& ical, const std::string& name) {
    const std::size_t at = ical.find("\r\n" + name);
    if (at == std::string::npos) return {};
    const std::size_t begin = ical.find(':', at) + 1;
    return ical.substr(begin, ical.find("\r\n", begin) - begin);
}

}  // namespace

TEST_CASE("a run of a duty keeps its UID, and its SEQUENCE rises with the case") {
    House house;
    const Case before = house.the_case();
    const ServedBoard& served = *house.rulebook.board(before.board);
    const Rules rules = house.rulebook.rules(served, before);
    const DutyRun* run = nullptr;
    for (const DutyRun& each : before.duties) {
        if (deadline_of(before, each, rules).due) run = &each;
    }
    REQUIRE(run != nullptr);
    const auto first = calendar_entry(before, *run, rules, house.settings, house.clock.now());
    house.happen(UpdateKind::mark_urgent);
    const Case after = house.the_case();
    const auto second = calendar_entry(after, *run, rules, house.settings, house.clock.now());
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->uid == second->uid);
    CHECK(first->uid.starts_with(house.ref + "-" + run->duty + "-2026"));
    CHECK(first->uid.ends_with("@example.org"));
    CHECK(second->sequence > first->sequence);
    CHECK(first->summary.starts_with(house.ref + ": "));
    CHECK(first->url == "https://stageclock.example.org/cases/" + house.ref);
}

TEST_CASE("somebody's calendar has what they owe, and loses it when that ends") {
    House house;
    house.happen(UpdateKind::escalate);
    const std::int64_t notice = house.notice_to(officers_address);
    const auto before = house.desk.deadlines(notice);
    REQUIRE(before);
    CHECK(before->find("SUMMARY:" + house.ref) != std::string::npos);
    CHECK(*house.desk.deadlines(notice) == *before);
    CHECK(before->find("@school.example.org") == std::string::npos);
    house.happen(UpdateKind::resolve);
    const auto after = house.desk.deadlines(notice);
    REQUIRE(after);
    CHECK(after->find("VEVENT") == std::string::npos);
    CHECK(house.desk.deadlines(99999).error().code == Code::not_found);
}

TEST_CASE(
    "a prompt takes its deadline along, and the first mail after its end takes it back once") {
    House house;
    house.send_all(officers_address);
    house.happen(UpdateKind::escalate);
    const auto asked = house.send_all(officers_address);
    REQUIRE(!asked.empty());
    CHECK(asked.front().ends_with(": deadline.ics"));
    const std::string uid = value_of(house.last["deadline.ics"], "UID");
    CHECK(!uid.empty());

    house.happen(UpdateKind::resolve);
    std::vector<std::string> ended;
    for (int round = 0; round < 5; ++round) {
        for (std::string& line : house.send_all(officers_address)) ended.push_back(line);
    }
    REQUIRE(!ended.empty());
    CHECK(ended.front().ends_with("no-longer-due.ics"));
    for (std::size_t at = 1; at < ended.size(); ++at) CHECK(ended[at].ends_with(":"));
    const std::string gone = house.last["no-longer-due.ics"];
    CHECK(value_of(gone, "METHOD") == "CANCEL");
    CHECK(gone.find("UID:" + uid) != std::string::npos);
    CHECK(std::stoi(value_of(gone, "SEQUENCE")) >
          std::stoi(value_of(house.last["deadline.ics"], "SEQUENCE")));
}

TEST_CASE("chats and text messages take no calendar along, and only those who are asked have one") {
    House house;
    const PlainSeal seal;
    NoticeRow row;
    row.id = 7;
    row.notice.ref = house.ref;
    row.notice.kind = NoticeKind::prompt;
    row.notice.channel = "teams";
    row.notice.to.audience = Audience::chat;
    const Case now = house.the_case();
    const Rules rules = house.rulebook.rules(*house.rulebook.board(now.board), now);
    CHECK(calendar_files(row, now, rules, house.settings, house.store)->empty());
    CHECK(calendar_page_of(row.notice, 7, house.settings, seal).empty());
    row.notice.channel = "mail";
    row.notice.to.audience = Audience::officer;
    CHECK(calendar_page_of(row.notice, 7, house.settings, seal) ==
          "https://stageclock.example.org/calendar/d7.ics");
    row.notice.kind = NoticeKind::outcome;
    CHECK(calendar_page_of(row.notice, 7, house.settings, seal).empty());
}

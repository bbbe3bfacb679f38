// SPDX-License-Identifier: MIT
#include <poll.h>

#include <cstring>
#include <set>

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "adapters/store/sqlite/database.h"
#include "tests/adapters/store/process.h"
#include "tests/adapters/store/scratch.h"
#include "tests/contract/store_samples.h"

// The crashes of docs/outbox.md: a process does the first part and ends by SIGKILL, then the store
// is opened as after a restart.
using namespace stageclock;
using namespace stageclock::samples;

namespace {

constexpr const char* ref = "CSCP-2027-0001";

std::unique_ptr<Store> opened(const std::string& path) {
    auto store = make_sqlite_store(path);
    REQUIRE(store);
    return *std::move(store);
}

// True when `work` came to its end; the process is killed right there.
bool crashed_after(const std::string& path, const std::function<bool(Store&)>& work) {
    return killed(ended_with([&] {
        const auto store = make_sqlite_store(path);
        if (!store || !work(**store)) return 1;
        ::raise(SIGKILL);
        return 2;
    }));
}

// Commits groups until it is killed, and writes each number that is stored to `pipe`.
int commit_without_end(const std::string& path, int pipe) {
    const auto store = make_sqlite_store(path);
    if (!store) return 1;
    for (int number = 1;; number += 8) {
        std::vector<Transition> group;
        for (int i = number; i < number + 8; ++i) {
            group.push_back(raise("CSCP-2027-" + std::to_string(i)));
            group.push_back(change(group.back()));
        }
        if (!(*store)->commit(group)) return 2;
        if (::write(pipe, &number, sizeof number) != sizeof number) return 3;
    }
}

// The numbers acknowledged before the process that commits was killed.
std::vector<int> acknowledged_before_kill(const std::string& path, std::size_t groups) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) ::_exit(commit_without_end(path, ends[1]));
    ::close(ends[1]);
    std::vector<int> numbers;
    int number = 0;
    pollfd ready{ends[0], POLLIN, 0};
    while (numbers.size() < groups && ::poll(&ready, 1, 5000) == 1 &&
           ::read(ends[0], &number, sizeof number) == sizeof number)
        numbers.push_back(number);
    ::kill(child, SIGKILL);
    while (::read(ends[0], &number, sizeof number) == sizeof number) numbers.push_back(number);
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(killed(status));
    return numbers;
}

}  // namespace

TEST_CASE("kill -9 in the middle of committing loses nothing that was acknowledged") {
    for (const std::size_t groups : {1U, 7U, 40U}) {
        const Scratch scratch;
        const std::string path = scratch.file("store.db");
        const std::vector<int> numbers = acknowledged_before_kill(path, groups);
        REQUIRE(numbers.size() >= groups);
        const auto store = opened(path);
        for (const int first : numbers)
            for (int i = first; i < first + 8; ++i)
                REQUIRE(*store->load("CSCP-2027-" + std::to_string(i)));
        // Nothing half: what is there is there with all its parts, and groups are whole.
        const auto cases = store->cases(100000);
        REQUIRE(cases);
        CHECK(cases->size() % 8 == 0);
        CHECK(cases->size() >= numbers.size() * 8);
        CHECK(cases->size() <= numbers.size() * 8 + 8);
        for (const CaseSummary& summary : *cases) {
            CHECK((*store->load(summary.ref))->events == 2);
            CHECK(store->events(summary.ref)->size() == 2);
            CHECK(store->notices(summary.ref)->size() == 1);
            CHECK(*store->answer("case-system", "update of " + summary.ref));
        }
    }
}

TEST_CASE("a crash before the commit leaves nothing") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    opened(path).reset();
    REQUIRE(crashed_after(path, [&](Store&) {
        sqlite::Database database(path, sqlite::Database::Use::write, {});
        database.run("BEGIN IMMEDIATE; INSERT INTO case_file"
                     " (ref, board, stage, status, version, raised, snapshot)"
                     " VALUES ('CSCP-2027-0001', 'camden', '1', 'open', 1, 0, '{}')");
        ::raise(SIGKILL);
        return false;
    }));
    const auto store = opened(path);
    CHECK(store->cases(10)->empty());
    CHECK_FALSE(*store->answer("case-system", "update of CSCP-2027-0001"));
    CHECK(*store->next_number("CSCP", 2027) == 1);
    CHECK(store->commit(only(raise(ref))));
}

TEST_CASE("a crash after the commit leaves the answer for the repeat") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    REQUIRE(crashed_after(path, [](Store& store) {
        return bool(store.commit(only(raise(ref))));
    }));
    const auto store = opened(path);
    const auto kept = store->answer("case-system", "update of CSCP-2027-0001");
    REQUIRE(*kept);
    CHECK((*kept)->body == raise(ref).answer->body);
    Transition repeat = raise("CSCP-2027-0002");
    repeat.answer = raise(ref).answer;
    CHECK(store->commit(only(repeat)).error().code == Code::conflict);
    CHECK(*store->next_number("CSCP", 2027) == 2);
}

TEST_CASE("a crash before the claim leaves the notice pending") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    REQUIRE(crashed_after(path, [](Store& store) {
        return store.commit(only(raise(ref))) && *store.next_send() == monday;
    }));
    const auto claimed = opened(path)->claim(monday, after(60), 10);
    REQUIRE(claimed->size() == 1);
    CHECK(claimed->front().attempts == 1);
    CHECK_FALSE(claimed->front().possible_repeat);
}

TEST_CASE("a crash after the claim gives the notice again when its lease has passed") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    REQUIRE(crashed_after(path, [](Store& store) {
        return store.commit(only(raise(ref))) &&
               store.claim(monday, after(60), 10)->size() == 1;
    }));
    const auto store = opened(path);
    CHECK(store->notices(ref)->front().state == NoticeState::claimed);
    CHECK(store->notices(ref)->front().attempts == 1);
    CHECK(*store->next_send() == after(60));
    CHECK(store->claim(after(59), after(120), 10)->empty());
    const auto claimed = store->claim(after(60), after(120), 10);
    REQUIRE(claimed->size() == 1);
    CHECK(claimed->front().attempts == 2);
    CHECK(claimed->front().possible_repeat);
}

TEST_CASE("a crash after the record leaves the notice accepted with its bytes") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    const SendResult accepted = result(1, NoticeState::accepted);
    REQUIRE(crashed_after(path, [&](Store& store) {
        return store.commit(only(raise(ref))) && store.claim(monday, after(60), 10)->size() == 1 &&
               store.record(std::vector{accepted});
    }));
    const auto store = opened(path);
    CHECK(store->notices(ref)->front().state == NoticeState::accepted);
    CHECK(*store->sent(1) == accepted.sent);
    CHECK(store->claim(after(9999), after(10000), 10)->empty());
}

TEST_CASE("an attempt counted before kill -9 is known after it") {
    const Scratch scratch;
    const std::string path = scratch.file("store.db");
    for (int times = 1; times <= 2; ++times)
        REQUIRE(crashed_after(path, [times](Store& store) {
            return *store.count_attempt("mail", "<1@example.org>") == times;
        }));
    CHECK(*opened(path)->count_attempt("mail", "<1@example.org>") == 3);
}

// SPDX-License-Identifier: MIT
#include "bot/app/engine.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "adapters/registry.h"
#include "tests/support/fake_clock.h"
#include "tests/support/flaky_store.h"
#include "tests/support/small_policy.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

// Reminders to the school's line manager wait for half past ten.
Rulebook small_rulebook() {
    Small small;
    for (Post& post : small.directory.posts) {
        if (post.id == "school-line-manager") post.window = {*parse_hours("10:30-16:00")};
    }
    return Rulebook({{small.board, small.policy, small.directory}}, {small.calendar});
}

struct House {
    FakeClock clock{utc("2026-06-05T10:00:00Z")};
    FlakyStore store{make_memory_store()};
    Rulebook rulebook = small_rulebook();
    std::atomic<int> rings = 0;
    Engine engine{store, clock, rulebook, [this] { ++rings; }};

    Update raise(const std::string& id) {
        Update update = raise_update();
        update.source = "test";
        update.id = id;
        update.digest = "digest of " + id;
        return update;
    }
    Update about(const std::string& ref, UpdateKind kind, const std::string& id) {
        Update update = update_of(kind);
        update.source = "test";
        update.id = id;
        update.ref = ref;
        return update;
    }
};

}  // namespace

TEST_CASE("an accepted raise is answered with its reference, stage and deadline, once stored") {
    House house;
    house.engine.start();
    const Answer answer = house.engine.submit(house.raise("1"));
    CHECK(answer.kind == Answer::Kind::accepted);
    CHECK(answer.ref == "SB-2026-0001");
    CHECK(answer.stage == "1");
    REQUIRE(answer.deadlines.size() == 1);
    CHECK(answer.deadlines.front().due == utc("2026-06-12T16:00:00Z"));
    CHECK(answer.guards.front().find("999") != std::string::npos);
    const auto stored = house.store.load(answer.ref);
    REQUIRE(stored);
    CHECK(stored->has_value());
    CHECK(house.rings > 0);
}

TEST_CASE("the same update sent by many at once is stored once, and none of them is refused") {
    House house;
    std::vector<Answer> answers(8);
    std::vector<std::jthread> senders;
    for (Answer& answer : answers) {
        senders.emplace_back([&] { answer = house.engine.submit(house.raise("1")); });
    }
    // Whether they meet in one batch or come one after the other.
    house.engine.start();
    senders.clear();
    long accepted = 0;
    for (const Answer& answer : answers) {
        CHECK(answer.ref == "SB-2026-0001");
        if (answer.kind == Answer::Kind::accepted) ++accepted;
        else CHECK(answer.kind == Answer::Kind::repeated);
    }
    CHECK(accepted == 1);
    CHECK(house.store.set_asides(10)->empty());
}

TEST_CASE("the same update again is answered the same and changes nothing") {
    House house;
    house.engine.start();
    const Answer first = house.engine.submit(house.raise("1"));
    const Answer again = house.engine.submit(house.raise("1"));
    CHECK(again.kind == Answer::Kind::repeated);
    CHECK(again.ref == first.ref);
    CHECK(again.stage == first.stage);
    REQUIRE(again.deadlines.size() == first.deadlines.size());
    CHECK(again.deadlines.front().due == first.deadlines.front().due);
    CHECK(again.guards == first.guards);
    Update other = house.raise("1");
    other.digest = "another body";
    CHECK(house.engine.submit(other).kind == Answer::Kind::conflict);
    CHECK(house.store.cases(10)->size() == 1);
}

TEST_CASE("a refused update stores nothing and uses up no reference") {
    House house;
    house.engine.start();
    Update bad = house.raise("1");
    bad.facts.summary.clear();
    CHECK(house.engine.submit(bad).kind == Answer::Kind::refused);
    CHECK(house.store.cases(10)->empty());
    CHECK(house.engine.submit(house.raise("2")).ref == "SB-2026-0001");
    const Answer unknown =
        house.engine.submit(house.about("SB-2026-0099", UpdateKind::acknowledge, "3"));
    REQUIRE(unknown.refusal.has_value());
    CHECK(unknown.refusal->reason == Refused::unknown_case);
}

TEST_CASE("nothing is acknowledged that is not committed") {
    House house;
    house.engine.start();
    house.store.full = true;
    CHECK(house.engine.submit(house.raise("1")).kind == Answer::Kind::unavailable);
    house.store.full = false;
    CHECK(house.store.cases(10)->empty());
    CHECK(house.engine.submit(house.raise("1")).kind == Answer::Kind::accepted);
}

TEST_CASE("updates that wait together are committed together, each on top of the one before") {
    House house;
    house.engine.start();
    const std::string ref = house.engine.submit(house.raise("1")).ref;
    house.engine.stop();

    House other;  // no thread: everything waits for step()
    std::vector<std::thread> callers;
    std::atomic<int> accepted = 0;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&other, &accepted, i] {
            const Answer answer = other.engine.submit(other.raise(std::to_string(i)));
            if (answer.kind == Answer::Kind::accepted) ++accepted;
        });
    }
    while (accepted < 8) other.engine.step();
    for (std::thread& caller : callers) caller.join();
    CHECK(other.store.cases(20)->size() == 8);
    CHECK(other.store.commits <= 8);
    CHECK(ref == "SB-2026-0001");
}

TEST_CASE("moving the clock does everything due on the way, in order and at its own time") {
    House house;
    house.engine.start();
    const std::string ref = house.engine.submit(house.raise("1")).ref;
    std::atomic<int> stops = 0;
    REQUIRE(house.engine.forward(utc("2026-06-16T12:00:00Z"), [&] { ++stops; }));
    CHECK(house.clock.now() == utc("2026-06-16T12:00:00Z"));
    CHECK(stops == 4);
    const auto events = house.store.events(ref);
    REQUIRE(events);
    std::vector<Instant> moments;
    for (const Event& event : *events) {
        if (event.kind == EventKind::told) moments.push_back(event.recorded);
    }
    CHECK(moments == std::vector<Instant>{utc("2026-06-11T08:00:00Z"), utc("2026-06-12T16:00:00Z"),
                                          utc("2026-06-15T08:00:00Z"),
                                          utc("2026-06-16T08:00:00Z")});
}

TEST_CASE("a held reminder goes out on the way, when its window opens") {
    House house;
    house.engine.start();
    const std::string ref = house.engine.submit(house.raise("1")).ref;
    house.engine.submit(house.about(ref, UpdateKind::escalate, "2"));
    std::vector<Instant> sent;
    const auto send = [&] {
        const Instant now = house.clock.now();
        const auto rows = house.store.claim(now, now + std::chrono::minutes(5), 100);
        for (const NoticeRow& row : *rows) {
            const SendResult result{row.id, NoticeState::accepted, now, now, "250", "bytes"};
            CHECK(house.store.record({&result, 1}));
            if (row.notice.to.id == "school-line-manager") sent.push_back(now);
        }
    };
    send();  // the prompts of stage 2
    send();
    REQUIRE(house.engine.forward(utc("2026-06-12T15:00:00Z"), send));
    CHECK(sent == std::vector<Instant>{utc("2026-06-05T10:00:00Z"), utc("2026-06-11T09:30:00Z")});
    CHECK(house.clock.now() == utc("2026-06-12T15:00:00Z"));
}

TEST_CASE("a case keeps the policy version it was raised under (R-18), new ones take the new") {
    House old;
    old.engine.start();
    const std::string ref = old.engine.submit(old.raise("1")).ref;
    old.engine.stop();

    Small changed;
    changed.policy.version = "2";
    for (Duty& duty : changed.policy.duties) duty.due = {Unit::working_days, 1};
    Small before;
    Rulebook both({{changed.board, changed.policy, changed.directory, {before.policy}}},
                  {changed.calendar});
    Engine engine(old.store, old.clock, both, [] {});
    engine.start();
    const Answer kept = engine.submit(old.about(ref, UpdateKind::acknowledge, "2"));
    REQUIRE(kept.deadlines.size() == 1);
    CHECK(kept.deadlines.front().due == utc("2026-06-12T16:00:00Z"));
    CHECK(engine.submit(old.raise("3")).deadlines.front().due == utc("2026-06-08T16:00:00Z"));
    CHECK(old.store.set_asides(10)->empty());

    Rulebook forgotten({{changed.board, changed.policy, changed.directory}}, {changed.calendar});
    Engine careless(old.store, old.clock, forgotten, [] {});
    careless.start();
    CHECK(careless.submit(old.about(ref, UpdateKind::acknowledge, "4")).kind ==
          Answer::Kind::accepted);
    REQUIRE(old.store.set_asides(10)->size() == 1);
    CHECK(old.store.set_asides(10)->front().why.find("version 1") != std::string::npos);
}

TEST_CASE("a stop answers everything that was submitted before it, however much") {
    House house;
    constexpr int callers_wanted = 300;  // more than one commit takes
    std::vector<std::thread> callers;
    std::atomic<int> answered = 0, accepted = 0;
    for (int i = 0; i < callers_wanted; ++i) {
        callers.emplace_back([&house, &answered, &accepted, i] {
            const Answer answer = house.engine.submit(house.raise(std::to_string(i)));
            if (answer.kind == Answer::Kind::accepted) ++accepted;
            ++answered;
        });
    }
    house.engine.start();
    house.engine.stop();
    for (std::thread& caller : callers) caller.join();
    CHECK(answered == callers_wanted);
    CHECK(house.store.cases(1000)->size() == static_cast<std::size_t>(accepted.load()));
}

TEST_CASE("a stopped engine answers unavailable") {
    House house;
    house.engine.start();
    house.engine.stop();
    CHECK(house.engine.submit(house.raise("1")).kind == Answer::Kind::unavailable);
}

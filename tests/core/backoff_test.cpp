// SPDX-License-Identifier: MIT
#include "bot/core/backoff.h"

#include <doctest/doctest.h>

#include <set>

using namespace stageclock;
using namespace std::chrono_literals;

namespace {

void check_within_a_fifth(std::optional<std::chrono::seconds> wait, std::chrono::seconds nominal) {
    REQUIRE(wait);
    CHECK(*wait >= nominal * 4 / 5);
    CHECK(*wait <= nominal * 6 / 5);
}

int attempts_made(bool urgent) {
    int attempts = 1;
    while (next_attempt(attempts, urgent, 7)) ++attempts;
    return attempts;
}

}  // namespace

TEST_CASE("waits begin at half a minute and double up to an hour") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        check_within_a_fifth(next_attempt(1, false, seed), 30s);
        check_within_a_fifth(next_attempt(2, false, seed), 60s);
        check_within_a_fifth(next_attempt(7, false, seed), 1920s);
        check_within_a_fifth(next_attempt(8, false, seed), 1h);
        check_within_a_fifth(next_attempt(40, false, seed), 1h);
    }
}

TEST_CASE("urgent notices wait five minutes at most, before jitter") {
    check_within_a_fifth(next_attempt(1, true, 1), 30s);
    check_within_a_fifth(next_attempt(4, true, 1), 240s);
    check_within_a_fifth(next_attempt(5, true, 1), 5min);
    check_within_a_fifth(next_attempt(500, true, 1), 5min);
}

TEST_CASE("what was never tried is tried at once") {
    CHECK(next_attempt(0, false, 1) == 0s);
    CHECK(next_attempt(-3, true, 1) == 0s);
}

TEST_CASE("tries end when their waits would pass 48 hours") {
    // 30 s to 1 920 s make 3 810 s, and 46 whole hours fit after them.
    CHECK(attempts_made(false) == 7 + 46 + 1);
    // 30 s to 240 s make 450 s, and 574 times five minutes fit after them.
    CHECK(attempts_made(true) == 4 + 574 + 1);
    CHECK_FALSE(next_attempt(1'000'000, false, 1));
}

TEST_CASE("the same notice waits the same time, and others another") {
    CHECK(next_attempt(5, false, 42) == next_attempt(5, false, 42));
    std::set<std::chrono::seconds> waits;
    for (std::uint64_t seed = 0; seed < 100; ++seed) waits.insert(*next_attempt(9, false, seed));
    CHECK(waits.size() > 50);
}

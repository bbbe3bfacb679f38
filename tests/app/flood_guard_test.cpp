// SPDX-License-Identifier: MIT
#include "bot/app/flood_guard.h"

#include <doctest/doctest.h>

#include "tests/support/calendars.h"

namespace stageclock {
namespace {

const Instant start = testing::utc("2026-06-01T09:00:00Z");

TEST_CASE("one case reaches an address so often within an hour, and again after it") {
    FloodGuard guard;
    for (std::size_t i = 0; i < FloodGuard::most_per_case; ++i) {
        CHECK_FALSE(guard.full("A-1", "mail:a@example.org", start));
        guard.note("A-1", "mail:A@example.org", start + std::chrono::seconds(i));
    }
    CHECK(guard.full("A-1", "mail:a@example.org", start + std::chrono::minutes(5)));
    CHECK_FALSE(guard.full("A-2", "mail:a@example.org", start + std::chrono::minutes(5)));
    CHECK_FALSE(guard.full("A-1", "mail:b@example.org", start + std::chrono::minutes(5)));
    CHECK(guard.full("A-1", "mail:a@example.org", start + std::chrono::minutes(59)));
    CHECK_FALSE(guard.full("A-1", "mail:a@example.org", start + std::chrono::hours(1)));
}

TEST_CASE("all cases together may reach an address as often as they are due") {
    FloodGuard guard;
    for (int i = 0; i < 10'000; ++i) {
        const std::string ref = "A-" + std::to_string(i);
        REQUIRE_FALSE(guard.full(ref, "mail:a@example.org", start));
        guard.note(ref, "mail:a@example.org", start);
    }
    CHECK_FALSE(guard.full("B-1", "mail:a@example.org", start));
    CHECK_FALSE(guard.full("", "mail:a@example.org", start));
}

TEST_CASE("messages about no case have a limit of their own") {
    FloodGuard guard;
    for (std::size_t i = 0; i < FloodGuard::most_about_none; ++i) {
        CHECK_FALSE(guard.full("", "mail:a@example.org", start));
        guard.note("", "mail:a@example.org", start);
    }
    CHECK(guard.full("", "mail:a@example.org", start));
    CHECK_FALSE(guard.full("B-1", "mail:a@example.org", start));
    CHECK_FALSE(guard.full("", "mail:a@example.org", start + std::chrono::hours(1)));
}

}  // namespace
}  // namespace stageclock

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

TEST_CASE("all cases together have a limit too, mails about none included") {
    FloodGuard guard;
    for (std::size_t i = 0; i < FloodGuard::most_in_all; ++i) {
        const std::string ref = i % 2 == 0 ? "" : "A-" + std::to_string(i);
        CHECK_FALSE(guard.full(ref, "mail:a@example.org", start));
        guard.note(ref, "mail:a@example.org", start);
    }
    CHECK(guard.full("", "mail:a@example.org", start));
    CHECK(guard.full("B-1", "mail:a@example.org", start));
    CHECK_FALSE(guard.full("B-1", "mail:a@example.org", start + std::chrono::hours(1)));
}

}  // namespace
}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "bot/core/backoff.h"

#include <algorithm>

namespace stageclock {
namespace {

using std::chrono::seconds;

constexpr seconds first_wait{30};
constexpr seconds longest_wait = std::chrono::hours{1};
constexpr seconds longest_urgent_wait = std::chrono::minutes{5};
constexpr seconds give_up_after = std::chrono::hours{48};

// The finaliser of SplitMix64: spreads neighbouring seeds over the whole range.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

}  // namespace

std::optional<seconds> next_attempt(int attempts, bool urgent, std::uint64_t seed) {
    if (attempts < 1) return seconds{0};
    const seconds longest = urgent ? longest_urgent_wait : longest_wait;
    seconds wait = first_wait;
    seconds total = wait;
    for (int i = 1; i < attempts; ++i) {
        wait = std::min(wait * 2, longest);
        total += wait;
        if (total > give_up_after) return std::nullopt;
    }
    const auto per_mille = static_cast<std::int64_t>(
        800 + mixed(seed ^ (static_cast<std::uint64_t>(attempts) << 48)) % 401);
    return seconds{wait.count() * per_mille / 1000};
}

}  // namespace stageclock

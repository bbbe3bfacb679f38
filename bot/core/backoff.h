// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace stageclock {

// How long to wait before sending a notice again, after `attempts` tries that failed for now.
//
// 30 seconds after the first try, doubling up to an hour (`urgent`: up to five minutes), each wait
// longer or shorter by up to a fifth so that what failed together does not come back together. The
// same arguments always give the same wait; `seed` is the notice's own number. nullopt: the waits
// before jitter would add up to more than 48 hours, which is when a mail system gives up too
// (RFC 5321 section 4.5.4.1 asks for "several days"; a stage clock cannot wait that long).
std::optional<std::chrono::seconds> next_attempt(int attempts, bool urgent, std::uint64_t seed);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "bot/core/time.h"

namespace stageclock {

// The last stop of a loop nobody thought of: how many mails went to an address within the hour,
// about one case and in all. No case needs as many, so reaching a limit is a fault to be looked
// at; what is held back goes out later. Kept in memory. Thread-safe.
class FloodGuard {
public:
    static constexpr std::size_t most_per_case = 30;
    static constexpr std::size_t most_in_all = 300;

    bool full(const std::string& ref, const std::string& address, Instant now);
    void note(const std::string& ref, const std::string& address, Instant now);

private:
    using Key = std::pair<std::string, std::string>;  // case, or empty for all, and address
    void forget_before(Instant start);

    std::mutex mutex_;
    std::deque<std::pair<Instant, Key>> sent_;
    std::map<Key, std::size_t> counts_;
};

}  // namespace stageclock

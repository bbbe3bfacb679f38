// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "bot/app/hourly_count.h"

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
    std::mutex mutex_;  // guards the count
    HourlyCount sent_;  // by case, or none for all, and address
};

}  // namespace stageclock

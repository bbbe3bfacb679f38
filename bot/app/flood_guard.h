// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "bot/app/hourly_count.h"

namespace stageclock {

// The last stop of a loop nobody thought of: how many messages went to a reader within the hour
// about one case, or about none. No case needs as many, so reaching a limit is a fault to be
// looked at; what is held back goes out later. All cases together have no limit: at five o'clock
// after an outage a board's inbox may be due thousands. Kept in memory. Thread-safe.
class FloodGuard {
public:
    static constexpr std::size_t most_per_case = 30;
    static constexpr std::size_t most_about_none = 300;

    // `ref` is empty for a message about no case; `reader` is a channel and an address of it.
    bool full(const std::string& ref, const std::string& reader, Instant now);
    void note(const std::string& ref, const std::string& reader, Instant now);

private:
    std::mutex mutex_;  // guards the count
    HourlyCount sent_;  // by case, or none, and reader
};

}  // namespace stageclock

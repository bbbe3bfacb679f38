// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include "bot/core/time.h"

namespace stageclock {

// How often something happened within the hour before `now`, by key. Kept in memory: after a
// restart the count starts anew. Used by one thread at a time.
class HourlyCount {
public:
    std::size_t of(const std::string& key, Instant now) {
        forget_until(now - std::chrono::hours(1));
        const auto found = counts_.find(key);
        return found == counts_.end() ? 0 : found->second;
    }
    void note(std::string key, Instant now) {
        ++counts_[key];
        noted_.emplace_back(now, std::move(key));
    }

private:
    void forget_until(Instant end) {
        while (!noted_.empty() && noted_.front().first <= end) {
            const auto found = counts_.find(noted_.front().second);
            if (found != counts_.end() && --found->second == 0) counts_.erase(found);
            noted_.pop_front();
        }
    }

    std::deque<std::pair<Instant, std::string>> noted_;
    std::map<std::string, std::size_t> counts_;
};

}  // namespace stageclock

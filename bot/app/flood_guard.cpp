// SPDX-License-Identifier: MIT
#include "bot/app/flood_guard.h"

#include "bot/core/directory.h"

namespace stageclock {
namespace {

constexpr std::chrono::hours window{1};

}  // namespace

bool FloodGuard::full(const std::string& ref, const std::string& address, Instant now) {
    const std::lock_guard lock(mutex_);
    forget_before(now - window);
    const std::string to = folded(address);
    const auto count = [&](const std::string& of) {
        const auto found = counts_.find({of, to});
        return found == counts_.end() ? std::size_t{0} : found->second;
    };
    return count("") >= most_in_all || (!ref.empty() && count(ref) >= most_per_case);
}

void FloodGuard::note(const std::string& ref, const std::string& address, Instant now) {
    const std::lock_guard lock(mutex_);
    const std::string to = folded(address);
    for (const std::string& of : {std::string(), ref}) {
        sent_.emplace_back(now, Key{of, to});
        ++counts_[{of, to}];
        if (ref.empty()) break;
    }
}

void FloodGuard::forget_before(Instant start) {
    while (!sent_.empty() && sent_.front().first <= start) {
        const auto found = counts_.find(sent_.front().second);
        if (found != counts_.end() && --found->second == 0) counts_.erase(found);
        sent_.pop_front();
    }
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "bot/app/flood_guard.h"

#include "bot/core/directory.h"

namespace stageclock {
namespace {

std::string key(const std::string& ref, const std::string& address) {
    return ref + " " + folded(address);
}

}  // namespace

bool FloodGuard::full(const std::string& ref, const std::string& address, Instant now) {
    const std::lock_guard lock(mutex_);
    return sent_.of(key("", address), now) >= most_in_all ||
           (!ref.empty() && sent_.of(key(ref, address), now) >= most_per_case);
}

void FloodGuard::note(const std::string& ref, const std::string& address, Instant now) {
    const std::lock_guard lock(mutex_);
    sent_.note(key("", address), now);
    if (!ref.empty()) sent_.note(key(ref, address), now);
}

}  // namespace stageclock

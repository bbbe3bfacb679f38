// SPDX-License-Identifier: MIT
#include "bot/app/flood_guard.h"

#include "bot/core/directory.h"

namespace stageclock {
namespace {

std::string key(const std::string& ref, const std::string& reader) {
    return ref + " " + folded(reader);
}

}  // namespace

bool FloodGuard::full(const std::string& ref, const std::string& reader, Instant now) {
    const std::lock_guard lock(mutex_);
    return sent_.of(key(ref, reader), now) >= (ref.empty() ? most_about_none : most_per_case);
}

void FloodGuard::note(const std::string& ref, const std::string& reader, Instant now) {
    const std::lock_guard lock(mutex_);
    sent_.note(key(ref, reader), now);
}

}  // namespace stageclock

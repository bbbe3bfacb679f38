// SPDX-License-Identifier: MIT
#pragma once

#include "bot/core/time.h"

namespace stageclock::clocks {

// The real time, to the second.
inline Instant real_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace stageclock::clocks

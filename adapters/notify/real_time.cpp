// SPDX-License-Identifier: MIT
#include "adapters/notify/real_time.h"

#include <memory>

#include "adapters/registry.h"

namespace stageclock::notify {

Instant real_now() {
    static const std::unique_ptr<Clock> clock = make_system_clock();
    return clock->now();
}

}  // namespace stageclock::notify

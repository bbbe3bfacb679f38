// SPDX-License-Identifier: MIT
#pragma once

#include "bot/core/time.h"

namespace stageclock::notify {

// The time of the machine, whatever the clock of a sandbox says: for tokens and signatures that
// others hold against their own clock. Thread-safe.
Instant real_now();

}  // namespace stageclock::notify

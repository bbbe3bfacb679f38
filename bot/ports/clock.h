// SPDX-License-Identifier: MIT
#pragma once

#include "bot/core/result.h"
#include "bot/core/time.h"

namespace stageclock {

// The present. Thread-safe. Threads that wait for the future wait on their own bell
// (bot/app/wakeup.h) for as long as this clock says is left.
class Clock {
public:
    virtual ~Clock() = default;

    virtual Instant now() const = 0;

    // Sandbox only: makes `now` read `to`, and keeps it across restarts; a time already past
    // changes nothing. A real clock refuses (Code::refused).
    virtual Done move_to(Instant to) = 0;
    virtual bool movable() const = 0;
};

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include "bot/ports/clock.h"

namespace stageclock::testing {

// A clock that stands still until a test moves it.
class FakeClock final : public Clock {
public:
    explicit FakeClock(Instant now) : now_(now) {}

    Instant now() const override { return now_.load(); }
    Done move_to(Instant to) override {
        now_ = to;
        return done();
    }
    bool movable() const override { return true; }

private:
    std::atomic<Instant> now_;
};

}  // namespace stageclock::testing

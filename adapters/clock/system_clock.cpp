// SPDX-License-Identifier: MIT
#include <memory>

#include "adapters/clock/real_time.h"
#include "adapters/registry.h"

namespace stageclock {
namespace {

class SystemClock final : public Clock {
public:
    Instant now() const override { return clocks::real_now(); }
    Done move_to(Instant) override {
        return Error{Code::refused, "This clock shows the real time and cannot be moved", ""};
    }
    bool movable() const override { return false; }
};

}  // namespace

std::unique_ptr<Clock> make_system_clock() { return std::make_unique<SystemClock>(); }

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "bot/core/result.h"
#include "bot/core/time.h"

namespace stageclock {

// What falls due beside the cases. Asked by the engine, on its thread, and so by its clock: a
// sandbox that is moved forward stops at each of these instants too.
class Agenda {
public:
    virtual ~Agenda() = default;

    // When look() is to be called next; none: never by itself.
    virtual std::optional<Instant> next() = 0;
    // Does what is due at `now`; gives the number of notices made. Code::unavailable: the store is
    // in the way, and nothing is lost: it is due again.
    virtual Result<int> look(Instant now) = 0;
};

}  // namespace stageclock

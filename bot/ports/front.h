// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/result.h"

namespace stageclock {

// The HTTP side of the daemon, as the lifecycle sees it.
class Front {
public:
    virtual ~Front() = default;

    // Binds and begins to answer; an error says which address and why.
    virtual Done start() = 0;
    // Where it answers: "http://127.0.0.1:8080", or "unix:/path".
    virtual std::string address() const = 0;
    // Takes no new connections, finishes the requests in hand, returns when all are done.
    virtual void stop() = 0;
};

}  // namespace stageclock

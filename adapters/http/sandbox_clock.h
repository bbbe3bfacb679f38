// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/http/access.h"
#include "adapters/http/exchange.h"
#include "bot/ports/desk.h"

namespace stageclock::front {

// POST /sandbox/clock: moves the sandbox's clock, from the form of the start page or as JSON from
// the command line.
class SandboxClock {
public:
    explicit SandboxClock(Desk& desk);

    // Goes into the form and must come back with it: a page of another site cannot know it,
    // although the browser would send the operator's credentials along (cross-site request
    // forgery).
    std::string form_token() const;
    // Before the body is read.
    std::optional<Response> admit(const Request& head) const;
    // For the holder of an operator's token.
    Response answer(const Request& request);

private:
    Response from_form(const Request& request);
    Response from_json(const Request& request);

    Desk& desk_;
    std::string secret_;
};

}  // namespace stageclock::front

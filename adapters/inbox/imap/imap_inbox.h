// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>

#include "bot/core/result.h"
#include "bot/ports/clock.h"
#include "bot/ports/inbox.h"
#include "bot/ports/settings.h"

namespace stageclock::imap {

// How patient the mailbox is; tests are less so.
struct Pace {
    std::chrono::milliseconds command{60'000};    // a command takes at most
    std::chrono::milliseconds idle{20 * 60'000};  // IDLE is said again (RFC 2177: within 29 min)
    std::chrono::milliseconds poll{0};            // looked at least this often; 0: as settings say
    std::chrono::milliseconds first_wait{1'000};  // after a first failure, then longer
    std::chrono::milliseconds after_later{10'000};    // before mail the sink left is offered again
    std::chrono::milliseconds same_words{3'600'000};  // before the same error is told again
};

// The mailbox of settings.imap. Error: the settings are not acceptable; the server is not asked
// yet. The clock says when we first connected; it outlives the inbox. What it does is told in
// docs/adapters/mail-in.md.
Result<std::unique_ptr<Inbox>> make_imap(const Settings& settings, const Clock& clock,
                                         const Pace& pace = {});

}  // namespace stageclock::imap

// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/notice.h"
#include "bot/core/update.h"

// How a case is told that a notice did not reach its reader, whoever found out. Pure functions.
namespace stageclock {

// Reported after it was accepted. `status`: the word or code of whoever reports; may be empty.
Unreached came_back(std::string status, Instant at);

// The update that tells the case of it; `missed` needs no more than how, status and times. `id`
// makes it unique.
Update unreached_update(const Notice& notice, Unreached missed, std::string source, std::string id);

// True when nobody is left to be told: it was addressed to the board's own inbox.
bool is_to_inbox(const Notice& notice);

}  // namespace stageclock

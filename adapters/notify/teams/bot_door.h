// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/notify/doors.h"

namespace stageclock::teams {

// Adds the addresses at which Teams calls the bot: POST /chat/v1/ID and, for the first app,
// POST /api/messages. What people write there is heard, buttons of our cards are acts, and whoever
// meets the bot can be written to from then on (docs/adapters/teams.md).
void open_bot(const notify::DoorParts& parts, notify::Doors& doors);

}  // namespace stageclock::teams

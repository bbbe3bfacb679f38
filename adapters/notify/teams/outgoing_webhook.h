// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/notify/doors.h"

namespace stageclock::teams {

// Adds POST /chat/v1/ID: commands from a team by an outgoing webhook, each answered in the same
// call, within the five seconds Teams waits (docs/adapters/teams.md).
void open_outgoing_webhook(const notify::DoorParts& parts, notify::Doors& doors);

}  // namespace stageclock::teams

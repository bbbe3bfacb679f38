// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/notify/doors.h"

namespace stageclock::mattermost {

// "/chat/v1/ID": the slash command, proven by its token, and the buttons, proven by ours. An app
// without a secret takes nothing in.
void open(const notify::DoorParts& parts, notify::Doors& doors);

}  // namespace stageclock::mattermost

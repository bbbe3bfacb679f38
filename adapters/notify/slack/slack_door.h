// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/notify/doors.h"

namespace stageclock::slack {

// "/chat/v1/ID": the slash command and the buttons of a Slack app, and Slack's own checks. An app
// without a signing secret takes nothing in.
void open(const notify::DoorParts& parts, notify::Doors& doors);

}  // namespace stageclock::slack

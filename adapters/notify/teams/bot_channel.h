// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "adapters/notify/channels.h"

namespace stageclock::teams {

// The channel "teams-bot": cards with buttons to the own chat of a person who has met the bot, or
// to a team or group it is a member of. Null: the settings have no such app.
std::unique_ptr<Notifier> make_bot_channel(const notify::Parts& parts);

}  // namespace stageclock::teams

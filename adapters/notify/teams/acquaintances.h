// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/notify/teams/activity.h"
#include "adapters/notify/teams/connector.h"
#include "bot/ports/places.h"
#include "bot/ports/settings.h"

namespace stageclock::teams {

// Who met the bot, and where: kept in Places under account and mail address for a person's own
// chat, under the conversation's id for a team or group. Only of activities that were proven.
// Thread-safe; all that is pointed to outlives it.
class Acquaintances {
public:
    Acquaintances(const ChatAppSettings& app, Connector& connector, Places& places)
        : app_(app), connector_(connector), places_(places) {}

    // Keeps where the activity happened. Gives the person's mail address, where the platform
    // vouches for it; it is asked at most once for each person.
    std::string meet(const Activity& activity);
    // The bot was taken away there.
    void part(const Activity& activity);

private:
    bool vouches_for_addresses(const Activity& activity) const;
    std::vector<std::string> asked_addresses(const Activity& activity);

    const ChatAppSettings& app_;
    Connector& connector_;
    Places& places_;
};

// The key in Places of a person (account or address), or of a team or group (the conversation's id
// without the thread): in lower case.
std::string place_key(const std::string& person_or_conversation);

}  // namespace stageclock::teams

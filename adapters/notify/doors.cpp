// SPDX-License-Identifier: MIT
#include "adapters/notify/doors.h"

#include "adapters/notify/channels.h"
#include "adapters/notify/mattermost/mattermost_door.h"
#include "adapters/notify/slack/slack_door.h"
#include "adapters/notify/teams/bot_door.h"
#include "adapters/notify/teams/outgoing_webhook.h"
#include "adapters/registry.h"

namespace stageclock {
namespace notify {

const std::vector<DoorRow>& door_rows() {
    static const std::vector<DoorRow> rows{
        {"teams-webhook", teams::open_outgoing_webhook},
        {"teams-bot", teams::open_bot},
        {"slack", slack::open},
        {"mattermost", mattermost::open},
    };
    return rows;
}

}  // namespace notify

std::vector<std::unique_ptr<front::Door>> make_doors(const Settings& settings, ChatDesk& desk,
                                                     Places& places, const Clock& clock) {
    notify::Doors doors;
    for (const ChatAppSettings& app : settings.chat_apps) {
        for (const auto& row : notify::door_rows()) {
            if (row.channel != app.channel) continue;
            row.open({app, settings, desk, places, clock, notify::client_options(settings)}, doors);
        }
    }
    return doors;
}

}  // namespace stageclock

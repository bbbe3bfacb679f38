// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "adapters/support/http_client.h"
#include "bot/ports/chat.h"
#include "bot/ports/clock.h"
#include "bot/ports/door.h"
#include "bot/ports/places.h"
#include "bot/ports/settings.h"

// Every platform that calls us, one line each in doors.cpp.
namespace stageclock::notify {

// What a door is built from; all of it outlives the door.
struct DoorParts {
    const ChatAppSettings& app;
    const Settings& settings;
    ChatDesk& desk;
    Places& places;
    const Clock& clock;
    http::ClientOptions options;
};

using Doors = std::vector<std::unique_ptr<front::Door>>;

struct DoorRow {
    std::string_view channel;
    // Adds the doors of an app of that channel.
    void (*open)(const DoorParts& parts, Doors& doors);
};

const std::vector<DoorRow>& door_rows();

}  // namespace stageclock::notify

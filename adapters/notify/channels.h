// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "adapters/notify/web/web_channel.h"
#include "adapters/registry.h"
#include "adapters/support/http_client.h"
#include "bot/ports/clock.h"
#include "bot/ports/notifier.h"
#include "bot/ports/places.h"
#include "bot/ports/settings.h"
#include "bot/ports/templates.h"

// Every channel besides mail, one line each in channels.cpp.
namespace stageclock::notify {

// What a channel is built from; all of it outlives the channel.
struct Parts {
    const Settings& settings;
    const Templates& templates;
    Places& places;
    http::ClientOptions options;
};

struct ChannelRow {
    std::string_view name;
    bool of_chats;  // has places named by [[chat]]
    bool of_apps;   // is spoken by a [[chat_app]]
    // Null: the settings have nothing for it.
    std::unique_ptr<Notifier> (*make)(const Parts& parts);
    // What its settings cannot do without (registry.h).
    ChatNeeds needs = {};
};

const std::vector<ChannelRow>& channel_rows();

// True when the settings have a place or an app of this channel.
bool is_used(const Settings& settings, std::string_view channel);

// How we call others, by the settings.
http::ClientOptions client_options(const Settings& settings);

}  // namespace stageclock::notify

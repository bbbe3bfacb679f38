// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/notify/channels.h"

namespace stageclock::mattermost {

// The channel "mattermost": an incoming webhook, or an app that posts into rooms
// (docs/adapters/mattermost.md).
std::unique_ptr<Notifier> make(const notify::Parts& parts);

// Markdown's signs behind a backslash, and a zero-width space where Mattermost would see a mention,
// an emoji or an address, which no backslash hides.
std::string escaped(std::string_view value);

// What proves that a button is one of ours: Mattermost does not sign its calls, and shows what a
// button carries to nobody.
std::string button_token(std::string_view secret, std::string_view link, std::string_view choice);

Delivery judge(const http::Answer& answer);

}  // namespace stageclock::mattermost

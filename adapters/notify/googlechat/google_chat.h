// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "adapters/notify/web/web_channel.h"

namespace stageclock::google_chat {

// Google Chat takes 32 000 bytes a message.
constexpr std::size_t message_limit = 32'000;

// The channel "google-chat": notices as cards, posted to incoming webhooks of spaces, one thread
// for each case (docs/adapters/google-chat.md).
web::Channel channel();

}  // namespace stageclock::google_chat

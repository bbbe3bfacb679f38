// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/notify/channels.h"
#include "bot/core/time.h"

namespace stageclock::webhook {

// The channel "webhook": notices as CloudEvents 1.0, signed as Standard Webhooks 1.0 says, for a
// board's own systems (docs/adapters/webhook.md). An endpoint that answers 410 is not called again
// until the restart. Null: the settings name none. `now` is the real time.
std::unique_ptr<Notifier> make_at(const notify::Parts& parts, std::function<Instant()> now);
std::unique_ptr<Notifier> make(const notify::Parts& parts);

// The key in "whsec_" and base64 of 24 to 64 bytes; nullopt: it is none.
std::optional<std::string> key_of(std::string_view secret);
// "v1," and base64 of the HMAC-SHA256 of ID.TIMESTAMP.BODY.
std::string signature(std::string_view key, std::string_view id, std::string_view timestamp,
                      std::string_view body);

}  // namespace stageclock::webhook

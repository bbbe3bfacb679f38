// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "adapters/support/http_client.h"
#include "bot/ports/notifier.h"
#include "bot/ports/settings.h"
#include "bot/ports/templates.h"

namespace stageclock::teams {

// The channel "teams": notices as cards, posted to Workflows webhooks. A notice's destination is
// the name of one of `chats` (those of other channels are passed over); its URL is a secret and
// appears in no reply. `templates` must outlive it.
std::unique_ptr<Notifier> make_teams(const std::vector<ChatSettings>& chats,
                                     const Templates& templates, http::ClientOptions options = {});

}  // namespace stageclock::teams

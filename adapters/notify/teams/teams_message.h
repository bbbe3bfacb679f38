// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "bot/core/result.h"
#include "bot/ports/notifier.h"
#include "bot/ports/templates.h"

// What is posted to a Teams Workflows webhook, and what its answers mean. Pure functions.
namespace stageclock::teams {

// Teams drops messages above about 28 KB; this is what we allow ourselves.
constexpr std::size_t message_limit = 28 * 1000;

// The message with its Adaptive Card, from the template "teams/REASON.json", else
// "teams/notice.json". A card that is too large has its longest texts cut; its links stay.
std::string message_for(const Outgoing& outgoing, const Templates& templates);

// An answer of the webhook. Throttling is also reported inside a 200.
Delivery judge(int status, const std::string& body, std::chrono::seconds retry_after);

}  // namespace stageclock::teams

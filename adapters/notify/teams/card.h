// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

// Adaptive Cards as Teams and Webex take them: elements of version 1.3 only. JSON travels as text.
namespace stageclock::teams {

// {"type": "message", "attachments": [CARD]}, as webhooks and the bot's API take it.
std::string message_with(const std::string& card);

// A card of lines of plain text.
std::string plain_card(const std::vector<std::string>& lines);

}  // namespace stageclock::teams

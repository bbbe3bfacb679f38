// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/ports/chat.h"

// Adaptive Cards as Teams and Webex take them: elements of version 1.3 only, but for the buttons
// of the bot. JSON travels as text.
namespace stageclock::teams {

// {"type": "message", "attachments": [CARD]}, as webhooks and the bot's API take it.
std::string message_with(const std::string& card);

// A card of lines of plain text.
std::string plain_card(const std::vector<std::string>& lines);

// What a person is answered, as a card. Its texts are no markup, so nothing in them becomes a link.
// `own`: nobody else reads it, so that it may link to the page on which this reader acts.
std::string reply_card(const ChatReply& reply, bool own);

// {"type": "message", "text": TEXT}: an answer without a card, and without links, because others
// may read it too; cut to what Teams takes.
std::string text_message(const std::string& text);
std::string text_message(const ChatReply& reply);

}  // namespace stageclock::teams

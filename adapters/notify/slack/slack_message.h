// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "bot/ports/chat.h"

// Messages as Slack takes them (docs/adapters/slack.md). JSON travels as text; pure functions.
namespace stageclock::slack {

// Slack fails messages whose blocks hold about 13 200 characters, and says so nowhere.
constexpr std::size_t message_limit = 10'000;  // bytes

// & < > as Slack wants them, so that no value is a link or a mention (<!channel>).
std::string escaped(std::string_view value);
std::string unescaped(std::string_view text);

// The message with what every one of ours has: a `text` for those who see no blocks, no previews.
std::string completed(const std::string& message);
// Without what only an app can take back: text fields, and buttons that lead to no address.
std::string without_answers(const std::string& message);
// Whether it keeps within the lengths and numbers the official client libraries know.
bool fits(const std::string& message);

// The error word of an answer ("channel_not_found"), a webhook's or the Web API's; empty: there is
// none. Whatever else stands in an answer may repeat what we sent.
std::string error_word(const std::string& body);

// What an answer says: its `text`, and a button for each case that can be opened.
std::string answer_of(const ChatReply& reply);
// `original` (a message of ours, as Slack holds it) with what became of it in the place of its
// buttons.
std::string replaced(const std::string& original, const ChatReply& reply);

}  // namespace stageclock::slack

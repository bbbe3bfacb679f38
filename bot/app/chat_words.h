// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/ports/chat.h"
#include "bot/ports/links.h"

// The sentences a chat is answered with. None holds a name or what people wrote. Pure.
namespace stageclock::chat_words {

ChatReply reply(ChatReply::Kind kind, std::string text);

// The forms people can write in.
std::string forms();
ChatReply help();
ChatReply not_understood();
ChatReply unavailable();
ChatReply too_long();
// They are not listed: how that is mended.
ChatReply who(const Speaker& speaker);
// No such case, or none of theirs: told alike. `ref` may be empty.
ChatReply which(const std::string& ref);
// What the notices of the case offer instead of what was asked for.
ChatReply not_offered(const std::string& ref, const ActionPage& page);
// What became of an act.
ChatReply acted(const Acted& acted, const Zone& zone);

}  // namespace stageclock::chat_words

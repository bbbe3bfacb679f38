// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/case.h"
#include "bot/core/directory.h"
#include "bot/ports/chat.h"
#include "bot/ports/store.h"

namespace stageclock {

// Who speaks in a chat, as one board knows them. Pure.
struct KnownSpeaker {
    std::vector<const Post*> posts;      // that list the account, or have the address
    std::vector<std::string> addresses;  // of these posts, and the one the platform vouches for

    // What is said to `to` is said to them.
    bool is(const Recipient& to) const;
    bool has(std::string_view address) const;
};
KnownSpeaker known_on(const Directory& directory, const Speaker& speaker);

// Whether they raised the case, are named on it, or were told of it: nobody else hears from a chat
// that it exists. `rows`: the notices of the case.
bool has_part(const KnownSpeaker& who, const Case& the_case, const std::vector<NoticeRow>& rows);

// Whether the app they speak through may speak of that board.
bool may_speak_of(const Speaker& speaker, const std::string& board);

}  // namespace stageclock

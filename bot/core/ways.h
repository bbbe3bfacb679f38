// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "bot/core/case.h"
#include "bot/core/directory.h"
#include "bot/core/notice.h"
#include "bot/core/policy.h"

// By which channels a notice travels. Mail always carries it, because mail is the record and takes
// the form along; a chat or a text message is a nudge beside it, and never carries a name.
namespace stageclock {

// The nudges beside a notice sent by mail: a prompt or reminder also goes by the first of the
// post's other ways, an urgent one by the first `urgent_at_once` of them.
std::vector<Notice> nudges_beside(const Notice& mail, const Directory& directory,
                                  const Board& board);

// The same notice by the next way of the post, after one that failed or took too long. None: there
// is no other way, or what it says is for one person's mail alone. Asked twice it gives the same
// notice twice; its key tells them apart from all others.
std::optional<Notice> next_way(const Notice& failed, const Directory& directory);

// Whether what a notice asks is still to be done: a channel may take days to give up. What only
// informs stays true, and is owed.
bool still_owed(const Notice& notice, const Case& the_case);

// How long a notice may wait to be taken before the next way is tried as well.
std::chrono::minutes patience_of(const Notice& notice, const Board& board);

}  // namespace stageclock

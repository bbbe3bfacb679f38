// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/play.h"

namespace stageclock {

// Whose addresses a story plays with.
enum class Addresses {
    made_up,   // every post has POSTID@example.org, except those listed as vacant
    published  // as the directory has them: gaps stay gaps
};

// A story as its file tells it: docs/simulate.md has every key. The script lacks what only the
// board can say: its id and the reference.
struct StoryFile {
    std::string file;
    std::string title;
    std::string about;
    std::string policy;  // folder, as a path the process can open
    Addresses addresses = Addresses::made_up;
    std::vector<std::string> vacant;  // ids of posts
    Script script;
};

}  // namespace stageclock

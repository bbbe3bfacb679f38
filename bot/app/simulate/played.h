// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bot/ports/story.h"

namespace stageclock::simulate {

// A story that was played, with everything it was judged by.
struct Played {
    StoryFile story;
    Board board;
    Policy policy;
    Directory directory;
    Calendar calendar;
    Timeline timeline;

    Rules rules() const { return {policy, board, directory, calendar}; }
};

// The directory as the story plays with it: every post reached at POSTID@example.org, the vacant
// ones nowhere; or as it was published.
Directory with_addresses(Directory directory, Addresses addresses,
                         const std::vector<std::string>& vacant);

// Names among `vacant` that are no post of the directory.
std::vector<std::string> unknown_posts(const Directory& directory,
                                       const std::vector<std::string>& vacant);

// Completes the script with what the board says and plays it. On the heap because the timeline
// points into the policy.
std::unique_ptr<Played> play_story(StoryFile story, Board board, Policy policy, Directory directory,
                                   Calendar calendar);

}  // namespace stageclock::simulate

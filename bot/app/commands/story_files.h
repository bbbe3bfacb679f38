// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/registry.h"
#include "bot/app/simulate/played.h"

// Stories as files, with the policy and the calendar they name.
namespace stageclock::commands {

struct StoryRun {
    std::unique_ptr<simulate::Played> played;  // null: see `findings`
    std::vector<Finding> findings;
    bool missing = false;  // the story's file does not exist
};

// Reads the story and its policy and plays it; `until` ends it at another time than its own.
// `calendar` is a bank-holiday file; empty: the one beside the policy's folder, as in policies/.
StoryRun run_story(const std::string& file, const std::string& calendar,
                   const std::optional<std::string>& until);

// Every story of a policy folder, in order of name.
struct StoryFolder {
    Policy policy;
    std::vector<std::unique_ptr<simulate::Played>> played;
    std::vector<Finding> findings;
    bool missing = false;  // there is no such folder
};
StoryFolder run_stories_of(const std::string& folder, const std::string& calendar);

// A time as stories write them, for the command line. The error says what is permitted.
Result<Instant> parse_story_time(const std::string& text, const Zone& zone);

// The zone stories are told in.
Result<Zone> story_zone();

// A policy folder, whatever its board calls itself.
Loaded<BoardData> load_policy_folder(const std::string& folder,
                                     const std::vector<Calendar>& calendars);
// The holidays for a policy folder: see run_story.
Loaded<std::vector<Calendar>> calendars_for(const std::string& folder, const std::string& calendar,
                                            const Zone& zone);

}  // namespace stageclock::commands

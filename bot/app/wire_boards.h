// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "adapters/registry.h"
#include "bot/app/rulebook.h"

// Boards with every version of their policy that cases may have been raised under.
namespace stageclock {

struct ReadBoard {
    ServedBoard served;
    std::string folder;               // where its policy was read from
    std::vector<Finding> findings;    // not empty: `served` is not to be used
    std::vector<Finding> gaps;
    std::vector<Finding> warnings;
};

// Reads a board as its settings say. `data_dir` holds the copies kept of what was served before;
// empty: there are none. Where policy.toml is gone the copy served last is read instead, with a
// warning: a file that vanished must not stop the cases that run. One with mistakes is no policy.
ReadBoard read_board(const BoardSettings& settings, const std::string& data_dir,
                     const std::vector<Calendar>& calendars);

}  // namespace stageclock

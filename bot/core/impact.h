// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/core/decide.h"

namespace stageclock {

// One way in which a case would stand differently under another version of its policy.
struct Impact {
    enum class Kind {
        no_such_stage,   // the case cannot be migrated: the stage it stands at is gone
        duty_gone,       // what is owed now would be owed no more
        duty_new,        // something more would be owed, from its own start on
        deadline_moved
    };
    Kind kind{};
    std::string rule;  // the stage or duty
    std::optional<Instant> before;
    std::optional<Instant> after;
};

// What moving an open case from one version of its policy to another would change at `now`. Empty:
// nothing that is owed now.
std::vector<Impact> impact_of(const Case& the_case, const Rules& before, const Rules& after,
                              Instant now);

}  // namespace stageclock

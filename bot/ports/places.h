// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "bot/core/result.h"

namespace stageclock {

// Where people can be written to on a chat platform, as the platform told us: learnt when somebody
// meets our app, used when we have to write to them first. Thread-safe; errors:
// Code::unavailable.
class Places {
public:
    virtual ~Places() = default;

    // `person`: an account or mail address of theirs on `channel`, in lower case. `place`: whatever
    // the channel needs to find them again; replaces what was kept before, empty forgets it.
    virtual Done keep_place(const std::string& channel, const std::string& person,
                            const std::string& place) = 0;
    virtual Result<std::optional<std::string>> place_of(const std::string& channel,
                                                        const std::string& person) = 0;
};

}  // namespace stageclock

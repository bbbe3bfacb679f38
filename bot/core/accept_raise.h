// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/decide.h"

namespace stageclock {

// The part of accept() that begins a case: checks what a raise says against the policy and the
// directory, and gives the events of a new case that will be known as `ref`.
Verdict accept_raise(const std::string& ref, const Rules& rules, const Update& update, Instant now);

// The rungs of the case's ladder from `from` up to, not including, `to`.
std::vector<std::string> skipped_stages(const Case& the_case, const Rules& rules,
                                        const std::string& from, const std::string& to);

}  // namespace stageclock

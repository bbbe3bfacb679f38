// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "bot/core/directory.h"
#include "bot/core/policy.h"

namespace stageclock {

// What is wrong with a directory, and with a policy beside it: two agencies of one name, names of
// agencies that point nowhere, a post that is its own deputy, rows of a route that hold at the same
// hour. check() of bot/core/policy.h is for the policy by itself.
std::vector<Problem> check(const Policy& policy, const Directory& directory);

}  // namespace stageclock

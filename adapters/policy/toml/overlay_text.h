// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/directory_import.h"
#include "bot/core/result.h"

namespace stageclock::policy_toml {

// An overlay's text with these posts added or changed; every other row stays as it is, comments do
// not. `name` is for the error of a text that is no TOML.
Result<std::string> overlay_with(const std::string& text, const std::string& name,
                                 const std::vector<PostChange>& changes);

}  // namespace stageclock::policy_toml

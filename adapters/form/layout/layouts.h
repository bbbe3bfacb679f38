// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "bot/core/form_layout.h"
#include "bot/core/result.h"

namespace stageclock::forms {

// Reads every layout of the folder, by name: NAME.toml. The error names each problem of each file,
// one per line, as "file:line: what is wrong; what is permitted".
Result<std::map<std::string, FormLayout>> read_layouts(const std::string& folder);

}  // namespace stageclock::forms

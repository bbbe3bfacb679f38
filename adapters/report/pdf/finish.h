// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/result.h"

namespace stageclock::report {

// Adds to the drawn pages what cairo 1.16 cannot say: their language, that viewers show the title,
// the text alternative of each figure in reading order, which way a table's head cells point, and
// an id made from the content.
Result<std::string> finished(const std::string& drawn, const std::vector<std::string>& figures);

}  // namespace stageclock::report

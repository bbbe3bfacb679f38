// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/result.h"

namespace stageclock::pdf {

// Adds to a drawn document what cairo 1.16 cannot say: its language, that viewers show the title,
// the tab order, the title as XMP; and an id made from its content, so that the same values give
// the same bytes.
Result<std::string> finished(const std::string& drawn, const std::string& title,
                             const std::string& language, const std::string& made);

}  // namespace stageclock::pdf

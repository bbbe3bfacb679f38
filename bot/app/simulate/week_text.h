// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "bot/app/simulate/lines.h"
#include "bot/core/week.h"

namespace stageclock::simulate {

// Who would be told for `target`, a line for each span of hours.
std::vector<Paragraph> describe_week(const Played& played, const Target& target,
                                     const std::vector<Span>& spans);

}  // namespace stageclock::simulate

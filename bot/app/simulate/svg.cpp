// SPDX-License-Identifier: MIT
#include "bot/app/simulate/svg.h"

namespace stageclock::simulate {
std::string as_svg(const Played&) { return ""; }
}  // namespace stageclock::simulate

// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/app/simulate/played.h"

namespace stageclock::simulate {

// The ladder as a picture: working days from left to right, a lane for each stage, deadlines,
// reminders and prompts as marks. A whole SVG document without scripts or outside references.
std::string as_svg(const Played& played);

}  // namespace stageclock::simulate

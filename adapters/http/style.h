// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace stageclock::front {

// The one style sheet of the pages, served at /style.css.
std::string_view style_sheet();

}  // namespace stageclock::front

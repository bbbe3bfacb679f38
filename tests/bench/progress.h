// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace stageclock::bench {

// One line of a terminal that is written over, so that a long measurement shows that it goes on;
// nothing where standard error is no terminal.
void show_progress(const std::string& text);
void clear_progress();

}  // namespace stageclock::bench

// SPDX-License-Identifier: MIT
#pragma once

namespace stageclock::bench {

// Prints how many forms one processor makes in a second, each with values of its own. Run in the
// repository's folder, whose layouts it fills. Throws std::runtime_error.
void measure_forms();

}  // namespace stageclock::bench

// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

namespace stageclock::bench {

// Seconds of processor time a process has taken so far, in all its threads; proc(5), stat. What it
// takes for one update says more than the rate does on a machine that others use too. Throws
// std::runtime_error.
double cpu_seconds(pid_t process);

}  // namespace stageclock::bench

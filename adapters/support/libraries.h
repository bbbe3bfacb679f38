// SPDX-License-Identifier: MIT
#pragma once

// Libraries that must be started once in the process before anything of theirs is used. Several
// adapters use each; a start of their own in each would let two threads start one at the same time,
// and the second would use it half made. Thread-safe, cheap to call again.
namespace stageclock::support {

void start_gmime();
void start_curl();

}  // namespace stageclock::support

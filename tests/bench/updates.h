// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "tests/bench/http_load.h"

namespace stageclock::bench {

// Prints SQLite's own commits, raises and acknowledgements a second, and their ratios. `folder`
// holds the daemon's database. False when less was stored than answered, or 64 connections are not
// four times one.
bool measure_updates(const Daemon& daemon, const std::string& folder);

}  // namespace stageclock::bench

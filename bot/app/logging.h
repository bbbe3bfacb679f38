// SPDX-License-Identifier: MIT
#pragma once

namespace stageclock {

// Sends the log to standard error: a line of text each, or a JSON object each. Call once before
// anything logs, and again when the settings are known. Not thread-safe.
void log_as(bool json);

}  // namespace stageclock

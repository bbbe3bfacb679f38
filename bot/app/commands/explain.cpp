// SPDX-License-Identifier: MIT
#include "bot/app/commands/commands.h"

namespace stageclock::commands {
int explain(const Explain&) { return exit_ok; }
}  // namespace stageclock::commands

// SPDX-License-Identifier: MIT
#include <cstdio>

#include "adapters/registry.h"
#include "bot/app/commands/commands.h"

namespace stageclock::commands {

int clock_forward(const ClockForward& options) {
    const auto settings = load_settings(options.config, {options.data_dir, options.port});
    for (const Finding& finding : settings.findings) {
        std::fprintf(stderr, "%s\n", to_text(finding).c_str());
    }
    if (!settings.findings.empty()) return exit_config;
    if (!settings.value.sandbox) {
        std::fprintf(stderr,
                     "%s is not a sandbox: the clock of a live daemon cannot be moved.\n",
                     options.config.c_str());
        return exit_no_permission;
    }
    const auto now = move_daemon_clock(settings.value, options.by);
    if (!now) {
        std::fprintf(stderr, "%s\n", now.error().what.c_str());
        return now.error().code == Code::unavailable ? exit_unavailable : exit_data;
    }
    std::printf("It is now %s.\n", now->c_str());
    return exit_ok;
}

}  // namespace stageclock::commands

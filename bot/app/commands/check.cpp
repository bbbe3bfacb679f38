// SPDX-License-Identifier: MIT
#include <cstdio>
#include <filesystem>

#include "bot/app/commands/commands.h"
#include "bot/app/wire.h"

namespace stageclock::commands {

int check(const std::string& config) {
    if (!std::filesystem::exists(config)) {
        std::fprintf(stderr, "%s: there is no such file\n", config.c_str());
        return exit_no_input;
    }
    const Wired wired = wire_dry(config);
    for (const std::string& problem : wired.problems) std::printf("%s\n", problem.c_str());
    for (const std::string& gap : wired.gaps) std::printf("gap: %s\n", gap.c_str());
    std::fprintf(stderr, "%zu problems, %zu gaps\n", wired.problems.size(), wired.gaps.size());
    return wired.problems.empty() ? exit_ok : exit_data;
}

}  // namespace stageclock::commands

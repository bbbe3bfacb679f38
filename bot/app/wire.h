// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/registry.h"
#include "bot/app/daemon.h"

namespace stageclock {

// What cannot be started is said in full: every problem of every file.
struct Wired {
    std::unique_ptr<Daemon> daemon;      // null: see `problems`
    std::vector<std::string> problems;
    std::vector<std::string> warnings;   // said at the start, and the daemon goes on
    std::vector<std::string> gaps;       // named gaps in the boards' data: no reason to stop
};

// Reads the settings, the boards and the calendar, opens the store and puts everything together.
// `data_dir` and `port` override the file when given (port 0: not given).
Wired wire(const std::string& settings_file, const std::string& data_dir, int port);

// What a post's `channels` may name under these settings.
std::vector<std::string> channels_of(const Settings& settings);

// What the files of a configuration say.
struct Configuration {
    Settings settings;
    std::vector<ServedBoard> boards;  // as many as the settings name, in their order
    std::vector<Calendar> calendars;
    std::vector<Finding> problems;    // not empty: the rest is not to be used
    std::vector<Finding> gaps;
    std::vector<Finding> warnings;  // said at the start, and the daemon goes on
};
// The same reading without opening anything: what `check` goes by.
Configuration wire_dry(const std::string& settings_file);

}  // namespace stageclock

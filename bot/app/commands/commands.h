// SPDX-License-Identifier: MIT
#pragma once

#include <string>

// The sub-commands, one file each. Each returns the process's exit code (sysexits.h numbers): data
// goes to stdout, messages to stderr.
namespace stageclock::commands {

constexpr int exit_ok = 0;
constexpr int exit_data = 65;         // what was asked about has problems
constexpr int exit_no_input = 66;     // a named file does not exist
constexpr int exit_unavailable = 69;  // the daemon does not answer
constexpr int exit_no_permission = 77;
constexpr int exit_config = 78;       // the daemon cannot start with this configuration

struct Serve {
    std::string config;
    std::string data_dir;
    int port = 0;
};
// Runs until SIGTERM or SIGINT.
int serve(const Serve& options);

// Prints every problem of a configuration and the boards it names.
int check(const std::string& config);

struct ClockForward {
    std::string config;
    std::string data_dir;
    int port = 0;
    std::string by;
};
// Moves the clock of a running sandbox.
int clock_forward(const ClockForward& options);

}  // namespace stageclock::commands

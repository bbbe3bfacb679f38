// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace stageclock::commands {

// One line of a terminal that is written over while something long goes on: how far it is and the
// seconds that are left. Nothing where standard error is no terminal.
class Progress {
public:
    explicit Progress(std::string what);  // "Counting cases"
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void at(std::size_t done, std::size_t all);

private:
    using Clock = std::chrono::steady_clock;

    std::string what_;
    bool terminal_;
    Clock::time_point begun_ = Clock::now();
    Clock::time_point shown_{};
};

}  // namespace stageclock::commands

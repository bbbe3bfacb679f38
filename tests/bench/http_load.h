// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include <sys/types.h>

namespace stageclock::bench {

// A daemon on this machine and the bearer of its source "bench".
struct Daemon {
    std::uint16_t port = 0;
    pid_t process = 0;
    std::string bearer;
};

struct Load {
    std::string what;          // shown while it runs
    std::size_t connections = 1;
    std::size_t most = 0;      // requests; ends after them or after `longest`
    std::chrono::seconds longest{5};
    int status = 200;          // what each must be answered
};

struct Measured {
    std::size_t answered = 0;
    double seconds = 0;
    double p50 = 0;            // milliseconds from the last byte sent to the last byte received
    double p99 = 0;
    double cpu = 0;            // microseconds of the daemon's processor time for each
    double per_second() const { return static_cast<double>(answered) / seconds; }
};

// Posts event(0), event(1)... over kept connections, on each the next when the last is answered,
// and gives every answer's body to `answered`. One thread, so that it takes little of the machine
// the daemon runs on. Throws std::runtime_error at the first answer with another status, or when
// there is none within ten seconds.
Measured post(const Daemon& daemon, const Load& load,
              const std::function<std::string(std::size_t)>& event,
              const std::function<void(const std::string&)>& answered);

}  // namespace stageclock::bench

// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/notify/smtp/smtp_connection.h"

namespace stageclock::smtp {

// Bytes to and from the relay, over libcurl. Used by one thread at a time.
struct Connection::Transport {
    Transport();
    ~Transport();

    Done open(const Relay& relay, Deadline deadline);
    Done write(std::string_view bytes, Deadline deadline);
    // Adds what has arrived to `buffer`; waits until something has.
    Done read(Deadline deadline);
    // Says goodbye if that does not block.
    void quit();

    struct Curl;
    std::unique_ptr<Curl> curl;
    std::string buffer;        // read, not yet taken
    std::string capabilities;  // lines of the last EHLO answer
    bool has(std::string_view keyword) const;
};

}  // namespace stageclock::smtp

// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/notify/smtp/smtp_connection.h"

namespace stageclock::smtp {

// The connections to one relay: never more than `limit` at once, open ones used again, the one
// used last first. Thread-safe.
class ConnectionPool {
public:
    ConnectionPool(Relay relay, std::size_t limit);

    struct Held {
        std::unique_ptr<Connection> connection;
        bool used_before = false;  // may have been closed by the other side meanwhile
    };
    // Waits for a connection to become free, or opens one. Each success must be followed by one
    // give_back or drop.
    Result<Held> take(Deadline deadline);
    void give_back(std::unique_ptr<Connection> connection);
    // For one that cannot be used any more. `others_too`: the idle ones are likely dead as well.
    void drop(std::unique_ptr<Connection> connection, bool others_too);

private:
    struct Idle {
        std::unique_ptr<Connection> connection;
        Deadline since;
    };
    void leave();

    const Relay relay_;
    const std::size_t limit_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::size_t in_use_ = 0;
    std::vector<Idle> idle_;
};

}  // namespace stageclock::smtp

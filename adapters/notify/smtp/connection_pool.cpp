// SPDX-License-Identifier: MIT
#include "adapters/notify/smtp/connection_pool.h"

#include <utility>

namespace stageclock::smtp {
namespace {

// Below the idle limits of common servers (RFC 5321 section 4.5.3.2.7 asks for five minutes, NAT
// boxes forget sooner).
constexpr auto idle_limit = std::chrono::seconds(45);

}  // namespace

ConnectionPool::ConnectionPool(Relay relay, std::size_t limit)
    : relay_(std::move(relay)), limit_(limit) {}

Result<ConnectionPool::Held> ConnectionPool::take(Deadline deadline) {
    std::vector<Idle> stale;  // closed after the lock is released
    {
        std::unique_lock lock(mutex_);
        if (!freed_.wait_until(lock, deadline, [this] { return in_use_ < limit_; })) {
            return Error{Code::unavailable, "no connection to the mail server became free", ""};
        }
        ++in_use_;
        if (!idle_.empty()) {
            auto idle = std::move(idle_.back());
            idle_.pop_back();
            if (std::chrono::steady_clock::now() - idle.since < idle_limit) {
                return Held{std::move(idle.connection), true};
            }
            stale.push_back(std::move(idle));
            for (auto& older : idle_) stale.push_back(std::move(older));
            idle_.clear();
        }
    }
    auto opened = Connection::open(relay_, deadline);
    if (opened) return Held{*std::move(opened), false};
    leave();
    return opened.error();
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        idle_.push_back({std::move(connection), std::chrono::steady_clock::now()});
    }
    leave();
}

void ConnectionPool::drop(std::unique_ptr<Connection> connection, bool others_too) {
    connection.reset();
    std::vector<Idle> dead;
    if (others_too) {
        const std::lock_guard lock(mutex_);
        dead.swap(idle_);
    }
    dead.clear();
    leave();
}

void ConnectionPool::leave() {
    {
        const std::lock_guard lock(mutex_);
        --in_use_;
    }
    freed_.notify_one();
}

}  // namespace stageclock::smtp

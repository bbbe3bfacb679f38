// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace stageclock {

// A bell one thread waits for and others ring. A ring before the wait is not lost.
class Wakeup {
public:
    void ring() {
        {
            const std::lock_guard lock(mutex_);
            rung_ = true;
        }
        bell_.notify_all();
    }

    // Returns when rung, or after `patience`.
    void wait(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        bell_.wait_for(lock, patience, [this] { return rung_; });
        rung_ = false;
    }

private:
    std::mutex mutex_;
    std::condition_variable bell_;
    bool rung_ = false;
};

}  // namespace stageclock

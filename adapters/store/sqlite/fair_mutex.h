// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace stageclock::sqlite {

// A mutex that is given in the order it was asked for. The engine commits again and again; with a
// plain mutex a sender or the checkpoint could wait for long without ever getting its turn.
class FairMutex {
public:
    void lock() {
        std::unique_lock guard(mutex_);
        const std::uint64_t mine = asked_++;
        turn_.wait(guard, [&] { return mine == served_; });
    }
    void unlock() {
        const std::scoped_lock guard(mutex_);
        ++served_;
        turn_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable turn_;
    std::uint64_t asked_ = 0;
    std::uint64_t served_ = 0;
};

}  // namespace stageclock::sqlite

// SPDX-License-Identifier: MIT
#include "adapters/http/workers.h"

#include <exception>
#include <utility>

namespace stageclock::front {

Workers::Workers(std::size_t threads, std::size_t capacity, Serve serve)
    : capacity_(capacity), serve_(std::move(serve)) {
    threads_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() { finish(); }

void Workers::bring(Visit visit) {
    {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return queue_.size() < capacity_ || finished_; });
        if (finished_) return;
        queue_.push_back(std::move(visit));
        waiting_.store(queue_.size(), std::memory_order_relaxed);
    }
    work_.notify_one();
}

void Workers::work() {
    for (;;) {
        Visit visit;
        {
            std::unique_lock lock(mutex_);
            work_.wait(lock, [&] { return !queue_.empty() || finished_; });
            if (queue_.empty()) return;
            visit = std::move(queue_.front());
            queue_.pop_front();
            waiting_.store(queue_.size(), std::memory_order_relaxed);
        }
        room_.notify_one();
        try {
            serve_(std::move(visit));
        } catch (const std::exception&) {
            // Out of memory, most likely: this connection is closed, the next one is served.
            continue;
        }
    }
}

void Workers::finish() {
    {
        const std::lock_guard lock(mutex_);
        finished_ = true;
    }
    work_.notify_all();
    room_.notify_all();
    threads_.clear();
}

}  // namespace stageclock::front

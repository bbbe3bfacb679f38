// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/http/socket.h"

namespace stageclock::front {

// A connection on its way through the house.
struct Visit {
    Descriptor socket;
    std::size_t requests = 0;  // answered so far
};

// Threads that serve visits, and a queue before them that has an end: whoever brings one more
// waits, and the kernel keeps the rest.
class Workers {
public:
    using Serve = std::function<void(Visit)>;

    Workers(std::size_t threads, std::size_t capacity, Serve serve);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // Blocks while the queue is full. After finish() the visit is closed at once.
    void bring(Visit visit);
    // True while somebody waits for a worker.
    bool busy() const { return waiting_.load(std::memory_order_relaxed) > 0; }
    // Serves what waits, then ends the threads.
    void finish();

private:
    void work();

    const std::size_t capacity_;
    const Serve serve_;
    std::mutex mutex_;
    std::condition_variable room_;
    std::condition_variable work_;
    std::deque<Visit> queue_;
    bool finished_ = false;
    std::atomic<std::size_t> waiting_{0};
    std::vector<std::jthread> threads_;
};

}  // namespace stageclock::front

// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "adapters/http/workers.h"
#include "bot/core/result.h"

namespace stageclock::front {

// One thread that takes connections in and holds those nobody asks anything on, so that an idle
// connection costs a descriptor and no thread. As soon as something arrives the workers get it.
// cpp-httplib's own loop has a thread for each idle connection, a backlog of five, and ends for
// good on the first error of accept().
class Reception {
public:
    // `listener` must outlive this; `most_idle` connections are held, the longest idle one leaves
    // for the next.
    Reception(int listener, Workers& workers, std::size_t most_idle);
    ~Reception();
    Reception(const Reception&) = delete;
    Reception& operator=(const Reception&) = delete;

    Done open();
    // Takes a connection back until it has something to say. Thread-safe.
    void hold(Visit visit);
    // Takes no more connections and lets the idle ones go.
    void close();

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Held {
        Visit visit;
        Time since;
    };

    void run();
    void welcome();
    void hand_over(int fd);
    void pause_listener(bool pause);
    // The waiting time until the next idle connection is to go, in ms.
    int cut_idle(Time now);
    bool drop_longest_idle();
    void keep(Visit visit);

    const int listener_;
    Workers& workers_;
    const std::size_t most_idle_;
    Descriptor epoll_;
    Descriptor wake_;
    bool paused_ = false;
    std::mutex mutex_;
    bool closed_ = false;
    std::list<Held> held_;  // longest idle first
    std::unordered_map<int, std::list<Held>::iterator> places_;
    std::jthread thread_;
};

}  // namespace stageclock::front

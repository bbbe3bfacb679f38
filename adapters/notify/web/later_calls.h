// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "adapters/support/http_client.h"

namespace stageclock::web {

// Calls that follow an answer which could not wait for them, such as the new words of a message
// whose button was pressed. Each is tried three times, then named in the log and given up: nothing
// may depend on it. Thread-safe; the destructor tries what is left once, up to the first failure.
class LaterCalls {
public:
    // `name` stands in the log.
    LaterCalls(std::string name, http::ClientOptions options);
    ~LaterCalls();
    LaterCalls(const LaterCalls&) = delete;
    LaterCalls& operator=(const LaterCalls&) = delete;

    // Of more than 200 that wait the new one is dropped.
    void add(http::Request request);

private:
    void run();
    bool call(const http::Request& request);

    const std::string name_;
    http::Client client_;
    std::mutex mutex_;
    std::condition_variable bell_;
    std::deque<http::Request> waiting_;
    bool stop_ = false;
    std::jthread thread_;
};

}  // namespace stageclock::web

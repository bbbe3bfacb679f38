// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <vector>

#include "adapters/http/exchange.h"

namespace stageclock {

// Keeps the requests that reached it. "/refuse" is refused before its body is read, "/throw" (or
// the body "throw") throws, "/wait" answers when let go.
class RecordingApplication final : public front::Application {
public:
    std::optional<front::Response> admit(const front::Request& head) override {
        if (head.path != "/refuse") return std::nullopt;
        return front::Response{403, "text/plain", "refused", {}};
    }

    front::Response answer(const front::Request& request) override {
        if (request.path == "/throw" || request.body == "throw") {
            throw std::runtime_error("Canary in the text of an exception");
        }
        std::unique_lock lock(mutex_);
        seen_.push_back(request);
        came_.notify_all();
        if (request.path == "/wait") went_.wait(lock, [&] { return let_go_; });
        return {200, "text/plain", "looked", {}};
    }

    front::Response failed(int status) override {
        return {status, "text/plain", "failed", {}};
    }

    std::vector<front::Request> seen() const {
        const std::lock_guard lock(mutex_);
        return seen_;
    }
    bool wait_for(std::size_t requests) {
        std::unique_lock lock(mutex_);
        return came_.wait_for(lock, std::chrono::seconds(5),
                              [&] { return seen_.size() >= requests; });
    }
    void let_go() {
        const std::lock_guard lock(mutex_);
        let_go_ = true;
        went_.notify_all();
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable came_;
    std::condition_variable went_;
    bool let_go_ = false;
    std::vector<front::Request> seen_;
};

}  // namespace stageclock

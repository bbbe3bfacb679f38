// SPDX-License-Identifier: MIT
#include "adapters/notify/web/later_calls.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <spdlog/spdlog.h>

namespace stageclock::web {
namespace {

constexpr std::size_t most_waiting = 200;
constexpr int attempts = 3;
constexpr std::chrono::seconds longest_pause{30};

bool may_pass(const http::Answer& answer) { return answer.status == 429 || answer.status >= 500; }

}  // namespace

LaterCalls::LaterCalls(std::string name, http::ClientOptions options)
    : name_(std::move(name)), client_(std::move(options)), thread_([this] { run(); }) {}

LaterCalls::~LaterCalls() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    bell_.notify_all();
}

void LaterCalls::add(http::Request request) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() == most_waiting) {
            spdlog::warn("{}: too many calls wait, one is dropped", name_);
            return;
        }
        waiting_.push_back(std::move(request));
    }
    bell_.notify_all();
}

void LaterCalls::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        bell_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const http::Request request = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        bool done = false;
        try {
            done = call(request);
        } catch (const std::exception&) {
            spdlog::warn("{}: a call was given up: out of memory or threads", name_);
        }
        lock.lock();
        if (stop_ && !done) return;
    }
}

bool LaterCalls::call(const http::Request& request) {
    std::string why;
    for (int attempt = 1; attempt <= attempts; ++attempt) {
        const auto answer = client_.send(request);
        if (answer && answer->status >= 200 && answer->status < 300) return true;
        why = answer ? "HTTP " + std::to_string(answer->status) : answer.error().what;
        const bool again = answer ? may_pass(*answer) : answer.error().code == Code::unavailable;
        if (!again || attempt == attempts) break;
        const auto pause = std::max(std::chrono::seconds(1),
                                    answer ? answer->retry_after : std::chrono::seconds(0));
        std::unique_lock lock(mutex_);
        if (bell_.wait_for(lock, std::min(pause, longest_pause), [this] { return stop_; })) break;
    }
    spdlog::warn("{}: a call was given up: {}", name_, why);
    return false;
}

}  // namespace stageclock::web

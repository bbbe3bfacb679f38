// SPDX-License-Identifier: MIT
#include "bot/app/report_watch.h"

#include <spdlog/spdlog.h>

namespace stageclock {
namespace {

constexpr std::chrono::seconds between_calls{60};
constexpr std::chrono::milliseconds between_looks{5'000};

}  // namespace

void ReportWatch::start() {
    if (reports_ == nullptr) return;
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void ReportWatch::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    bell_.ring();
    thread_.join();
}

void ReportWatch::run(const std::stop_token& stop) {
    auto next = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
        try {
            if (std::chrono::steady_clock::now() >= next && desk_.waiting()) {
                next = std::chrono::steady_clock::now() + between_calls;
                const Done asked = reports_->ask(desk_);
                if (!asked) spdlog::warn("delivery reports: {}", asked.error().what);
            }
        } catch (const std::exception& error) {
            spdlog::error("delivery reports: {}", error.what());
        }
        bell_.wait(between_looks);
    }
}

}  // namespace stageclock

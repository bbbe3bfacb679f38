// SPDX-License-Identifier: MIT
#include "bot/app/commands/progress.h"

#include <cstdio>
#include <utility>

#include <unistd.h>

namespace stageclock::commands {
namespace {

constexpr std::chrono::milliseconds between{100};
constexpr std::size_t width = 30;

}  // namespace

Progress::Progress(std::string what)
    : what_(std::move(what)), terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    if (terminal_) std::fputs("\r\033[K", stderr);
}

void Progress::at(std::size_t done, std::size_t all) {
    const auto now = Clock::now();
    if (!terminal_ || all == 0 || now - shown_ < between) return;
    shown_ = now;
    const std::size_t filled = width * done / all;
    const std::chrono::duration<double> spent = now - begun_;
    const double left =
        done == 0 ? 0 : spent.count() / static_cast<double>(done) * static_cast<double>(all - done);
    std::fprintf(stderr, "\r\033[K%s [%s%s] %zu of %zu, %.0f s left", what_.c_str(),
                 std::string(filled, '#').c_str(), std::string(width - filled, '.').c_str(), done,
                 all, left);
    std::fflush(stderr);
}

}  // namespace stageclock::commands

// SPDX-License-Identifier: MIT
#include "adapters/store/sqlite/checkpointer.h"

#include <algorithm>

namespace stageclock::sqlite {
namespace {

// Readers take far less; somebody else's may not.
constexpr std::chrono::milliseconds readers_wait{500};
constexpr int passes = 4;

}  // namespace

Checkpointer::Checkpointer(const std::string& path, FairMutex& writer, Limits limits)
    : writer_(writer),
      limits_(limits),
      database_(path, Database::Use::write, readers_wait),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Checkpointer::committed(int pages) noexcept {
    const std::scoped_lock lock(mutex_);
    pages_ = pages;
    if (pages <= finished_) finished_ = 0;
    if (pages >= finished_ + limits_.soft) wake_.notify_one();
}

void Checkpointer::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [this] { return pages_ >= finished_ + limits_.soft; })) {
        lock.unlock();
        round();
        lock.lock();
    }
}

// First most of the log while the writer goes on, then the rest while it waits: only a log that is
// copied to its end begins anew. The writer adds pages meanwhile, so that a few passes make the
// rest small.
void Checkpointer::round() {
    for (int pass = 0; pass < passes; ++pass) {
        const auto log = database_.checkpoint(false);
        const std::scoped_lock lock(mutex_);
        if (!log || pages_ - log->copied < limits_.soft / 16) break;
    }
    const std::scoped_lock quiet(writer_);
    const auto log = database_.checkpoint(false);
    int pages = 0;
    {
        const std::scoped_lock lock(mutex_);
        pages = finished_ = log ? std::max(log->pages, pages_) : pages_;
    }
    if (pages >= limits_.hard) database_.checkpoint(true);
}

}  // namespace stageclock::sqlite

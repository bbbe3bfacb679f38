// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "adapters/store/sqlite/database.h"
#include "adapters/store/sqlite/fair_mutex.h"

namespace stageclock::sqlite {

// Copies the write-ahead log into the database file beside the writer, so that no answer waits for
// it, and keeps the log at a steady size. A thread and a connection of its own.
class Checkpointer {
public:
    struct Limits {
        int soft = 4096;   // pages (of 4 KiB) in the log at which it is copied
        int hard = 65536;  // ... at which even readers are waited for
    };

    // `writer` is held for the last part of each round. Throws Failure.
    Checkpointer(const std::string& path, FairMutex& writer, Limits limits);

    // The writer has committed, and this many pages are in the log.
    void committed(int pages) noexcept;

private:
    void run(const std::stop_token& stop);
    void round();

    FairMutex& writer_;
    const Limits limits_;
    Database database_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    int pages_ = 0;     // in the log, as last told
    int finished_ = 0;  // pages the log had after the last round; 0: it has begun anew since
    std::jthread thread_;  // last: it uses all the others
};

}  // namespace stageclock::sqlite

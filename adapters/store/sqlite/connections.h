// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <new>
#include <string>

#include "adapters/store/sqlite/checkpointer.h"
#include "adapters/store/sqlite/database.h"

namespace stageclock::sqlite {

struct Options {
    std::chrono::milliseconds busy{2000};  // how long to wait for another process's lock
    Checkpointer::Limits log;
};

// One connection that writes and some that read, so that a reader never waits for a commit.
// Thread-safe.
class Connections {
public:
    // Makes or opens the file and brings it to our version. Throws Failure.
    Connections(const std::string& path, const Options& options);

    // Both give what `work` gives for a connection, or the Error of a Failure.
    template <class Work>
    auto read(Work work) -> decltype(work(std::declval<Database&>()));
    // In a transaction of its own that is committed when `work` gives no error.
    template <class Work>
    auto write(Work work) -> decltype(work(std::declval<Database&>()));

private:
    struct Reader {
        Reader(const std::string& path, std::chrono::milliseconds busy)
            : database(path, Database::Use::read, busy) {}
        std::mutex mutex;
        Database database;
    };
    // A reader nobody uses, or the next in turn.
    std::unique_lock<std::mutex> free_reader(Reader*& reader);

    FairMutex mutex_;  // of the writer
    Database writer_;
    std::array<std::unique_ptr<Reader>, 3> readers_;
    std::atomic<std::size_t> turn_{0};
    std::unique_ptr<Checkpointer> checkpointer_;
};

template <class Work>
auto Connections::read(Work work) -> decltype(work(std::declval<Database&>())) {
    try {
        Reader* reader = nullptr;
        const auto lock = free_reader(reader);
        return work(reader->database);
    } catch (const Failure& failure) {
        return failure.error;
    } catch (const std::bad_alloc&) {
        return Error{Code::unavailable, "the store is out of memory", ""};
    }
}

template <class Work>
auto Connections::write(Work work) -> decltype(work(std::declval<Database&>())) {
    try {
        const std::scoped_lock lock(mutex_);
        Transaction transaction(writer_);
        auto result = work(writer_);
        if (result) transaction.commit();
        return result;
    } catch (const Failure& failure) {
        return failure.error;
    } catch (const std::bad_alloc&) {
        return Error{Code::unavailable, "the store is out of memory", ""};
    }
}

}  // namespace stageclock::sqlite

// SPDX-License-Identifier: MIT
#include "adapters/store/sqlite/connections.h"

#include "adapters/store/sqlite/schema.h"

namespace stageclock::sqlite {
namespace {

const std::string& made(const std::string& path) {
    make_file(path);
    return path;
}

}  // namespace

Connections::Connections(const std::string& path, const Options& options)
    : writer_(made(path), Database::Use::write, options.busy) {
    migrate(writer_, path);
    // A log that had to grow past the limit is cut to it when it begins anew.
    writer_.run("PRAGMA journal_size_limit = " + std::to_string(options.log.hard * 4096LL));
    for (auto& reader : readers_) reader = std::make_unique<Reader>(path, options.busy);
    checkpointer_ = std::make_unique<Checkpointer>(path, mutex_, options.log);
    writer_.on_commit(
        [](void* whom, int pages) { static_cast<Checkpointer*>(whom)->committed(pages); },
        checkpointer_.get());
}

std::unique_lock<std::mutex> Connections::free_reader(Reader*& reader) {
    for (const auto& candidate : readers_) {
        std::unique_lock lock(candidate->mutex, std::try_to_lock);
        if (!lock) continue;
        reader = candidate.get();
        return lock;
    }
    reader = readers_[turn_++ % readers_.size()].get();
    return std::unique_lock(reader->mutex);
}

}  // namespace stageclock::sqlite

// SPDX-License-Identifier: MIT
// The sandbox's clock: the real time and an offset that only grows. The offset is on disk before
// `now` shows it: after a crash the clock never reads earlier than a deadline already acted upon.
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <utility>

#include "adapters/clock/real_time.h"
#include "adapters/registry.h"

namespace stageclock {
namespace {

using std::chrono::seconds;

Error unwritable(const std::string& path) {
    return {Code::unavailable, "The sandbox clock cannot be written: check the disk and the rights",
            path};
}

// Writes all of `text` to a new file and waits until it is on disk.
bool write_through(const std::string& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (file < 0) return false;
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const bool synced = written && ::fsync(file) == 0;
    return ::close(file) == 0 && synced;
}

bool sync_folder(const std::string& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    const bool synced = ::fsync(folder) == 0;
    return ::close(folder) == 0 && synced;
}

class SandboxClock final : public Clock {
public:
    SandboxClock(std::string folder, seconds offset)
        : folder_(std::move(folder)), offset_(offset.count()) {}

    Instant now() const override { return clocks::real_now() + offset(); }

    Done move_to(Instant to) override {
        const std::lock_guard lock(moving_);
        if (to <= now()) return done();
        const seconds wanted = to - clocks::real_now();
        const std::string path = folder_ + "/clock";
        const std::string fresh = path + ".new";
        const bool kept = write_through(fresh, std::to_string(wanted.count()) + "\n") &&
                          ::rename(fresh.c_str(), path.c_str()) == 0 && sync_folder(folder_);
        if (!kept) return unwritable(path);
        offset_.store(wanted.count());
        return done();
    }
    bool movable() const override { return true; }

private:
    seconds offset() const { return seconds{offset_.load()}; }

    const std::string folder_;
    std::mutex moving_;
    std::atomic<seconds::rep> offset_;
};

// The offset kept in `path`; none when there is no such file yet.
Result<seconds> read_offset(const std::string& path) {
    std::error_code failure;
    if (!std::filesystem::exists(path, failure) && !failure) return seconds{0};
    std::ifstream file(path);
    std::string line;
    seconds::rep offset = 0;
    if (std::getline(file, line)) {
        const char* const end = line.data() + line.size();
        const auto [stop, error] = std::from_chars(line.data(), end, offset);
        if (error == std::errc{} && stop == end && offset >= 0) return seconds{offset};
    }
    return Error{Code::unavailable,
                 "The sandbox clock's file must hold one whole number of seconds, 0 or more: "
                 "mend it, or start with an empty data folder",
                 path};
}

}  // namespace

Result<std::unique_ptr<Clock>> make_sandbox_clock(const std::string& data_dir) {
    std::error_code failure;
    std::filesystem::create_directories(data_dir, failure);
    if (failure) return unwritable(data_dir);
    const auto offset = read_offset(data_dir + "/clock");
    if (!offset) return offset.error();
    return std::unique_ptr<Clock>(std::make_unique<SandboxClock>(data_dir, *offset));
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "adapters/store/sqlite/attempts.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <system_error>

#include "adapters/store/sqlite/database.h"

// A record is a sign, the lengths of source and id, both, and a line end: "+6 4 source id-1\n".
// '+' adds an attempt, '-' forgets them.
namespace stageclock::sqlite {
namespace {

constexpr std::size_t empty_at = 64 * 1024;
constexpr std::size_t anew_at = 1024 * 1024;

std::string record(char sign, const std::string& source, const std::string& id) {
    return sign + std::to_string(source.size()) + " " + std::to_string(id.size()) + " " + source +
           " " + id + "\n";
}

Error in_the_way(const std::string& path) {
    return {Code::unavailable,
            "attempts cannot be counted: " + std::generic_category().message(errno), path};
}

}  // namespace

Attempts::Attempts(std::string path) : path_(std::move(path)) {
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file_ < 0) throw Failure{in_the_way(path_)};
    read();
}

Attempts::~Attempts() {
    if (file_ >= 0) ::close(file_);
}

void Attempts::read() {
    std::string text;
    char block[65536];
    ssize_t count = 0;
    while ((count = ::read(file_, block, sizeof block)) > 0)
        text.append(block, static_cast<std::size_t>(count));
    if (count < 0) {
        const Error error = in_the_way(path_);
        ::close(std::exchange(file_, -1));
        throw Failure{error};
    }
    while (size_ < text.size()) {
        const std::size_t length = apply(std::string_view(text).substr(size_));
        if (length == 0) break;
        size_ += length;
    }
    // What follows is torn: dropped, so that new records can be read again.
    if (size_ < text.size() && ::ftruncate(file_, static_cast<off_t>(size_)) != 0) {
        const Error error = in_the_way(path_);
        ::close(std::exchange(file_, -1));
        throw Failure{error};
    }
}

std::size_t Attempts::apply(std::string_view rest) {
    const char sign = rest.front();
    std::size_t lengths[2] = {0, 0};
    const char* at = rest.data() + 1;
    const char* const end = rest.data() + rest.size();
    for (std::size_t& length : lengths) {
        const auto [after, error] = std::from_chars(at, end, length);
        if (error != std::errc() || after == end || *after != ' ') return 0;
        at = after + 1;
    }
    const auto left = static_cast<std::size_t>(end - at);
    if (lengths[0] > left || lengths[1] > left || lengths[0] + lengths[1] + 2 > left) return 0;
    const Key key{std::string(at, lengths[0]), std::string(at + lengths[0] + 1, lengths[1])};
    at += lengths[0] + 1 + lengths[1];
    if (*at != '\n') return 0;
    if (sign == '+')
        ++counts_[key];
    else if (sign == '-')
        counts_.erase(key);
    else
        return 0;
    return static_cast<std::size_t>(at + 1 - rest.data());
}

Done Attempts::append(const std::string& records) {
    const ssize_t written = ::write(file_, records.data(), records.size());
    if (written == static_cast<ssize_t>(records.size())) {
        size_ += records.size();
        return done();
    }
    if (written >= 0) errno = ENOSPC;
    const Error error = in_the_way(path_);
    // Half a record would hide all that follow it.
    if (written > 0 && ::ftruncate(file_, static_cast<off_t>(size_)) != 0) return error;
    return error;
}

Result<int> Attempts::count(const std::string& source, const std::string& id) {
    const std::scoped_lock lock(mutex_);
    if (const Done written = append(record('+', source, id)); !written) return written.error();
    return ++counts_[{source, id}];
}

Done Attempts::forget(const std::string& source, const std::string& id) {
    const std::scoped_lock lock(mutex_);
    const auto found = counts_.find({source, id});
    if (found == counts_.end()) return done();
    if (const Done written = append(record('-', source, id)); !written) return written.error();
    counts_.erase(found);
    shorten();
    return done();
}

// The counts are right with or without it, so that a failure here is none of the caller's.
void Attempts::shorten() {
    if (counts_.empty() && size_ >= empty_at) {
        if (::ftruncate(file_, 0) == 0) size_ = 0;
        shortened_ = size_;
        return;
    }
    if (size_ < shortened_ + anew_at) return;
    std::string records;
    for (const auto& [key, times] : counts_)
        for (int i = 0; i < times; ++i) records += record('+', key.first, key.second);
    const std::string draft = path_ + ".new";
    const int file = ::open(draft.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return;
    const ssize_t written = ::write(file, records.data(), records.size());
    if (written != static_cast<ssize_t>(records.size()) ||
        ::rename(draft.c_str(), path_.c_str()) != 0) {
        ::close(file);
        ::unlink(draft.c_str());
        return;
    }
    ::close(std::exchange(file_, file));
    size_ = shortened_ = records.size();
}

}  // namespace stageclock::sqlite

// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "bot/core/result.h"

namespace stageclock::sqlite {

// How often updates were tried that have no outcome yet: a file that is appended to, one record a
// write, never synced. It survives kill -9; after a power cut a torn end is dropped. Emptied when
// nothing is being tried, written anew when it grows too long. Thread-safe.
class Attempts {
public:
    // Reads the file, or makes it for its owner only. Throws Failure.
    explicit Attempts(std::string path);
    Attempts(const Attempts&) = delete;
    Attempts& operator=(const Attempts&) = delete;
    ~Attempts();

    Result<int> count(const std::string& source, const std::string& id);
    Done forget(const std::string& source, const std::string& id);

private:
    using Key = std::pair<std::string, std::string>;

    void read();
    std::size_t apply(std::string_view rest);  // the first record; gives its length, 0 if torn
    Done append(const std::string& records);
    void shorten();

    std::string path_;
    std::mutex mutex_;
    std::map<Key, int> counts_;
    int file_ = -1;
    std::size_t size_ = 0;
    std::size_t shortened_ = 0;  // its size after it was last written anew
};

}  // namespace stageclock::sqlite

// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

struct sqlite3;

namespace stageclock::bench {

// Looks into the daemon's database from outside, read only. Throws std::runtime_error.
class Stored {
public:
    explicit Stored(const std::string& file);

    // The first column of the first row.
    std::int64_t number(const char* sql) const;

    std::int64_t notices() const { return number("SELECT count(*) FROM notice"); }
    std::int64_t accepted() const {
        return number("SELECT count(*) FROM notice WHERE state = 'accepted'");
    }

    // Waits until every notice is accepted and gives how long that took, from `begun`; shows how
    // far it is. Throws when one failed for good or it takes longer than `longest`.
    double wait_until_sent(std::chrono::steady_clock::time_point begun,
                           std::chrono::seconds longest) const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace stageclock::bench

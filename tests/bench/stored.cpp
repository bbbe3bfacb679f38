// SPDX-License-Identifier: MIT
#include "tests/bench/stored.h"

#include <stdexcept>
#include <thread>

#include <sqlite3.h>

#include "tests/bench/progress.h"

namespace stageclock::bench {
namespace {

// Often enough for the time to be right, seldom enough to take nothing from the daemon.
constexpr std::chrono::milliseconds between_looks{50};

}  // namespace

void Stored::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

Stored::Stored(const std::string& file) {
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
    database_.reset(handle);
    if (result != SQLITE_OK) throw std::runtime_error("the daemon's database cannot be opened");
    sqlite3_busy_timeout(handle, 5000);
}

std::int64_t Stored::number(const char* sql) const {
    sqlite3_stmt* statement = nullptr;
    std::int64_t found = 0;
    const bool read =
        sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW;
    if (read) found = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    if (!read) throw std::runtime_error("the daemon's database cannot be read");
    return found;
}

double Stored::wait_until_sent(std::chrono::steady_clock::time_point begun,
                               std::chrono::seconds longest) const {
    const std::int64_t all = notices();
    while (true) {
        const std::int64_t sent = accepted();
        const auto taken = std::chrono::steady_clock::now() - begun;
        show_progress("accepted: " + std::to_string(sent) + " of " + std::to_string(all));
        if (sent == all) break;
        if (number("SELECT count(*) FROM notice WHERE state IN ('failed', 'cancelled')") > 0)
            throw std::runtime_error("notices failed");
        if (taken > longest) throw std::runtime_error("the outbox is not empty in time");
        std::this_thread::sleep_for(between_looks);
    }
    clear_progress();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace stageclock::bench

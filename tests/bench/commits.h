// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

namespace stageclock::bench {

// Rows a second SQLite itself stores durably (WAL, synchronous=FULL, 300 bytes a row) with so many
// rows in a transaction, from one thread, measured for `time`. Makes and removes `file`. Throws
// std::runtime_error.
double rows_per_second(const std::string& file, int rows_per_commit, std::chrono::seconds time);

}  // namespace stageclock::bench

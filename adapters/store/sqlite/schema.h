// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "adapters/store/sqlite/database.h"

namespace stageclock::sqlite {

// The files of migrations/, in order, compiled in. The first makes version 1 of an empty file.
std::span<const char* const> migrations();

// Makes the file if there is none, for its owner only. Throws Failure when its directory does not
// exist or cannot be written.
void make_file(const std::string& path);

// Brings the database to the version of this program, in one transaction. Throws Failure
// (Code::refused) for a database of a newer version or of another program, and leaves it alone.
void migrate(Database& database, const std::string& path);

}  // namespace stageclock::sqlite

// SPDX-License-Identifier: MIT
#include "adapters/store/sqlite/schema.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace stageclock::sqlite {

void make_file(const std::string& path) {
    // Never opened when it exists: closing it would drop the locks SQLite holds on it in this
    // process (sqlite.org/howtocorrupt.html, 2.2).
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) {
        ::close(file);
        return;
    }
    const int problem = errno;
    if (problem == EEXIST) return;
    const std::string why = std::generic_category().message(problem);
    throw Failure{{Code::unavailable, "the database file cannot be made: " + why, path}};
}

namespace {

// The version of the database; refuses one that is not for us.
std::int64_t version_of(Database& database, const std::string& path) {
    const auto known = static_cast<std::int64_t>(migrations().size());
    const std::int64_t found = database.integer("PRAGMA user_version");
    if (found > known)
        throw Failure{{Code::refused,
                       "the database is of version " + std::to_string(found) +
                           ", made by a newer stageclock; this one knows versions up to " +
                           std::to_string(known) + ". Install the newer stageclock",
                       path}};
    if (found == 0 && database.integer("SELECT count(*) FROM sqlite_schema") > 0)
        throw Failure{{Code::refused, "the file is a database of another program", path}};
    return found;
}

}  // namespace

void migrate(Database& database, const std::string& path) {
    version_of(database, path);
    if (database.text("PRAGMA journal_mode = WAL") != "wal")
        throw Failure{{Code::unavailable,
                       "the file system of the database does not permit a write-ahead log", path}};
    Transaction transaction(database);
    const auto found = static_cast<std::size_t>(version_of(database, path));
    for (const char* migration : migrations().subspan(found)) database.run(migration);
    database.run("PRAGMA user_version = " + std::to_string(migrations().size()));
    transaction.commit();
}

}  // namespace stageclock::sqlite

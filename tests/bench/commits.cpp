// SPDX-License-Identifier: MIT
#include "tests/bench/commits.h"

#include <filesystem>
#include <memory>
#include <stdexcept>

#include <sqlite3.h>

namespace stageclock::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

void expect(bool fine, sqlite3* database) {
    if (!fine) throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(database));
}

Statement prepared(sqlite3* database, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    expect(sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) == SQLITE_OK, database);
    return Statement(statement);
}

void run(sqlite3* database, const Statement& statement) {
    expect(sqlite3_step(statement.get()) == SQLITE_DONE, database);
    sqlite3_reset(statement.get());
}

Database opened(const std::string& file) {
    sqlite3* handle = nullptr;
    const int result = sqlite3_open(file.c_str(), &handle);
    Database database(handle);
    expect(result == SQLITE_OK, handle);
    expect(sqlite3_exec(handle,
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                        "CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
                        nullptr, nullptr, nullptr) == SQLITE_OK,
           handle);
    return database;
}

void remove_all(const std::string& file) {
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file + ending);
}

}  // namespace

double rows_per_second(const std::string& file, int rows_per_commit, std::chrono::seconds time) {
    remove_all(file);
    double rate = 0;
    {
        const Database database = opened(file);
        const Statement begin = prepared(database.get(), "BEGIN IMMEDIATE");
        const Statement insert = prepared(database.get(), "INSERT INTO row (body) VALUES (?)");
        const Statement commit = prepared(database.get(), "COMMIT");
        const std::string body(300, 'x');
        sqlite3_bind_text(insert.get(), 1, body.data(), static_cast<int>(body.size()),
                          SQLITE_STATIC);
        const auto begun = SteadyClock::now();
        double rows = 0;
        while (SteadyClock::now() - begun < time) {
            run(database.get(), begin);
            for (int i = 0; i < rows_per_commit; ++i) run(database.get(), insert);
            run(database.get(), commit);
            rows += rows_per_commit;
        }
        rate = rows / std::chrono::duration<double>(SteadyClock::now() - begun).count();
    }
    remove_all(file);
    return rate;
}

}  // namespace stageclock::bench

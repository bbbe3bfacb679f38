// SPDX-License-Identifier: MIT
#include "adapters/store/sqlite/database.h"

#include <utility>

#include <sqlite3.h>

namespace stageclock::sqlite {
namespace {

// The world is in the way, or we are wrong.
Code code_of(int result) {
    switch (result & 0xff) {
        case SQLITE_ERROR:
        case SQLITE_INTERNAL:
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_MISUSE:
        case SQLITE_RANGE:
        case SQLITE_TOOBIG: return Code::internal;
        default: return Code::unavailable;
    }
}

// SQLite's own words for the code only: its longer messages may quote what was stored.
[[noreturn]] void fail(sqlite3* handle, int result) {
    const char* file = handle ? sqlite3_db_filename(handle, "main") : nullptr;
    throw Failure{{code_of(result), std::string("the store cannot be used: ") +
                                        sqlite3_errstr(result),
                   file ? file : ""}};
}

void expect_ok(sqlite3* handle, int result) {
    if (result != SQLITE_OK) fail(handle, result);
}

}  // namespace

Query::~Query() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Query::step() {
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) return false;
    sqlite3* handle = sqlite3_db_handle(statement_);
    fail(handle, sqlite3_extended_errcode(handle));
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Query::view(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return size == 0 ? std::string_view() : std::string_view(static_cast<const char*>(bytes), size);
}

std::optional<Instant> Query::maybe_instant(int column) const {
    if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
    return instant(column);
}

void Query::bind(std::int64_t value) {
    expect_ok(sqlite3_db_handle(statement_), sqlite3_bind_int64(statement_, ++next_, value));
}

void Query::bind(std::string_view text) {
    // A null pointer would be stored as NULL.
    const char* bytes = text.empty() ? "" : text.data();
    expect_ok(sqlite3_db_handle(statement_),
              sqlite3_bind_text64(statement_, ++next_, bytes, text.size(), SQLITE_TRANSIENT,
                                  SQLITE_UTF8));
}

void Query::bind(const Blob& blob) {
    const char* bytes = blob.bytes.empty() ? "" : blob.bytes.data();
    expect_ok(sqlite3_db_handle(statement_), sqlite3_bind_blob64(statement_, ++next_, bytes,
                                                                 blob.bytes.size(),
                                                                 SQLITE_TRANSIENT));
}

void Query::bind(const std::optional<Instant>& value) {
    if (value) return bind(*value);
    expect_ok(sqlite3_db_handle(statement_), sqlite3_bind_null(statement_, ++next_));
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Database::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Database::Database(const std::string& path, Use use, std::chrono::milliseconds busy) {
    sqlite3* handle = nullptr;
    // Also a reader writes: the shared memory beside the write-ahead log.
    const int result = sqlite3_open_v2(path.c_str(), &handle,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(handle);
    if (result != SQLITE_OK)
        throw Failure{{code_of(result),
                       std::string("the database cannot be opened: ") + sqlite3_errstr(result),
                       path}};
    sqlite3_extended_result_codes(handle, 1);
    busy_timeout(busy);
    run("PRAGMA synchronous = FULL");
    run("PRAGMA foreign_keys = ON");
    run("PRAGMA trusted_schema = OFF");
    run(use == Use::read ? "PRAGMA cache_size = -8192; PRAGMA query_only = ON"
                         : "PRAGMA cache_size = -65536");
}

Database::~Database() { kept_.clear(); }

void Database::run(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(handle_.get(), sqlite3_extended_errcode(handle_.get()));
}

Query Database::query(std::string_view sql) {
    auto& statement = kept_[sql];
    if (!statement) {
        sqlite3_stmt* prepared = nullptr;
        const int result = sqlite3_prepare_v3(handle_.get(), sql.data(),
                                              static_cast<int>(sql.size()),
                                              SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
        expect_ok(handle_.get(), result);
        statement.reset(prepared);
    }
    return Query(statement.get());
}

std::int64_t Database::integer(std::string_view sql) {
    Query query = this->query(sql);
    return query.step() ? query.integer(0) : 0;
}

std::string Database::text(std::string_view sql) {
    Query query = this->query(sql);
    return query.step() ? query.text(0) : std::string();
}

int Database::changes() const { return sqlite3_changes(handle_.get()); }
std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

void Database::busy_timeout(std::chrono::milliseconds wait) {
    sqlite3_busy_timeout(handle_.get(), static_cast<int>(wait.count()));
}

void Database::on_commit(void (*told)(void* whom, int pages), void* whom) {
    hook_ = {told, whom};
    sqlite3_wal_hook(
        handle_.get(),
        [](void* hook, sqlite3*, const char*, int pages) {
            const auto* us = static_cast<const Hook*>(hook);
            us->told(us->whom, pages);
            return SQLITE_OK;
        },
        &hook_);
}

std::optional<Database::Log> Database::checkpoint(bool restart) noexcept {
    Log log;
    const int mode = restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
    const int result =
        sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, mode, &log.pages, &log.copied);
    if (result != SQLITE_OK) return std::nullopt;
    return log;
}

Transaction::Transaction(Database& database) : database_(database) {
    database_.query("BEGIN IMMEDIATE").run();
}

Transaction::~Transaction() {
    if (!database_.in_transaction()) return;
    try {
        database_.query("ROLLBACK").run();
    } catch (const Failure&) {
        // SQLite has left the transaction all the same, or does so when the connection closes.
        return;
    }
}

void Transaction::commit() { database_.query("COMMIT").run(); }

}  // namespace stageclock::sqlite

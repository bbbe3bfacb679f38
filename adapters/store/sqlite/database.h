// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bot/core/result.h"
#include "bot/core/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace stageclock::sqlite {

// What is thrown inside this folder, and turned into an Error at the edge of the store.
struct Failure {
    Error error;
};

// Bytes that are not text.
struct Blob {
    std::string_view bytes;
};

// One use of a prepared statement: bind, step, read. It is ready for the next use when this goes
// out of scope. Everything bound is copied.
class Query {
public:
    explicit Query(sqlite3_stmt* statement) : statement_(statement) {}
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    template <class... Values>
    Query& with(const Values&... values) {
        (bind(values), ...);
        return *this;
    }
    // True when there is a row to read.
    bool step();
    void run() {
        while (step()) {
        }
    }

    std::int64_t integer(int column) const;
    std::string text(int column) const { return std::string(view(column)); }
    // Valid until the next step.
    std::string_view view(int column) const;
    Instant instant(int column) const { return Instant(std::chrono::seconds(integer(column))); }
    std::optional<Instant> maybe_instant(int column) const;

private:
    void bind(std::int64_t value);
    void bind(std::uint64_t value) { bind(static_cast<std::int64_t>(value)); }
    void bind(int value) { bind(static_cast<std::int64_t>(value)); }
    void bind(bool value) { bind(static_cast<std::int64_t>(value)); }
    void bind(std::string_view text);
    void bind(const std::string& text) { bind(std::string_view(text)); }
    void bind(const char* text) { bind(std::string_view(text)); }
    void bind(Instant value) { bind(std::int64_t{value.time_since_epoch().count()}); }
    void bind(const std::optional<Instant>& value);
    void bind(const Blob& blob);

    sqlite3_stmt* statement_;
    int next_ = 0;
};

// A connection, used by one thread at a time: whoever holds it guards it. Every call throws
// Failure.
class Database {
public:
    enum class Use { write, read };

    // `busy`: how long to wait for a lock that somebody else holds.
    Database(const std::string& path, Use use, std::chrono::milliseconds busy);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    // Statements of our own, without values; several in one text are permitted.
    void run(const std::string& sql);
    // `sql` must live as long as the connection (a literal): the prepared statement is kept.
    Query query(std::string_view sql);

    std::int64_t integer(std::string_view sql);  // of a query with one value
    std::string text(std::string_view sql);      // the same
    int changes() const;                         // rows the last statement changed
    std::int64_t last_id() const;
    bool in_transaction() const;
    void busy_timeout(std::chrono::milliseconds wait);

    // `told` is called after each commit with the pages in the write-ahead log; by this, SQLite
    // itself no longer checkpoints. Must not throw.
    void on_commit(void (*told)(void* whom, int pages), void* whom);
    struct Log {
        int pages = 0;   // in the write-ahead log
        int copied = 0;  // of these, already in the database file
    };
    // Copies the log into the database file. `restart` waits for readers, so that the log begins
    // anew. Nothing when it could not be done now.
    std::optional<Log> checkpoint(bool restart) noexcept;

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    struct Hook {
        void (*told)(void* whom, int pages) = nullptr;
        void* whom = nullptr;
    };

    std::unique_ptr<sqlite3, Close> handle_;
    Hook hook_;
    std::unordered_map<std::string_view, std::unique_ptr<sqlite3_stmt, Finalize>> kept_;
};

// A write transaction: rolled back when it goes out of scope without commit().
class Transaction {
public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

private:
    Database& database_;
};

}  // namespace stageclock::sqlite

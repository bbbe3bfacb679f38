// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/registry.h"

// Typed reading of TOML files people edit. Nothing stops at the first problem: each getter records
// what is wrong, with file, line and field, gives a harmless value and goes on. Not thread-safe.
namespace stageclock::toml_reader {

struct Place {
    std::string file;
    int line = 0;
};

// What reading some files found; shared by all documents read for one purpose.
struct Report {
    std::vector<Finding> findings;
    // Every key a loader asked for, as "stage.title": what the language is made of.
    std::set<std::string> keys;
    // Where each row and each of its keys stands: "stage/2", "stage/2/actors". A row read later
    // (an overlay) takes the place of one of the same name.
    std::map<std::string, Place> places;

    // The place of a key, else of its row, else the first line of `file`.
    Place place(const std::string& table, const std::string& id, const std::string& field,
                const std::string& file) const;
};

struct RowState;

// One table of a document: a light handle, valid as long as its document.
class Row {
public:
    explicit Row(RowState* state) : state_(state) {}

    bool has(const char* key) const;
    // The keys it has: for tables whose keys are the file's own words.
    std::vector<std::string> keys() const;
    // Absent gives the empty or given value; `required` reports an absent or empty text.
    std::string text(const char* key);
    std::string text(const char* key, std::string otherwise);
    std::string required(const char* key);
    // One of `permitted`; absent gives the first of them.
    std::string choice(const char* key, const std::vector<std::string>& permitted);
    bool flag(const char* key, bool otherwise);
    std::optional<bool> flag(const char* key);
    int number(const char* key, int otherwise, int least, int most);
    std::vector<std::string> texts(const char* key);
    // Terms as in bot/core/deadline.h ("1 working week"), "17:00", "2026-12-24".
    std::optional<Term> term(const char* key);
    Term required_term(const char* key);
    std::vector<Term> terms(const char* key);
    std::optional<TimeOfDay> time_of_day(const char* key);
    std::optional<Date> date(const char* key);
    // [key], or an inline table; nothing when absent. `name` is what Report::keys calls it.
    std::optional<Row> table(const char* key) { return table(key, key); }
    std::optional<Row> table(const char* key, const char* name);
    // [[key]], or an array of inline tables, in file order.
    std::vector<Row> rows(const char* key) { return rows(key, key); }
    std::vector<Row> rows(const char* key, const char* name);

    // A problem the caller found at `key` (at the row itself when `key` is empty).
    void wrong(const char* key, std::string what, std::string permitted);
    int line() const;

private:
    RowState* state_;
};

// A parsed file. A file that cannot be read or parsed is a finding, and an empty document.
class Document {
public:
    Document(const std::string& path, Report& report);
    ~Document();
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    bool usable() const;
    Row root();
    // Reports every key of the rows read so far that nobody asked for, with the nearest one that
    // is known. Call once, after everything was read.
    void report_unknown_keys();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace stageclock::toml_reader

// SPDX-License-Identifier: MIT
#include "adapters/store/sqlite/sqlite_store.h"

#include <algorithm>

#include "adapters/registry.h"
#include "adapters/store/codec/codec.h"
#include "adapters/store/codec/words.h"
#include "bot/core/directory.h"

// Opening, reading cases, and what is kept for people. The other two files hold the rest.
namespace stageclock {

Result<std::unique_ptr<Store>> make_sqlite_store(const std::string& path) {
    return sqlite::open_store(path, {});
}

}  // namespace stageclock

namespace stageclock::sqlite {

Result<std::unique_ptr<Store>> open_store(const std::string& path, const Options& options) {
    try {
        return std::unique_ptr<Store>(std::make_unique<SqliteStore>(path, options));
    } catch (const Failure& failure) {
        return failure.error;
    }
}

void Numbers::taken(const std::string& prefix, int year, int number) {
    const std::scoped_lock lock(mutex_);
    Count& count = counts_[{prefix, year}];
    count.last = std::max(count.last, number);
}

std::optional<int> Numbers::next(const std::string& prefix, int year) {
    const std::scoped_lock lock(mutex_);
    Count& count = counts_[{prefix, year}];
    if (!count.known) return std::nullopt;
    return ++count.last;
}

void Numbers::known(const std::string& prefix, int year) {
    const std::scoped_lock lock(mutex_);
    counts_[{prefix, year}].known = true;
}

SqliteStore::SqliteStore(const std::string& path, const Options& options)
    : connections_(path, options), attempts_(path + ".attempts") {}

Result<std::optional<Case>> SqliteStore::load(const std::string& ref) {
    const auto snapshot =
        connections_.read([&](Database& database) -> Result<std::optional<std::string>> {
            Query query = database.query("SELECT snapshot FROM case_file WHERE ref = ?");
            if (!query.with(ref).step()) return std::optional<std::string>();
            return std::optional(query.text(0));
        });
    if (!snapshot) return snapshot.error();
    if (!*snapshot) return std::optional<Case>();
    auto the_case = codec::decode_case(**snapshot);  // beside the lock: it takes the longest
    if (!the_case) return the_case.error();
    return std::optional(*std::move(the_case));
}

Result<std::vector<Event>> SqliteStore::events(const std::string& ref) {
    return connections_.read([&](Database& database) -> Result<std::vector<Event>> {
        Query query = database.query(
            "SELECT event.body FROM event JOIN case_file ON case_file.id = event.case_id"
            " WHERE case_file.ref = ? ORDER BY event.number");
        query.with(ref);
        std::vector<Event> events;
        while (query.step()) {
            auto event = codec::decode_event(query.view(0));
            if (!event) return event.error();
            events.push_back(*std::move(event));
        }
        return events;
    });
}

namespace {

Result<std::vector<CaseSummary>> summaries_of(Query& query) {
    std::vector<CaseSummary> cases;
    while (query.step()) {
        CaseSummary summary;
        summary.ref = query.text(0);
        summary.board = query.text(1);
        summary.stage = query.text(2);
        if (!codec::parse_word(query.view(3), summary.status))
            return Error{Code::internal, "the case has a status that is not known", summary.ref};
        summary.next = query.maybe_instant(4);
        summary.raised = query.instant(5);
        cases.push_back(std::move(summary));
    }
    return cases;
}

}  // namespace

Result<std::vector<CaseSummary>> SqliteStore::cases(std::size_t limit) {
    return connections_.read([&](Database& database) {
        Query query = database.query(
            "SELECT ref, board, stage, status, next_look, raised FROM case_file"
            " ORDER BY id DESC LIMIT ?");
        query.with(std::uint64_t{limit});
        return summaries_of(query);
    });
}

Result<std::vector<CaseSummary>> SqliteStore::cases_of(const std::string& address,
                                                       std::size_t limit) {
    return connections_.read([&](Database& database) {
        Query query = database.query(
            "SELECT ref, board, stage, status, next_look, raised FROM reader"
            " JOIN case_file ON case_file.id = reader.case_id"
            " WHERE reader.address = ? AND case_file.status = 'open'"
            " ORDER BY reader.case_id DESC LIMIT ?");
        query.with(folded(address), std::uint64_t{limit});
        return summaries_of(query);
    });
}

Result<int> SqliteStore::next_number(const std::string& prefix, int year) {
    if (const auto next = numbers_.next(prefix, year)) return *next;
    const auto last = connections_.read([&](Database& database) -> Result<int> {
        Query query = database.query("SELECT last FROM counter WHERE prefix = ? AND year = ?");
        return query.with(prefix, year).step() ? static_cast<int>(query.integer(0)) : 0;
    });
    if (!last) return last.error();
    numbers_.taken(prefix, year, *last);
    numbers_.known(prefix, year);
    return *numbers_.next(prefix, year);
}

Result<std::optional<StoredAnswer>> SqliteStore::answer(const std::string& source,
                                                        const std::string& id) {
    return connections_.read([&](Database& database) -> Result<std::optional<StoredAnswer>> {
        Query query = database.query(
            "SELECT digest, ref, body, at FROM answer WHERE source = ? AND message = ?");
        if (!query.with(source, id).step()) return std::optional<StoredAnswer>();
        return std::optional(StoredAnswer{source, id, query.text(0), query.text(1), query.text(2),
                                          query.instant(3)});
    });
}

Result<std::vector<std::string>> SqliteStore::due(Instant now, std::size_t limit) {
    return connections_.read([&](Database& database) -> Result<std::vector<std::string>> {
        Query query = database.query(
            "SELECT ref FROM case_file WHERE next_look IS NOT NULL AND next_look <= ?"
            " ORDER BY next_look, ref LIMIT ?");
        query.with(now, std::uint64_t{limit});
        std::vector<std::string> refs;
        while (query.step()) refs.push_back(query.text(0));
        return refs;
    });
}

Result<std::optional<Instant>> SqliteStore::next_due() {
    return connections_.read([](Database& database) -> Result<std::optional<Instant>> {
        Query query = database.query(
            "SELECT next_look FROM case_file WHERE next_look IS NOT NULL"
            " ORDER BY next_look, ref LIMIT 1");
        return query.step() ? query.maybe_instant(0) : std::nullopt;
    });
}

Done SqliteStore::set_aside(const SetAside& item) {
    return connections_.write([&](Database& database) -> Done {
        // The same message set aside again after a crash is not kept twice.
        if (!item.id.empty()) {
            Query known = database.query(
                "SELECT 1 FROM set_aside WHERE source = ? AND message = ? AND message <> ''"
                " AND why = ? AND original = ?");
            if (known.with(item.source, item.id, item.why, item.original).step()) return done();
        }
        database
            .query("INSERT INTO set_aside (source, message, at, why, original)"
                   " VALUES (?, ?, ?, ?, ?)")
            .with(item.source, item.id, item.at, item.why, item.original)
            .run();
        return done();
    });
}

Result<std::vector<SetAside>> SqliteStore::set_asides(std::size_t limit) {
    return connections_.read([&](Database& database) -> Result<std::vector<SetAside>> {
        Query query = database.query(
            "SELECT source, message, why, original, at FROM set_aside ORDER BY id DESC LIMIT ?");
        query.with(std::uint64_t{limit});
        std::vector<SetAside> items;
        while (query.step())
            items.push_back({query.text(0), query.text(1), query.text(2), query.text(3),
                             query.instant(4)});
        return items;
    });
}

Result<int> SqliteStore::count_attempt(const std::string& source, const std::string& id) {
    return attempts_.count(source, id);
}

Done SqliteStore::forget_attempt(const std::string& source, const std::string& id) {
    return attempts_.forget(source, id);
}

Done SqliteStore::keep_place(const std::string& channel, const std::string& person,
                             const std::string& place) {
    return connections_.write([&](Database& database) -> Done {
        if (place.empty()) {
            database.query("DELETE FROM place WHERE channel = ? AND person = ?")
                .with(channel, person)
                .run();
            return done();
        }
        database
            .query("INSERT INTO place (channel, person, place) VALUES (?, ?, ?)"
                   " ON CONFLICT (channel, person) DO UPDATE SET place = excluded.place")
            .with(channel, person, place)
            .run();
        return done();
    });
}

Result<std::optional<std::string>> SqliteStore::place_of(const std::string& channel,
                                                         const std::string& person) {
    return connections_.read([&](Database& database) -> Result<std::optional<std::string>> {
        Query query =
            database.query("SELECT place FROM place WHERE channel = ? AND person = ?");
        if (!query.with(channel, person).step()) return std::optional<std::string>();
        return std::optional(query.text(0));
    });
}

Done SqliteStore::probe() {
    return connections_.write([](Database& database) -> Done {
        database.query("UPDATE probe SET writes = writes + 1 WHERE id = 1").run();
        return done();
    });
}

}  // namespace stageclock::sqlite

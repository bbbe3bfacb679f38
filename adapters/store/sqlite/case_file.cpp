// SPDX-License-Identifier: MIT
//
// One case read beside a running daemon: no migration, no write, one short read transaction.
#include <filesystem>

#include "adapters/registry.h"
#include "adapters/store/codec/codec.h"
#include "adapters/store/sqlite/database.h"
#include "adapters/store/sqlite/schema.h"

namespace stageclock {
namespace sqlite {
namespace {

constexpr std::chrono::milliseconds patience{2000};

template <class Value>
Value decoded(Result<Value> value) {
    if (!value) throw Failure{value.error()};
    return *std::move(value);
}

void must_be_ours(Database& database, const std::string& path) {
    const auto known = static_cast<std::int64_t>(migrations().size());
    if (database.integer("PRAGMA user_version") == known) return;
    throw Failure{{Code::refused,
                   "the database is not of the version this program reads; use the program the "
                   "daemon runs",
                   path}};
}

CaseFile read_all(Database& database, const std::string& ref) {
    CaseFile file;
    Query found = database.query("SELECT snapshot FROM case_file WHERE ref = ?");
    if (!found.with(ref).step()) {
        throw Failure{{Code::not_found, "there is no case of this reference", ref}};
    }
    file.the_case = decoded(codec::decode_case(found.text(0)));
    Query events = database.query(
        "SELECT event.body FROM event JOIN case_file ON case_file.id = event.case_id"
        " WHERE case_file.ref = ? ORDER BY event.number");
    events.with(ref);
    while (events.step()) file.events.push_back(decoded(codec::decode_event(events.view(0))));
    Query rows = database.query(
        "SELECT notice.id, state, attempts, reply, done_at, body"
        " FROM notice JOIN notice_body ON notice_body.id = notice.id"
        " WHERE notice.ref = ? ORDER BY notice.id");
    rows.with(ref);
    while (rows.step()) {
        NoticeRow row;
        row.id = rows.integer(0);
        row.state = parse_notice_state(rows.view(1)).value_or(NoticeState::failed);
        row.attempts = static_cast<int>(rows.integer(2));
        row.reply = rows.text(3);
        row.done_at = rows.maybe_instant(4);
        row.notice = decoded(codec::decode_notice(rows.view(5)));
        file.notices.push_back(std::move(row));
    }
    return file;
}

// What `work` makes of the database, in one read transaction beside its daemon.
template <class Outcome, class Work>
Outcome reading(const std::string& path, Work work) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return Error{Code::not_found, "there is no such database", path};
    }
    try {
        Database database(path, Database::Use::read, patience);
        must_be_ours(database, path);
        database.run("BEGIN");
        Outcome outcome = work(database);
        database.run("COMMIT");
        return outcome;
    } catch (const Failure& failure) {
        return failure.error;
    }
}

}  // namespace
}  // namespace sqlite

Done each_open_case(const std::string& path, const std::function<void(const Case&)>& look) {
    return sqlite::reading<Done>(path, [&](sqlite::Database& database) {
        sqlite::Query rows = database.query("SELECT snapshot FROM case_file ORDER BY id");
        while (rows.step()) {
            const Case the_case = sqlite::decoded(codec::decode_case(rows.text(0)));
            if (the_case.open()) look(the_case);
        }
        return done();
    });
}

Done each_case(const std::string& path, const std::string& board,
               const std::function<void(const Case& the_case, std::size_t all)>& look) {
    return sqlite::reading<Done>(path, [&](sqlite::Database& database) {
        sqlite::Query number = database.query("SELECT count(*) FROM case_file WHERE board = ?");
        const auto all = number.with(board).step() ? number.integer(0) : 0;
        sqlite::Query rows =
            database.query("SELECT snapshot FROM case_file WHERE board = ? ORDER BY id");
        rows.with(board);
        while (rows.step()) {
            look(sqlite::decoded(codec::decode_case(rows.text(0))), static_cast<std::size_t>(all));
        }
        return done();
    });
}

Result<CaseFile> read_case_file(const std::string& path, const std::string& ref) {
    return sqlite::reading<Result<CaseFile>>(path, [&](sqlite::Database& database) {
        return Result<CaseFile>(sqlite::read_all(database, ref));
    });
}

}  // namespace stageclock

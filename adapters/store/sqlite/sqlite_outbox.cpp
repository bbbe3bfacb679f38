// SPDX-License-Identifier: MIT
#include "adapters/store/sqlite/sqlite_store.h"

#include <algorithm>
#include <set>

#include "adapters/store/codec/codec.h"
#include "adapters/store/rules.h"

// The outbox: claiming, recording, and looking at it. docs/outbox.md has the legal moves.
namespace stageclock::sqlite {
namespace {

// A row that could be claimed now.
struct Candidate {
    Instant not_before;
    std::int64_t id = 0;
    bool repeat = false;  // its lease has passed
    std::pair<std::string, std::string> person;  // case and recipient
};

// Rows whose lease has passed but that nobody owes any more.
void end_lapsed(Database& database, Instant now) {
    database
        .query("UPDATE notice SET state = 'cancelled', lease = NULL, possible_repeat = 1,"
               " done_at = ?, reply = ? WHERE state = 'claimed' AND lapsed = 1 AND lease <= ?")
        .with(now, lapsed_reply, now)
        .run();
}

void add_leased(Database& database, Instant now, std::size_t limit,
                std::vector<Candidate>& candidates) {
    Query query = database.query(
        "SELECT not_before, id, ref, recipient FROM notice"
        " WHERE state = 'claimed' AND lease <= ? ORDER BY not_before, id LIMIT ?");
    query.with(now, std::uint64_t{limit});
    while (query.step())
        candidates.push_back(
            {query.instant(0), query.integer(1), true, {query.text(2), query.text(3)}});
}

void add_due(Database& database, Instant now, std::size_t limit,
             std::vector<Candidate>& candidates) {
    Query query = database.query(
        "SELECT not_before, id, ref, recipient FROM notice AS open"
        " WHERE state IN ('pending', 'retrying') AND not_before <= ?"
        " AND NOT EXISTS (SELECT 1 FROM notice AS hand WHERE hand.state = 'claimed'"
        " AND hand.ref = open.ref AND hand.recipient = open.recipient)"
        " ORDER BY not_before, id");
    query.with(now);
    std::set<std::pair<std::string, std::string>> persons;
    while (persons.size() < limit && query.step()) {
        Candidate candidate{
            query.instant(0), query.integer(1), false, {query.text(2), query.text(3)}};
        if (persons.insert(candidate.person).second) candidates.push_back(std::move(candidate));
    }
}

constexpr std::string_view all_columns =
    "SELECT notice.id, state, attempts, not_before, reply, done_at, possible_repeat, body,"
    " bounce.at, bounce.report, delivery.at, delivery.report"
    " FROM notice JOIN notice_body ON notice_body.id = notice.id"
    " LEFT JOIN bounce ON bounce.id = notice.id"
    " LEFT JOIN delivery ON delivery.id = notice.id ";

Result<NoticeRow> row_of(const Query& query) {
    NoticeRow row;
    row.id = query.integer(0);
    const auto state = parse_notice_state(query.view(1));
    auto notice = codec::decode_notice(query.view(7));
    if (!notice) return notice.error();
    row.state = state.value_or(NoticeState::failed);
    row.attempts = static_cast<int>(query.integer(2));
    row.not_before = query.instant(3);
    row.reply = query.text(4);
    row.done_at = query.maybe_instant(5);
    row.possible_repeat = query.integer(6) != 0;
    row.notice = *std::move(notice);
    row.bounced_at = query.maybe_instant(8);
    row.delivered_at = query.maybe_instant(10);
    if (row.bounced_at) {
        row.state = NoticeState::bounced;
        row.report = query.text(9);
    } else if (row.delivered_at) {
        row.state = NoticeState::delivered;
        row.report = query.text(11);
    }
    return row;
}

Result<std::vector<NoticeRow>> rows_of(Query& query) {
    std::vector<NoticeRow> rows;
    while (query.step()) {
        auto row = row_of(query);
        if (!row) return row.error();
        rows.push_back(*std::move(row));
    }
    return rows;
}

// The row as it is now claimed; none when its text is damaged: then it is failed for good, so that
// it shows and does not stop the others.
std::optional<NoticeRow> take(Database& database, const Candidate& candidate, Instant now,
                              Instant lease) {
    database
        .query("UPDATE notice SET state = 'claimed', attempts = attempts + 1, lease = ?,"
               " possible_repeat = max(possible_repeat, ?) WHERE id = ?")
        .with(lease, candidate.repeat, candidate.id)
        .run();
    static const std::string one = std::string(all_columns) + "WHERE notice.id = ?";
    Query query = database.query(one);
    auto row = query.with(candidate.id).step()
                   ? row_of(query)
                   : Result<NoticeRow>(Error{Code::internal, "its text is missing", "notice"});
    if (row) return *std::move(row);
    database
        .query("UPDATE notice SET state = 'failed', lease = NULL, done_at = ?, reply = ?"
               " WHERE id = ?")
        .with(now, row.error().what + " (" + row.error().where + ")", candidate.id)
        .run();
    return std::nullopt;
}

Done store_result(Database& database, const SendResult& result) {
    Query found = database.query("SELECT state, lapsed FROM notice WHERE id = ?");
    if (!found.with(result.id).step()) return no_such_notice(result.id);
    const auto now = parse_notice_state(found.view(0));
    const auto next = now ? after_result(*now, found.integer(1) != 0, result.state) : std::nullopt;
    if (!next) return done();
    const bool again = *next == NoticeState::retrying;
    database
        .query("UPDATE notice SET state = ?, lease = NULL, reply = ?, done_at = ?,"
               " not_before = CASE WHEN ? THEN ? ELSE not_before END WHERE id = ?")
        .with(to_text(*next), result.reply, again ? std::nullopt : std::optional(result.at), again,
              result.not_before, result.id)
        .run();
    if (*next == NoticeState::accepted)
        database.query("INSERT INTO sent (id, bytes) VALUES (?, ?)")
            .with(result.id, Blob{result.sent})
            .run();
    return done();
}

}  // namespace

Result<std::vector<NoticeRow>> SqliteStore::claim(Instant now, Instant lease, std::size_t limit) {
    return connections_.write([&](Database& database) -> Result<std::vector<NoticeRow>> {
        end_lapsed(database, now);
        std::vector<Candidate> candidates;
        add_leased(database, now, limit, candidates);
        add_due(database, now, limit, candidates);
        std::ranges::sort(candidates, {}, [](const Candidate& candidate) {
            return std::pair(candidate.not_before, candidate.id);
        });
        if (candidates.size() > limit) candidates.resize(limit);
        std::vector<NoticeRow> rows;
        for (const Candidate& candidate : candidates)
            if (auto row = take(database, candidate, now, lease)) rows.push_back(*std::move(row));
        return rows;
    });
}

Done SqliteStore::record(std::span<const SendResult> results) {
    if (const auto mistake = mistake_in(results)) return *mistake;
    return connections_.write([&](Database& database) -> Done {
        for (const SendResult& result : results)
            if (const Done one = store_result(database, result); !one) return one;
        return done();
    });
}

Done SqliteStore::bounced(std::int64_t id, Instant at, const std::string& report) {
    return connections_.write([&](Database& database) -> Done {
        Query found = database.query("SELECT state FROM notice WHERE id = ?");
        if (!found.with(id).step()) return no_such_notice(id);
        const auto now = parse_notice_state(found.view(0));
        const auto counts = now ? counts_as_bounced(*now) : std::optional(false);
        if (!counts) return still_in_hand(id);
        if (!*counts) return done();
        database.query("INSERT OR IGNORE INTO bounce (id, at, report) VALUES (?, ?, ?)")
            .with(id, at, report)
            .run();
        return done();
    });
}

Done SqliteStore::delivered(std::int64_t id, Instant at, const std::string& report) {
    return connections_.write([&](Database& database) -> Done {
        Query found = database.query(
            "SELECT state, bounce.id IS NOT NULL FROM notice"
            " LEFT JOIN bounce ON bounce.id = notice.id WHERE notice.id = ?");
        if (!found.with(id).step()) return no_such_notice(id);
        const auto now = parse_notice_state(found.view(0));
        const auto counts = now ? counts_as_delivered(*now) : std::optional(false);
        if (!counts) return still_in_hand(id);
        if (!*counts || found.integer(1) != 0) return done();
        database.query("INSERT OR IGNORE INTO delivery (id, at, report) VALUES (?, ?, ?)")
            .with(id, at, report)
            .run();
        return done();
    });
}

Result<std::optional<Instant>> SqliteStore::next_send() {
    return connections_.read([](Database& database) -> Result<std::optional<Instant>> {
        Query open = database.query(
            "SELECT not_before FROM notice AS open WHERE state IN ('pending', 'retrying')"
            " AND NOT EXISTS (SELECT 1 FROM notice AS hand WHERE hand.state = 'claimed'"
            " AND hand.ref = open.ref AND hand.recipient = open.recipient)"
            " ORDER BY not_before, id LIMIT 1");
        Query leased = database.query(
            "SELECT lease FROM notice WHERE state = 'claimed' ORDER BY lease LIMIT 1");
        std::optional<Instant> first = open.step() ? open.maybe_instant(0) : std::nullopt;
        if (leased.step()) first = std::min(first.value_or(leased.instant(0)), leased.instant(0));
        return first;
    });
}

Result<std::vector<NoticeRow>> SqliteStore::notices(const std::string& ref) {
    return connections_.read([&](Database& database) -> Result<std::vector<NoticeRow>> {
        static const std::string sql =
            std::string(all_columns) + "WHERE notice.ref = ? ORDER BY notice.id";
        Query query = database.query(sql);
        return rows_of(query.with(ref));
    });
}

Result<std::vector<NoticeRow>> SqliteStore::recent_notices(std::size_t limit) {
    return connections_.read([&](Database& database) -> Result<std::vector<NoticeRow>> {
        static const std::string sql = std::string(all_columns) + "ORDER BY notice.id DESC LIMIT ?";
        Query query = database.query(sql);
        return rows_of(query.with(std::uint64_t{limit}));
    });
}

Result<std::optional<NoticeRow>> SqliteStore::notice(std::int64_t id) {
    return connections_.read([&](Database& database) -> Result<std::optional<NoticeRow>> {
        static const std::string sql = std::string(all_columns) + "WHERE notice.id = ?";
        Query query = database.query(sql);
        if (!query.with(id).step()) return std::optional<NoticeRow>();
        auto row = row_of(query);
        if (!row) return row.error();
        return std::optional(*std::move(row));
    });
}

Result<std::string> SqliteStore::sent(std::int64_t id) {
    return connections_.read([&](Database& database) -> Result<std::string> {
        Query query = database.query("SELECT bytes FROM sent WHERE id = ?");
        return query.with(id).step() ? query.text(0) : std::string();
    });
}

}  // namespace stageclock::sqlite

// SPDX-License-Identifier: MIT
#include "adapters/store/sqlite/sqlite_store.h"

#include "adapters/store/codec/codec.h"
#include "adapters/store/rules.h"

// Storing decisions: everything is turned into text first, then written in one transaction.
namespace stageclock::sqlite {
namespace {

struct NoticeText {
    const Notice& notice;
    std::string key;
    std::string body;
};

struct TransitionText {
    const Transition& transition;
    std::string snapshot;
    std::vector<std::string> events;
    std::vector<NoticeText> notices;
};

std::vector<NoticeText> texts_of(std::span<const Notice> notices) {
    std::vector<NoticeText> texts;
    texts.reserve(notices.size());
    for (const Notice& notice : notices)
        texts.push_back({notice, notice.key(), codec::encode(notice)});
    return texts;
}

TransitionText text_of(const Transition& transition) {
    TransitionText text{transition, codec::encode(transition.after), {},
                        texts_of(transition.notices)};
    text.events.reserve(transition.events.size());
    for (const Event& event : transition.events) text.events.push_back(codec::encode(event));
    return text;
}

// The id of the case's row; 0 when somebody else changed the case first.
std::int64_t store_case(Database& database, const TransitionText& text) {
    const Transition& transition = text.transition;
    const Case& after = transition.after;
    if (transition.expected == 0) {
        database
            .query("INSERT INTO case_file"
                   " (ref, board, stage, status, version, raised, next_look, snapshot)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ref) DO NOTHING")
            .with(after.ref, after.board, after.stage, to_text(after.status), after.events,
                  after.raised, transition.next, text.snapshot)
            .run();
        return database.changes() == 1 ? database.last_id() : 0;
    }
    Query found =
        database.query("SELECT id, next_look FROM case_file WHERE ref = ? AND version = ?");
    if (!found.with(after.ref, transition.expected).step()) return 0;
    const std::int64_t id = found.integer(0);
    // Most changes leave the next look as it is: then its index is not touched.
    if (found.maybe_instant(1) != transition.next)
        database.query("UPDATE case_file SET next_look = ? WHERE id = ?")
            .with(transition.next, id)
            .run();
    database
        .query("UPDATE case_file SET board = ?, stage = ?, status = ?, version = ?, raised = ?,"
               " snapshot = ? WHERE id = ?")
        .with(after.board, after.stage, to_text(after.status), after.events, after.raised,
              text.snapshot, id)
        .run();
    return id;
}

void store_events(Database& database, std::int64_t case_id, const TransitionText& text) {
    std::uint64_t number = text.transition.expected;
    for (const std::string& body : text.events)
        database.query("INSERT INTO event (case_id, number, body) VALUES (?, ?, ?)")
            .with(case_id, ++number, body)
            .run();
}

void store_readers(Database& database, std::int64_t case_id, const Transition& transition) {
    for (const std::string& address : new_readers(transition))
        database.query("INSERT OR IGNORE INTO reader (address, case_id) VALUES (?, ?)")
            .with(address, case_id)
            .run();
}

// Unsent notices lapse; one that a sender has in hand is only not tried again.
void cancel(Database& database, const Transition& transition) {
    for (const std::string& rule : transition.cancelled) {
        database
            .query("UPDATE notice SET state = 'cancelled', done_at = ?"
                   " WHERE ref = ? AND rule = ? AND kind IN ('reminder', 'prompt')"
                   " AND state IN ('pending', 'retrying')")
            .with(moment_of(transition), transition.ref, rule)
            .run();
        database
            .query("UPDATE notice SET lapsed = 1"
                   " WHERE ref = ? AND rule = ? AND kind IN ('reminder', 'prompt')"
                   " AND state = 'claimed'")
            .with(transition.ref, rule)
            .run();
    }
}

void store_notices(Database& database, const std::vector<NoticeText>& texts) {
    for (const auto& [notice, key, body] : texts) {
        database
            .query("INSERT INTO notice (ref, key, rule, kind, recipient, not_before)"
                   " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (ref, key) DO NOTHING")
            .with(notice.ref, key, notice.rule, to_text(notice.kind), recipient_of(notice),
                  first_send(notice))
            .run();
        if (database.changes() == 0) continue;  // made before
        database.query("INSERT INTO notice_body (id, body) VALUES (?, ?)")
            .with(database.last_id(), body)
            .run();
    }
}

// False when there is an answer already.
bool store_answer(Database& database, const StoredAnswer& answer) {
    database
        .query("INSERT INTO answer (source, message, digest, ref, at, body)"
               " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source, message) DO NOTHING")
        .with(answer.source, answer.id, answer.digest, answer.ref, answer.at, answer.body)
        .run();
    return database.changes() == 1;
}

Done store(Database& database, const TransitionText& text) {
    const Transition& transition = text.transition;
    const std::int64_t case_id = store_case(database, text);
    if (case_id == 0) return case_moved_on(transition.ref);
    store_events(database, case_id, text);
    store_readers(database, case_id, transition);
    cancel(database, transition);
    store_notices(database, text.notices);
    if (transition.answer && !store_answer(database, *transition.answer))
        return answered_already(transition.ref);
    return done();
}

using Counts = std::map<std::pair<std::string, int>, int>;

// The highest number of each board and year among the new cases.
Counts numbers_of(std::span<const Transition> transitions) {
    Counts counts;
    for (const Transition& transition : transitions) {
        if (transition.expected != 0) continue;
        const auto raised = number_in(transition.ref);
        if (!raised) continue;
        int& last = counts[{raised->prefix, raised->year}];
        last = std::max(last, raised->number);
    }
    return counts;
}

void store_counts(Database& database, const Counts& counts) {
    for (const auto& [key, last] : counts)
        database
            .query("INSERT INTO counter (prefix, year, last) VALUES (?, ?, ?)"
                   " ON CONFLICT (prefix, year) DO UPDATE SET last = max(last, excluded.last)")
            .with(key.first, key.second, last)
            .run();
}

}  // namespace

Done SqliteStore::commit(std::span<const Transition> transitions) {
    std::vector<TransitionText> texts;
    texts.reserve(transitions.size());
    for (const Transition& transition : transitions) {
        if (const auto mistake = mistake_in(transition)) return *mistake;
        texts.push_back(text_of(transition));
    }
    const Counts counts = numbers_of(transitions);
    const Done stored = connections_.write([&](Database& database) -> Done {
        for (const TransitionText& text : texts)
            if (const Done one = store(database, text); !one) return one;
        store_counts(database, counts);
        return done();
    });
    if (!stored) return stored;
    for (const auto& [key, last] : counts) numbers_.taken(key.first, key.second, last);
    return done();
}

Done SqliteStore::post(std::span<const Notice> notices, const StoredAnswer& answer) {
    const std::vector<NoticeText> texts = texts_of(notices);
    return connections_.write([&](Database& database) -> Done {
        if (store_answer(database, answer)) store_notices(database, texts);
        return done();
    });
}

}  // namespace stageclock::sqlite

// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bot/ports/store.h"

namespace stageclock::memory {

// The store without a disk, for tests and simulation: the same contract (docs/outbox.md), except
// that nothing outlives the object.
class MemoryStore final : public Store {
public:
    Result<std::optional<Case>> load(const std::string& ref) override;
    Result<std::vector<Event>> events(const std::string& ref) override;
    Result<std::vector<CaseSummary>> cases(std::size_t limit) override;
    Result<std::vector<CaseSummary>> cases_of(const std::string& address,
                                              std::size_t limit) override;
    Result<int> next_number(const std::string& prefix, int year) override;
    Done commit(std::span<const Transition> transitions) override;
    Result<std::optional<StoredAnswer>> answer(const std::string& source,
                                               const std::string& id) override;
    Done post(std::span<const Notice> notices, const StoredAnswer& answer) override;
    Result<std::vector<std::string>> due(Instant now, std::size_t limit) override;
    Result<std::optional<Instant>> next_due() override;
    Result<std::vector<NoticeRow>> claim(Instant now, Instant lease, std::size_t limit) override;
    Done record(std::span<const SendResult> results) override;
    Done bounced(std::int64_t id, Instant at, const std::string& report) override;
    Done delivered(std::int64_t id, Instant at, const std::string& report) override;
    Result<std::optional<Instant>> next_send() override;
    Result<std::vector<NoticeRow>> notices(const std::string& ref) override;
    Result<std::vector<NoticeRow>> recent_notices(std::size_t limit) override;
    Result<std::optional<NoticeRow>> notice(std::int64_t id) override;
    Result<std::string> sent(std::int64_t id) override;
    Done set_aside(const SetAside& item) override;
    Result<std::vector<SetAside>> set_asides(std::size_t limit) override;
    Result<int> count_attempt(const std::string& source, const std::string& id) override;
    Done forget_attempt(const std::string& source, const std::string& id) override;
    Done keep_place(const std::string& channel, const std::string& person,
                    const std::string& place) override;
    Result<std::optional<std::string>> place_of(const std::string& channel,
                                                const std::string& person) override;
    Done probe() override;

private:
    using Pair = std::pair<std::string, std::string>;

    struct File {
        Case the_case;
        std::optional<Instant> next;
        std::vector<Event> events;
    };
    struct Row {
        NoticeRow row;
        Instant lease;
        bool lapsed = false;
        std::string sent;
        // Of whom at most one row is claimed.
        Pair person() const;
    };

    // All are called with the mutex held.
    std::optional<Error> conflict_in(std::span<const Transition> transitions) const;
    void store(const Transition& transition);
    void cancel(const Transition& transition);
    void insert(const Notice& notice);
    Row& row(std::int64_t id) { return rows_[static_cast<std::size_t>(id - 1)]; }
    void move(Row& row, NoticeState state);  // keeps the sets below right
    void end_lapsed(Instant now);
    std::vector<std::int64_t> claimable(Instant now, std::size_t limit);

    std::mutex mutex_;
    std::map<std::string, File> files_;
    std::vector<std::string> refs_;  // as they were raised
    std::set<std::pair<Instant, std::string>> due_;
    std::map<std::pair<std::string, int>, int> numbers_;
    std::map<Pair, StoredAnswer> answers_;

    std::vector<Row> rows_;  // a row's id is its place, from 1
    std::set<Pair> keys_;
    std::map<std::string, std::vector<std::int64_t>> rows_of_;
    std::set<std::pair<Instant, std::int64_t>> open_;    // not_before, id
    std::set<std::pair<Instant, std::int64_t>> leased_;  // lease, id
    std::set<Pair> in_hand_;

    std::vector<SetAside> set_asides_;
    std::map<Pair, int> attempts_;
    std::map<Pair, std::string> places_;
    std::map<std::string, std::set<std::string>> readers_;  // refs, by address
};

}  // namespace stageclock::memory

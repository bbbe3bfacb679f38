// SPDX-License-Identifier: MIT
#include "adapters/store/memory/memory_store.h"

#include <algorithm>

#include "adapters/store/rules.h"

namespace stageclock::memory {
namespace {

bool is_open(NoticeState state) {
    return state == NoticeState::pending || state == NoticeState::retrying;
}

}  // namespace

MemoryStore::Pair MemoryStore::Row::person() const {
    return {row.notice.ref, recipient_of(row.notice)};
}

void MemoryStore::insert(const Notice& notice) {
    if (!keys_.emplace(notice.ref, notice.key()).second) return;
    Row fresh;
    fresh.row.id = static_cast<std::int64_t>(rows_.size()) + 1;
    fresh.row.notice = notice;
    fresh.row.not_before = first_send(notice);
    open_.emplace(fresh.row.not_before, fresh.row.id);
    rows_of_[notice.ref].push_back(fresh.row.id);
    rows_.push_back(std::move(fresh));
}

// Called before not_before or the lease change.
void MemoryStore::move(Row& row, NoticeState state) {
    if (is_open(row.row.state)) open_.erase({row.row.not_before, row.row.id});
    if (row.row.state == NoticeState::claimed) {
        leased_.erase({row.lease, row.row.id});
        in_hand_.erase(row.person());
    }
    row.row.state = state;
}

void MemoryStore::cancel(const Transition& transition) {
    for (const std::int64_t id : rows_of_[transition.ref]) {
        Row& it = row(id);
        const Notice& notice = it.row.notice;
        if (!lapses(notice.kind) || !std::ranges::count(transition.cancelled, notice.rule))
            continue;
        if (it.row.state == NoticeState::claimed) it.lapsed = true;
        if (!is_open(it.row.state)) continue;
        move(it, NoticeState::cancelled);
        it.row.done_at = moment_of(transition);
    }
}

void MemoryStore::end_lapsed(Instant now) {
    std::vector<std::int64_t> passed;
    for (const auto& [lease, id] : leased_)
        if (lease <= now && row(id).lapsed) passed.push_back(id);
    for (const std::int64_t id : passed) {
        Row& it = row(id);
        move(it, NoticeState::cancelled);
        it.row.possible_repeat = true;
        it.row.done_at = now;
        it.row.reply = lapsed_reply;
    }
}

std::vector<std::int64_t> MemoryStore::claimable(Instant now, std::size_t limit) {
    std::set<std::pair<Instant, std::int64_t>> candidates;
    for (const auto& [lease, id] : leased_)
        if (lease <= now) candidates.emplace(row(id).row.not_before, id);
    std::set<Pair> persons = in_hand_;
    std::size_t taken = 0;
    for (const auto& [not_before, id] : open_) {
        if (not_before > now || taken == limit) break;
        if (!persons.insert(row(id).person()).second) continue;
        candidates.emplace(not_before, id);
        ++taken;
    }
    std::vector<std::int64_t> ids;
    for (const auto& [not_before, id] : candidates)
        if (ids.size() < limit) ids.push_back(id);
    return ids;
}

Result<std::vector<NoticeRow>> MemoryStore::claim(Instant now, Instant lease, std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    end_lapsed(now);
    std::vector<NoticeRow> given;
    for (const std::int64_t id : claimable(now, limit)) {
        Row& it = row(id);
        const bool repeat = it.row.state == NoticeState::claimed;
        move(it, NoticeState::claimed);
        it.row.possible_repeat |= repeat;
        ++it.row.attempts;
        it.lease = lease;
        leased_.emplace(lease, id);
        in_hand_.insert(it.person());
        given.push_back(it.row);
    }
    return given;
}

Done MemoryStore::record(std::span<const SendResult> results) {
    if (const auto mistake = mistake_in(results)) return *mistake;
    const std::scoped_lock lock(mutex_);
    for (const SendResult& result : results)
        if (result.id < 1 || static_cast<std::size_t>(result.id) > rows_.size())
            return no_such_notice(result.id);
    for (const SendResult& result : results) {
        Row& it = row(result.id);
        const auto next = after_result(it.row.state, it.lapsed, result.state);
        if (!next) continue;
        move(it, *next);
        it.row.reply = result.reply;
        if (*next == NoticeState::retrying) {
            it.row.not_before = result.not_before;
            it.row.done_at = std::nullopt;
            open_.emplace(result.not_before, result.id);
        } else {
            it.row.done_at = result.at;
        }
        if (*next == NoticeState::accepted) it.sent = result.sent;
    }
    return done();
}

Done MemoryStore::bounced(std::int64_t id, Instant at, const std::string& report) {
    const std::scoped_lock lock(mutex_);
    if (id < 1 || static_cast<std::size_t>(id) > rows_.size()) return no_such_notice(id);
    NoticeRow& it = row(id).row;
    const auto counts = counts_as_bounced(it.state);
    if (!counts) return still_in_hand(id);
    if (!*counts) return done();
    it.state = NoticeState::bounced;
    it.report = report;
    it.bounced_at = at;
    return done();
}

Done MemoryStore::delivered(std::int64_t id, Instant at, const std::string& report) {
    const std::scoped_lock lock(mutex_);
    if (id < 1 || static_cast<std::size_t>(id) > rows_.size()) return no_such_notice(id);
    NoticeRow& it = row(id).row;
    const auto counts = counts_as_delivered(it.state);
    if (!counts) return still_in_hand(id);
    if (!*counts) return done();
    it.state = NoticeState::delivered;
    it.report = report;
    it.delivered_at = at;
    return done();
}

Result<std::optional<Instant>> MemoryStore::next_send() {
    const std::scoped_lock lock(mutex_);
    std::optional<Instant> first;
    if (!leased_.empty()) first = leased_.begin()->first;
    for (const auto& [not_before, id] : open_) {
        if (in_hand_.contains(row(id).person())) continue;
        first = std::min(first.value_or(not_before), not_before);
        break;
    }
    return first;
}

Result<std::vector<NoticeRow>> MemoryStore::notices(const std::string& ref) {
    const std::scoped_lock lock(mutex_);
    std::vector<NoticeRow> rows;
    const auto found = rows_of_.find(ref);
    if (found == rows_of_.end()) return rows;
    for (const std::int64_t id : found->second) rows.push_back(row(id).row);
    return rows;
}

Result<std::vector<NoticeRow>> MemoryStore::recent_notices(std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    std::vector<NoticeRow> rows;
    for (auto it = rows_.rbegin(); it != rows_.rend() && rows.size() < limit; ++it)
        rows.push_back(it->row);
    return rows;
}

Result<std::optional<NoticeRow>> MemoryStore::notice(std::int64_t id) {
    const std::scoped_lock lock(mutex_);
    if (id < 1 || static_cast<std::size_t>(id) > rows_.size()) return std::optional<NoticeRow>();
    return std::optional(row(id).row);
}

Result<std::string> MemoryStore::sent(std::int64_t id) {
    const std::scoped_lock lock(mutex_);
    if (id < 1 || static_cast<std::size_t>(id) > rows_.size()) return std::string();
    return row(id).sent;
}

}  // namespace stageclock::memory

// SPDX-License-Identifier: MIT
#include "bot/app/outbox.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "bot/app/unreached.h"

namespace stageclock {
namespace {

// A sender that died with a row in hand: after this the row is sent again.
constexpr std::chrono::minutes lease{5};
// Claimed ahead of the senders: enough to keep them busy, few enough to be repeated after a crash.
constexpr std::size_t most_in_hand = 128;
constexpr std::size_t most_per_claim = 64;
// Whoever posts a notice rings; this bounds the wait should a ring ever be missing.
constexpr std::chrono::milliseconds longest_sleep{2'000};
constexpr std::chrono::milliseconds store_rest{1'000};
constexpr std::chrono::milliseconds results_rest{5};

}  // namespace

Outbox::Outbox(Store& store, Clock& clock, Dispatch& dispatch, int senders)
    : store_(store), clock_(clock), dispatch_(dispatch), senders_wanted_(senders) {}

Outbox::~Outbox() { stop(); }

void Outbox::start() {
    for (int i = 0; i < senders_wanted_; ++i) {
        senders_.emplace_back([this](const std::stop_token& stop) { sender(stop); });
    }
    reporter_ = std::jthread([this](const std::stop_token& stop) { reporter(stop); });
    clerk_ = std::jthread([this](const std::stop_token& stop) { clerk(stop); });
}

void Outbox::stop() {
    if (!clerk_.joinable()) return;
    clerk_.request_stop();
    ring();
    clerk_.join();
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    work_.notify_all();
    senders_.clear();  // joins: each finishes the delivery it has begun
    reporter_.request_stop();
    reporter_bell_.ring();
    reporter_.join();
    record_results();
}

void Outbox::clerk(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            const bool recorded = record_results();
            if (claim_more() == 0 && !recorded) clerk_bell_.wait(patience());
        } catch (const std::exception& error) {
            spdlog::error("outbox: {}", error.what());
            clerk_bell_.wait(store_rest);
        }
    }
}

int Outbox::claim_more() {
    std::size_t room = 0;
    {
        const std::lock_guard lock(mutex_);
        room = most_in_hand - std::min(most_in_hand, in_hand_.size());
        claiming_ = room > 0;
    }
    if (room == 0) return 0;
    const Instant now = clock_.now();
    auto rows = store_.claim(now, now + lease, std::min(room, most_per_claim));
    const std::size_t count = rows ? rows->size() : 0;
    {
        const std::lock_guard lock(mutex_);
        claiming_ = false;
        if (!rows) {
            spdlog::error("outbox: cannot claim: {}", rows.error().what);
            return 0;
        }
        for (NoticeRow& row : *rows) {
            in_hand_[row.id] = row.notice;
            to_send_.push_back(std::move(row));
        }
    }
    if (count > 0) work_.notify_all();
    return static_cast<int>(count);
}

bool Outbox::record_results() {
    std::vector<SendResult> results;
    {
        const std::lock_guard lock(mutex_);
        results.swap(results_);
        hand_to_reporter(results);
    }
    if (results.empty()) return false;
    const Done recorded =
        try_other_ways(results)
            ? store_.record(results)
            : Done(Error{Code::unavailable, "the next channel could not be noted", ""});
    if (!recorded) {
        spdlog::error("outbox: {} results not recorded: {}", results.size(),
                      recorded.error().what);
        const std::lock_guard lock(mutex_);  // they are facts: keep them and try again
        results_.insert(results_.begin(), std::make_move_iterator(results.begin()),
                        std::make_move_iterator(results.end()));
        return false;
    }
    report_failures(results);
    {
        const std::lock_guard lock(mutex_);
        for (const SendResult& result : results) {
            in_hand_.erase(result.id);
            reported_.erase(result.id);
        }
        ++recorded_;
    }
    quiet_.notify_all();
    return true;
}

// Noted before the result is recorded: a crash in between does it once more, and never loses it.
// False: the store is in the way.
bool Outbox::try_other_ways(const std::vector<SendResult>& results) {
    for (const SendResult& result : results) {
        if (result.state == NoticeState::accepted) continue;
        std::optional<Notice> next;
        {
            const std::lock_guard lock(mutex_);
            const auto found = in_hand_.find(result.id);
            if (found != in_hand_.end()) next = dispatch_.other_way(found->second, result);
        }
        if (!next) continue;
        const StoredAnswer once{"outbox", "other-way-" + std::to_string(result.id), "", next->ref,
                                "", result.at};
        if (!store_.post({&*next, 1}, once)) return false;
        spdlog::warn("notice {} goes by another channel as well", result.id);
    }
    return true;
}

// That a notice of a case will never arrive changes the case. The case learns of it first and the
// row is recorded after: a crash in between tries once more, and never loses it. Not by the clerk:
// the engine may itself be waiting for what is sent. Called with the mutex held.
void Outbox::hand_to_reporter(std::vector<SendResult>& results) {
    std::erase_if(results, [this](SendResult& result) {
        const auto found = in_hand_.find(result.id);
        // A nudge that failed leaves the mail beside it as it was.
        const bool for_case = result.state == NoticeState::failed && unreached_ &&
                              found != in_hand_.end() && !found->second.ref.empty() &&
                              found->second.channel == "mail";
        if (!for_case || reported_.contains(result.id)) return false;
        to_report_.emplace_back(std::move(result), std::move(found->second));
        in_hand_.erase(found);
        return true;
    });
    if (!to_report_.empty()) reporter_bell_.ring();
}

void Outbox::reporter(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::pair<SendResult, Notice> next;
        {
            const std::lock_guard lock(mutex_);
            if (!to_report_.empty()) next = to_report_.front();
        }
        if (next.first.id == 0) {
            reporter_bell_.wait(longest_sleep);
        } else if (!report(next.first, next.second)) {
            reporter_bell_.wait(store_rest);
        }
    }
}

// False: the store is in the way, or the engine is stopping.
bool Outbox::report(const SendResult& result, const Notice& notice) {
    Unreached missed;
    missed.how = Unreached::How::refused;
    Update update = unreached_update(notice, std::move(missed), "outbox",
                                     "failed-" + std::to_string(result.id));
    update.received = result.at;
    if (unreached_(std::move(update)).kind == Answer::Kind::unavailable) return false;
    {
        const std::lock_guard lock(mutex_);
        reported_.insert(result.id);
        in_hand_.emplace(result.id, notice);
        results_.push_back(result);
        to_report_.pop_front();
    }
    ring();
    return true;
}

// What belongs to no case is told to the board's inbox here.
void Outbox::report_failures(const std::vector<SendResult>& results) {
    for (const SendResult& result : results) {
        if (result.state != NoticeState::failed) continue;
        spdlog::warn("notice {} failed for good", result.id);
        {
            const std::lock_guard lock(mutex_);
            if (reported_.contains(result.id)) continue;
        }
        Notice notice;
        {
            const std::lock_guard lock(mutex_);
            const auto found = in_hand_.find(result.id);
            if (found == in_hand_.end()) continue;
            notice = found->second;
        }
        // The mail beside a nudge went out by itself, and is reported by itself.
        if (!notice.ref.empty() && notice.channel != "mail") continue;
        const auto report = dispatch_.failure_notice(notice, result.id, result.at);
        if (!report) continue;
        const StoredAnswer once{"outbox", "failed-" + std::to_string(result.id), "", notice.ref, "",
                                result.at};
        if (const Done posted = store_.post({&*report, 1}, once); !posted) {
            spdlog::error("outbox: the failure of notice {} could not be reported", result.id);
        }
    }
}

std::chrono::milliseconds Outbox::patience() {
    {
        const std::lock_guard lock(mutex_);
        if (!results_.empty()) return results_rest;
        if (in_hand_.size() >= most_in_hand) return longest_sleep;  // a result rings
    }
    const auto next = store_.next_send();
    if (!next) return store_rest;
    if (!*next) return longest_sleep;
    const auto left = std::chrono::milliseconds(**next - clock_.now());
    return std::clamp(left, std::chrono::milliseconds(results_rest), longest_sleep);
}

void Outbox::sender(const std::stop_token&) {
    while (true) {
        NoticeRow row;
        {
            std::unique_lock lock(mutex_);
            work_.wait(lock, [this] { return ending_ || !to_send_.empty(); });
            if (ending_) return;  // rows not begun keep their lease and are sent after it
            row = std::move(to_send_.front());
            to_send_.pop_front();
        }
        SendResult result = dispatch_.send(row, clock_.now());
        {
            const std::lock_guard lock(mutex_);
            results_.push_back(std::move(result));
        }
        ring();
    }
}

// Looked at in this order: what was due and in nobody's hand is in the store, and what was taken
// from there since is in hand, or was recorded, which may have made something new due.
bool Outbox::idle() {
    std::uint64_t before = 0;
    {
        const std::lock_guard lock(mutex_);
        before = recorded_;
    }
    const auto next = store_.next_send();
    if (!next || (*next && **next <= clock_.now())) return false;
    const std::lock_guard lock(mutex_);
    return !claiming_ && in_hand_.empty() && results_.empty() && to_report_.empty() &&
           recorded_ == before;
}

bool Outbox::wait_until_sent(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    ring();
    while (!idle()) {
        if (std::chrono::steady_clock::now() >= end) return false;
        std::unique_lock lock(mutex_);
        quiet_.wait_for(lock, std::chrono::milliseconds(20));
    }
    return true;
}

int Outbox::step() {
    int sent = 0;
    while (claim_more() > 0) {
        while (!to_send_.empty()) {
            results_.push_back(dispatch_.send(to_send_.front(), clock_.now()));
            to_send_.pop_front();
            ++sent;
        }
        record_results();
    }
    return sent;
}

}  // namespace stageclock

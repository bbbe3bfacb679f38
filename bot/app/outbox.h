// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bot/app/dispatch.h"
#include "bot/app/wakeup.h"
#include "bot/ports/clock.h"
#include "bot/ports/desk.h"
#include "bot/ports/store.h"

namespace stageclock {

// Sends what the store's outbox holds. One clerk claims rows and records results, many at a time in
// one transaction; a few senders word and deliver them. A row is recorded only after the other side
// answered, so a crash in between sends it again, with the same Message-ID (docs/outbox.md).
class Outbox {
public:
    Outbox(Store& store, Clock& clock, Dispatch& dispatch, int senders);
    ~Outbox();
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    // Who is to know that a notice of a case will never arrive, before it is recorded: called on a
    // thread of the outbox, and again while the answer is "unavailable". Set before start().
    void when_unreached(std::function<Answer(Update)> tell) { unreached_ = std::move(tell); }

    void start();
    // Finishes the deliveries in hand, records them, ends the threads.
    void stop();
    // Something new may be due. Thread-safe.
    void ring() { clerk_bell_.ring(); }

    // Waits until nothing is due or in hand any more, at most `patience`. False: gave up.
    bool wait_until_sent(std::chrono::milliseconds patience);

    // Sends everything that is due now on the caller's thread: for tests.
    int step();

private:
    void clerk(const std::stop_token& stop);
    void sender(const std::stop_token& stop);
    int claim_more();
    bool record_results();
    std::chrono::milliseconds patience();
    bool idle();
    void reporter(const std::stop_token& stop);
    void hand_to_reporter(std::vector<SendResult>& results);
    bool report(const SendResult& result, const Notice& notice);
    bool try_other_ways(const std::vector<SendResult>& results);
    void report_failures(const std::vector<SendResult>& results);

    Store& store_;
    Clock& clock_;
    Dispatch& dispatch_;
    const int senders_wanted_;

    std::function<Answer(Update)> unreached_;
    Wakeup clerk_bell_;
    Wakeup reporter_bell_;
    std::mutex mutex_;                 // guards the eight below
    std::condition_variable work_;     // rows to send, or the end
    std::condition_variable quiet_;    // something was recorded
    std::deque<NoticeRow> to_send_;
    std::vector<SendResult> results_;
    std::map<std::int64_t, Notice> in_hand_;
    std::deque<std::pair<SendResult, Notice>> to_report_;  // failed for good, nobody knows yet
    std::set<std::int64_t> reported_;
    bool ending_ = false;
    bool claiming_ = false;            // rows may be claimed that are not in hand yet
    std::uint64_t recorded_ = 0;       // how often results were recorded

    std::vector<std::jthread> senders_;
    std::jthread reporter_;
    std::jthread clerk_;
};

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "bot/ports/delivery_reports.h"
#include "bot/ports/desk.h"
#include "bot/ports/seal.h"
#include "bot/ports/settings.h"
#include "bot/ports/store.h"

namespace stageclock {

// Reports of delivery, made into the state of a row. A failure sends the same notice by its
// reader's next channel, and of a mail tells the case, as a bounce does. Thread-safe.
class DeliveryDesk final : public ReportDesk {
public:
    // All outlive this. `ring`: something new is in the outbox.
    DeliveryDesk(Desk& desk, Store& store, const Settings& settings, const Seal& seal,
                 std::function<void()> ring)
        : desk_(desk), store_(store), settings_(settings), seal_(seal), ring_(std::move(ring)) {}

    bool take(const DeliveryReport& report) override;
    void note_refusal(const std::string& why) override;

    // True while a message was accepted by the service and nothing was heard of it since: at most
    // four days, as long as it tries and a day.
    bool waiting();

private:
    bool came_back(const NoticeRow& row, const std::string& said);
    bool try_next_way(const NoticeRow& row);
    bool tell_case(const NoticeRow& row, const std::string& said);
    void call_operator(const NoticeRow& row, const std::string& why);

    Desk& desk_;
    Store& store_;
    const Settings& settings_;
    const Seal& seal_;
    const std::function<void()> ring_;
};

}  // namespace stageclock

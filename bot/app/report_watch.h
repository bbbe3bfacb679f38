// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <thread>

#include "bot/app/delivery_desk.h"
#include "bot/app/wakeup.h"
#include "bot/ports/delivery_reports.h"

namespace stageclock {

// Asks a service what became of our messages, while there are any nothing is known of: at most once
// a minute, on a thread of its own. Callbacks may be lost; this finds what they would have said.
class ReportWatch {
public:
    // Both outlive this; `reports` null: nobody is asked.
    ReportWatch(DeliveryReports* reports, DeliveryDesk& desk) : reports_(reports), desk_(desk) {}
    ~ReportWatch() { stop(); }
    ReportWatch(const ReportWatch&) = delete;
    ReportWatch& operator=(const ReportWatch&) = delete;

    void start();
    // Waits for the call in hand. Idempotent.
    void stop();

private:
    void run(const std::stop_token& stop);

    DeliveryReports* const reports_;
    DeliveryDesk& desk_;
    Wakeup bell_;
    std::jthread thread_;
};

}  // namespace stageclock

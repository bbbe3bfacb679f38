// SPDX-License-Identifier: MIT
#pragma once

#include "bot/app/rulebook.h"
#include "bot/ports/calendar_feeds.h"
#include "bot/ports/clock.h"
#include "bot/ports/settings.h"
#include "bot/ports/store.h"

namespace stageclock {

// The CalendarFeeds of the running daemon.
class CalendarDesk final : public CalendarFeeds {
public:
    // All outlive this.
    CalendarDesk(Store& store, const Clock& clock, const Rulebook& rulebook,
                 const Settings& settings)
        : store_(store), clock_(clock), rulebook_(rulebook), settings_(settings) {}

    Result<std::string> deadlines(std::int64_t notice) override;

private:
    Store& store_;
    const Clock& clock_;
    const Rulebook& rulebook_;
    const Settings& settings_;
};

}  // namespace stageclock

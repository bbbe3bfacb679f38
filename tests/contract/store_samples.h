// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/ports/store.h"

// Cases and notices for the tests of stores. All names are invented.
namespace stageclock::samples {

inline constexpr Instant monday{std::chrono::seconds{1799055000}};  // 2027-01-04 09:30 UTC
inline Instant after(int seconds) { return monday + std::chrono::seconds(seconds); }

// Every member filled, each text different, with characters that need care in JSON and SQL.
Event full_event();
Case full_case(const std::string& ref);
Notice full_notice(const std::string& ref);

// Like those that the engine makes: a raise with its first notice and its answer.
Transition raise(const std::string& ref);
// The next change of the case in `before`: one event.
Transition change(const Transition& before);
// A reminder of `rule` to `recipient`; `occurrence` makes it unique.
Notice reminder(const std::string& ref, const std::string& rule, const std::string& recipient,
                int occurrence);
StoredAnswer answer(const std::string& id, const std::string& ref);
SendResult result(std::int64_t id, NoticeState state);

// A vector of one, as most calls need.
inline std::vector<Transition> only(const Transition& transition) { return {transition}; }

}  // namespace stageclock::samples

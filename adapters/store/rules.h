// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/ports/store.h"

// What every store holds to (docs/outbox.md): pure functions, shared so that stores cannot differ.
namespace stageclock {

// Nothing when the transition can be stored as it is, else what is wrong with it: it names another
// case, or the case is not the one its events make.
std::optional<Error> mistake_in(const Transition& transition);

// Nothing when each result has a state an attempt can end in.
std::optional<Error> mistake_in(std::span<const SendResult> results);

Error case_moved_on(const std::string& ref);
Error answered_already(const std::string& ref);
Error no_such_notice(std::int64_t id);
Error still_in_hand(std::int64_t id);

// Where a row goes when an attempt ended with `result`; none: the result comes too late to count.
std::optional<NoticeState> after_result(NoticeState now, bool lapsed, NoticeState result);

// What a report of failed delivery does to a row: true, it is kept; false, it does not count; none:
// too early to say.
std::optional<bool> counts_as_bounced(NoticeState now);
// The same of a report that a message arrived.
std::optional<bool> counts_as_delivered(NoticeState now);

inline constexpr std::string_view lapsed_reply =
    "Not tried again: no longer owed. An earlier attempt ended without an answer.";

// Who a row counts for when rows of one person are kept in order.
std::string recipient_of(const Notice& notice);
bool lapses(NoticeKind kind);  // with its duty
// When a new row may be sent: when it was decided, or when its hold ends.
Instant first_send(const Notice& notice);

// The addresses the case was put to for the first time, letter case aside.
std::vector<std::string> new_readers(const Transition& transition);

// When the rows it cancels are done: with its last event.
std::optional<Instant> moment_of(const Transition& transition);

// "CSCP-2026-0042" as board and year and number; none for any other form.
struct CaseNumber {
    std::string prefix;
    int year = 0;
    int number = 0;
};
std::optional<CaseNumber> number_in(std::string_view ref);

}  // namespace stageclock

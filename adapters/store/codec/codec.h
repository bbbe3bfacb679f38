// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "bot/core/case.h"
#include "bot/core/notice.h"
#include "bot/core/result.h"

// Cases, events and notices as compact JSON text (RFC 8259), for stores that keep text.
//
// A member that has its zero value (an empty text or list, 0, false, the first word of an
// enumeration, no value) is left out. Times are seconds since 1970-01-01 UTC, dates days since
// then. Bytes that are not UTF-8 are stored as U+FFFD. Thread-safe.
namespace stageclock::codec {

std::string encode(const Case& the_case);
std::string encode(const Event& event);
std::string encode(const Notice& notice);

// Strict: a missing fact, an unknown name, a wrong type, a number out of range or an unknown word
// is Code::internal with the place in `where`, as in "case/duties/3/state". The text itself is
// never in the error.
Result<Case> decode_case(std::string_view text);
Result<Event> decode_event(std::string_view text);
Result<Notice> decode_notice(std::string_view text);

}  // namespace stageclock::codec

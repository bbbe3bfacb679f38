// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/calendar.h"
#include "bot/ports/templates.h"

// Words and forms of a notice that need no case: pure text.
namespace stageclock::model_words {

// "Thu 24 Dec 2026"; the day of the month takes two places, so that lists line up.
std::string short_date(Date date);
// "Thu 24 Dec, 17:00": for subjects and chat.
std::string short_time(Instant instant, const Zone& zone);
// 1 -> "first" ... 10 -> "tenth", 11 -> "11th".
std::string ordinal(int number);
// "1 working day", "2 working days".
std::string working_days(int count);
std::string joined(const std::vector<std::string>& items, std::string_view separator);
// Free text as lines: control characters gone, empty lines left out, at most 4 000 bytes (the last
// line then says that the text goes on).
Model lines(std::string_view text);
Model texts(const std::vector<std::string>& items);
// The same on one line.
std::string one_line(std::string_view text);

// A mailto: link (RFC 6068 section 2): everything but unreserved characters percent-encoded, line
// ends as %0D%0A (section 5).
std::string mailto(std::string_view address, std::string_view subject, std::string_view body);
// A path segment of a link, percent-encoded (RFC 3986 section 2.1).
std::string encoded(std::string_view text);

}  // namespace stageclock::model_words

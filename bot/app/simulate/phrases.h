// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/play.h"

// Short pieces of text about a timeline: no line ends in them, no personal data but what a story
// made up.
namespace stageclock::simulate {

// "Mon 2026-12-21 10:00", with seconds where there are any, and with the zone's abbreviation
// within a day of a clock change.
std::string clock_face(Instant instant, const Zone& zone);
// RFC 3339 with the zone's own offset: "2026-06-01T10:00:00+01:00".
std::string local_rfc3339(Instant instant, const Zone& zone);

// "Head of Housing, raising side (Housing), post housing-3, by route night"; a contact of the case
// has no post.
std::string who(const Recipient& recipient);
std::string who(const std::vector<Recipient>& people);
// "  [CAMDEN-9 CAMDEN-10]"; empty for none.
std::string clause_list(const std::vector<std::string>& clauses);

// "due Wed 2026-12-30 17:00" or "no deadline".
std::string due_words(const Deadline& deadline, const Zone& zone);
// How it was counted: "1 working week: 5 working days, ... from Mon ... (stage 1 was entered)".
std::string basis_words(const Deadline& deadline, const Zone& zone);
// Each day: "Mon 21 Dec (day 0), Tue 22 Dec = 1, Fri 25 Dec (Christmas Day)". Empty when nothing
// was counted.
std::string days_words(const Deadline& deadline);

// What happened, in words: "entered stage 2, Line managers".
std::string event_words(const Event& event, const Policy& policy, const Zone& zone);
// What arrived: "escalate, by the raising side".
std::string update_words(const Update& update, const Zone& zone);
// The reason of a notice or of a decision not to tell, as a sentence without its full stop.
std::string_view reason_words(Reason reason);

}  // namespace stageclock::simulate

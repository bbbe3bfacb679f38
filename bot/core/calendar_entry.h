// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/time.h"

// Deadlines as calendar programs take them: iCalendar (RFC 5545), by the rules of iTIP (RFC 5546).
// Pure functions.
namespace stageclock {

// One deadline. Holds no personal data: calendars are shared, copied and shown on telephones.
struct CalendarEntry {
    std::string uid;             // the same for this deadline for ever, wherever it moves
    std::uint64_t sequence = 0;  // never falls for one uid; rises when the deadline changes
    Instant stamp;               // as of when this is true
    Instant deadline;
    std::string summary;  // "CSCP-2026-0042: Resolve at stage 2, or escalate"
    std::string description;
    std::string url;           // of the case's page; empty: none
    bool provisional = false;  // it may yet move: the holidays of that time are not known
};

// What calendar programs are to do with the entries.
enum class CalendarMethod {
    publish,  // RFC 5546 section 3.2.1: add them, or put them in the place of what was sent
    cancel    // section 3.2.5: take them away
};

struct CalendarFile {
    CalendarMethod method{};
    std::string name;       // what a subscribed calendar is called; empty: not said
    std::string organiser;  // address of ours: RFC 5546 asks for one; nobody is asked to answer
    std::vector<CalendarEntry> entries;
};

// The file, in UTF-8 with CRLF. An entry is an event of half an hour that ends at the deadline:
// programs leave out tasks (VTODO) and show an event without length badly or not at all, half an
// hour is one row of a day, and what lies before its end is still in time. It does not make its
// owner busy, and an alarm goes off two hours before the deadline. Times are on London's wall clock
// when that is the zone, else, and in the hour that comes twice, in UTC.
std::string to_ical(const CalendarFile& file, const Zone& zone);

// RFC 5545 section 3.3.11: a text as the value of a property.
std::string ical_text(std::string_view text);
// Section 3.1: a content line, folded before 76 octets and never within a character, with CRLF.
std::string ical_line(std::string_view line);

}  // namespace stageclock

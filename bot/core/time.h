// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stageclock {

// A moment, in UTC, to the second. Every stored time is one of these.
using Instant = std::chrono::sys_seconds;
// A day and a wall-clock reading of the zone of a Calendar: never mixed with instants.
using Date = std::chrono::local_days;
using LocalTime = std::chrono::local_seconds;
// Minutes since local midnight, 0 to 1440.
using TimeOfDay = std::chrono::minutes;

// A time zone as a plain value: the offsets from UTC and when they change. Filled by an adapter
// from the tz database; copied freely, never changed.
class Zone {
public:
    struct Transition {
        Instant at;                   // from this instant on ...
        std::chrono::seconds offset;  // ... local time = UTC + offset
        std::string abbreviation;     // "GMT", "BST"
    };

    // `transitions` in rising order; the first one holds for all time before the second.
    Zone(std::string name, std::vector<Transition> transitions);
    // London wall-clock time without any change: for tests that do not care.
    static Zone utc();

    const std::string& name() const { return name_; }
    LocalTime local(Instant instant) const;
    std::string_view abbreviation(Instant instant) const;

    // The instant of a wall-clock reading. An hour that occurs twice gives the earlier instant (a
    // deadline must not be later than a reader may think); one that is skipped gives the instant
    // of the change.
    Instant instant(LocalTime reading) const;

private:
    const Transition& in_force(Instant instant) const;

    std::string name_;
    std::vector<Transition> transitions_;
};

// "2026-12-24", and back; nullopt for anything that is not a real day in exactly this form.
std::string to_text(Date date);
std::optional<Date> parse_date(std::string_view text);

// "17:00", and back; nullopt outside 00:00 to 24:00.
std::string to_text(TimeOfDay time);
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);

// RFC 3339 in UTC: "2026-12-24T17:00:00Z". Parsing takes any numeric offset and drops fractions
// of a second; nullopt for anything else.
std::string to_rfc3339(Instant instant);
std::optional<Instant> parse_rfc3339(std::string_view text);

// For people: "Thursday 24 December 2026 at 17:00". Local to the zone; the abbreviation is added
// ("... at 01:30 BST") only within a day of a clock change, where it matters.
std::string to_words(Instant instant, const Zone& zone);
// "Thursday 24 December 2026".
std::string to_words(Date date);
// "Mon", "Monday".
std::string_view weekday_short(Date date);
std::string_view weekday_name(Date date);

}  // namespace stageclock

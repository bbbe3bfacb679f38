// SPDX-License-Identifier: MIT
// Reads a zone of the machine's tz database through cctz into the plain value the core computes
// with. Done once at start: a bad database is found then, not at the first deadline in July.
#include <chrono>

#include <cctz/time_zone.h>

#include "adapters/registry.h"

namespace stageclock {
namespace {

constexpr int first_year = 2000;
constexpr int last_year = 2060;

Instant january_first(int year) {
    return std::chrono::sys_days{std::chrono::year{year} / std::chrono::January / 1};
}

Zone::Transition in_force(const cctz::time_zone& zone, Instant at) {
    const auto found = zone.lookup(cctz::time_point<cctz::seconds>{at.time_since_epoch()});
    return {at, std::chrono::seconds{found.offset}, found.abbr};
}

std::vector<Zone::Transition> transitions_of(const cctz::time_zone& zone) {
    const cctz::time_zone utc = cctz::utc_time_zone();
    const Instant end = january_first(last_year + 1);
    std::vector<Zone::Transition> transitions{in_force(zone, january_first(first_year))};
    for (;;) {
        const Zone::Transition& last = transitions.back();
        cctz::time_zone::civil_transition next;
        const cctz::time_point<cctz::seconds> after{last.at.time_since_epoch()};
        if (!zone.next_transition(after, &next)) break;
        // `from` is what the wall clock would have shown under the offset so far.
        const Instant at{cctz::convert(next.from, utc).time_since_epoch() - last.offset};
        if (at >= end) break;
        transitions.push_back(in_force(zone, at));
    }
    return transitions;
}

// Winter and summer time of London in every year: a tz database without its rules for the future
// shows the same offset all year round.
bool is_london(const Zone& zone) {
    for (int year = first_year; year <= last_year; ++year) {
        const Instant january = january_first(year) + std::chrono::days{14};
        const Instant july = january + std::chrono::days{181};
        const auto winter = zone.local(january).time_since_epoch() - january.time_since_epoch();
        const auto summer = zone.local(july).time_since_epoch() - july.time_since_epoch();
        if (winter != std::chrono::hours{0} || summer != std::chrono::hours{1}) return false;
    }
    return true;
}

}  // namespace

Result<Zone> load_zone(const std::string& name) {
    cctz::time_zone zone;
    if (!cctz::load_time_zone(name, &zone)) {
        return Error{Code::unavailable,
                     "The time zone cannot be loaded: install the Debian package tzdata, or "
                     "correct the name (Europe/London)",
                     name};
    }
    Zone loaded{name, transitions_of(zone)};
    if (name == "Europe/London" && !is_london(loaded)) {
        return Error{Code::unavailable,
                     "The time zone data is wrong: London must be at UTC+0 in January and UTC+1 "
                     "in July. Reinstall the Debian package tzdata",
                     name};
    }
    return loaded;
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "bot/core/week.h"

#include <algorithm>

#include "bot/core/recipients.h"

namespace stageclock {
namespace {

bool same(const Span& span, const Filled& filled) {
    return span.missing == filled.missing &&
           std::equal(span.people.begin(), span.people.end(), filled.people.begin(),
                      filled.people.end(),
                      [](const Recipient& a, const Recipient& b) { return a.id == b.id; });
}

}  // namespace

std::vector<Span> every_hour_of_a_week(const Case& the_case, const Target& target,
                                       const Rules& rules, Date from) {
    std::vector<Span> spans;
    const Instant end = rules.calendar.at(from + std::chrono::days{7}, TimeOfDay{0});
    // Hours elapsed, not hours of the clock face: a week with a clock change has 167 or 169.
    for (Instant hour = rules.calendar.at(from, TimeOfDay{0}); hour < end;
         hour += std::chrono::hours{1}) {
        const Filled filled = fill(the_case, {target}, rules, hour);
        const Instant next = std::min(end, hour + std::chrono::hours{1});
        if (!spans.empty() && same(spans.back(), filled)) {
            spans.back().to = next;
        } else {
            spans.push_back({hour, next, filled.people, filled.missing});
        }
    }
    return spans;
}

Date monday_after(Instant instant, const Calendar& calendar) {
    Date day = calendar.date(instant) + std::chrono::days{1};
    while (std::chrono::weekday{day} != std::chrono::Monday) day += std::chrono::days{1};
    return day;
}

}  // namespace stageclock

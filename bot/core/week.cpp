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
    // Routes change to the minute, and a week with a clock change is an hour longer or shorter.
    constexpr std::chrono::minutes step{1};
    for (Instant at = rules.calendar.at(from, TimeOfDay{0}); at < end; at += step) {
        Filled filled = fill(the_case, {target}, rules, at);
        if (!spans.empty() && same(spans.back(), filled)) {
            spans.back().to = at + step;
        } else {
            spans.push_back({at, at + step, std::move(filled.people), std::move(filled.missing)});
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

// SPDX-License-Identifier: MIT
#include "bot/app/simulate/week_text.h"

#include "bot/app/simulate/phrases.h"

namespace stageclock::simulate {

std::vector<Paragraph> describe_week(const Played& played, const Target& target,
                                     const std::vector<Span>& spans) {
    const Zone& zone = played.calendar.zone();
    Paragraph week;
    week.heading = played.story.title + ": who would be told for " +
                   std::string(to_text(target.side)) + " " + target.role;
    for (const Span& span : spans) {
        const std::string hours = clock_face(span.from, zone) + " to " + clock_face(span.to, zone);
        const std::string people = who(span.people);
        week.lines.push_back({0, hours + ": " + (people.empty() ? "nobody" : people)});
        for (const std::string& role : span.missing) {
            week.lines.push_back({1, "nobody known: " + role});
        }
    }
    return {week};
}

}  // namespace stageclock::simulate

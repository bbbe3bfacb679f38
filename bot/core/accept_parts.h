// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/decide.h"

// What the judges of the different updates share, and those that have a file of their own.
namespace stageclock {

Verdict refuse(Refused reason, std::string field, std::string what,
               std::vector<std::string> clauses = {});
Verdict one(Event event);
// The event, or a refusal that asks for the text.
Verdict needs_text(const Update& update, const char* what, Event event);
// "\"a\", \"b\"".
std::string listed(const std::vector<std::string>& words);

// An event of that kind, as the update says it happened, at the case's present stage.
Event event_of(const Case& the_case, const Update& update, EventKind kind, Instant now);
// The entry into a stage that follows from the update.
Event entered(const Case& the_case, const Update& update, const Stage& stage, Instant now);

// The duty that has to be met before the case may enter the stage, while it is not; one that never
// began on this case bars nobody.
const Duty* owed_before(const Case& the_case, const Policy& policy, const Stage& stage);
// "discussed" can be said with an escalation itself: its text is the record of the attempt.
bool is_met_by_text(const Duty& duty);

// The level of urgency: "standard", "urgent" or one of the policy's.
Verdict set_priority(const Case& the_case, const Rules& rules, const Update& update, Instant now,
                     const std::string& level);
// A protective deadline.
Verdict set_deadline(const Case& the_case, const Update& update, Instant now);
// A limit that is the parties' to set.
Verdict agree_deadline(const Case& the_case, const Rules& rules, const Update& update, Instant now);
// A message did not arrive. What is already known makes no new event.
Verdict report_unreached(const Case& the_case, const Rules& rules, const Update& update,
                         Instant now);
// `rules` are those of the version the case is to be judged by from now on.
Verdict migrate(const Case& the_case, const Rules& rules, const Update& update, Instant now);

// An event the policy gives a name of its own: whose it is to report, what it must carry, and what
// follows at once (a stage entered, the case closed, a circumstance).
Verdict accept_report(const Case& the_case, const Rules& rules, const Update& update, Instant now);

}  // namespace stageclock

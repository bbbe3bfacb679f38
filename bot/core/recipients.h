// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/decide.h"

namespace stageclock {

// Who fills some targets of a case at `now` (routes go by the hour, absences by the day), and which
// roles nobody with an address is known for.
struct Filled {
    std::vector<Recipient> people;     // each person once
    std::vector<std::string> missing;  // "line manager of the receiving side (Housing)"
};

Filled fill(const Case& the_case, const std::vector<Target>& targets, const Rules& rules,
            Instant now);

// The name people know an agency of a case by: the directory's, or as it was written.
std::string agency_name(const Rules& rules, const std::string& agency);
// "line-manager" -> "line manager".
std::string role_words(std::string_view role);

// The raiser, and everybody who was asked something about the case so far. Outcomes are shared with
// all of them, and with nobody who never heard of it.
std::vector<Recipient> participants(const Case& the_case, const Rules& rules);
// The same, and the contacts named on the case whom nothing was asked of yet: who may be shown as
// being on the case, and whose mails are its own.
std::vector<Recipient> everybody(const Case& the_case, const Rules& rules);

}  // namespace stageclock

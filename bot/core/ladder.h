// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "bot/core/decide.h"

namespace stageclock {

// The level of urgency the case is at: "standard", "urgent" or a level of its policy.
std::string_view priority_of(const Case& the_case);

// True when the limits of a rule hold for the case as it stands.
bool holds(const When& when, const Case& the_case, const Rules& rules);

// The rungs this case climbs, in order: the stages of its procedure that hold for it, and in the
// place of a stage whose steps hold for it, those steps.
std::vector<const Stage*> ladder(const Case& the_case, const Rules& rules);

// The rung after `from`; nullptr when nothing follows it.
const Stage* next_stage(const Case& the_case, const Rules& rules, std::string_view from);

// The rung on which a case enters `stage`: its first step that holds, else the stage itself.
// nullptr when it does not hold for this case.
const Stage* entry_to(const Case& the_case, const Rules& rules, std::string_view stage);

// True when one of the stages the case entered has actors on that side: before, the side is told
// nothing (BERKS-9, K-8). The raising side and the board always are.
bool brought_in(const Case& the_case, const Rules& rules, Side side);

}  // namespace stageclock

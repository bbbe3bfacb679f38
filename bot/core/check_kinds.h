// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/check_parts.h"

namespace stageclock::checking {

// Cases alike in one respect: what people call them, and which of the rows may count for them.
struct Group {
    Words words;
    std::vector<bool> rows;
};

// One respect in which cases differ, "unit", with the groups the rows tell apart.
struct Respect {
    std::string name;
    std::vector<Group> groups;
};

// The first of them are what a row says of its own party: agency and unit.
inline constexpr std::size_t of_the_row = 2;

// Stands between the words of facts a case has at once: "head-is-dsl with not-responding".
inline constexpr const char* together = " with ";

// Every respect in which the conditions of these routes tell cases apart; one that makes no
// difference has a single group.
std::vector<Respect> respects_of(const Policy& policy, const Directory& directory,
                                 const std::vector<const Route*>& rows);

}  // namespace stageclock::checking

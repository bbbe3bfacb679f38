// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <set>
#include <string>
#include <vector>

#include "bot/core/play.h"

// Which rules of a policy some timelines touch: a rule no story touches is a rule nobody has seen
// at work.
namespace stageclock {

struct RuleName {
    std::string kind;  // its table: "stage", "step", "route", "duty", "copy", ...
    std::string id;
    auto operator<=>(const RuleName&) const = default;
};

// Every rule of the policy that a story can touch, in the order of its tables.
std::vector<RuleName> rules_of(const Policy& policy);

// Touched: a stage or step entered; a route by which somebody was told; a duty started; a copy
// whose notices were made; an event reported; a form attached; a guard shown, or its refusal given.
std::set<RuleName> touched(const Timeline& timeline, const Policy& policy);

// Rules of the policy that are not in `seen`.
std::vector<RuleName> uncovered(const Policy& policy, const std::set<RuleName>& seen);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "adapters/support/toml_reader.h"
#include "bot/core/policy.h"

// What rows of several tables have in common.
namespace stageclock::policy_toml {

// `{ side = "both", role = "line-manager" }`. The mistakes of a side are reported; the first side
// stands in meanwhile.
Target read_target(toml_reader::Row row);
std::vector<Target> read_targets(toml_reader::Row& row, const char* key);
// `["07:00-21:00", "Saturday 10:00-12:00"]`.
std::vector<Hours> read_hours(toml_reader::Row& row, const char* key);
// The limits of a rule: `when = { subject = ["child"] }`.
When read_when(toml_reader::Row& row, const char* key = "when");

// The tables beside ladder, duties and copies: [[priority]], [[circumstance]], [[area]], [[route]],
// [[phrase]] and [[report]].
void read_more(toml_reader::Row& root, Policy& policy);

}  // namespace stageclock::policy_toml

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "adapters/support/toml_reader.h"
#include "bot/core/time.h"
#include "bot/core/update.h"

// The tables of a story file. docs/simulate.md lists every key; the tables of keys are in
// updates.cpp and raise.cpp and nowhere else.
namespace stageclock::story_toml {

// "2026-12-23 09:00" on the zone's wall clock, or RFC 3339. Absent gives nothing. A time the clocks
// skip is a mistake; one that comes twice is the earlier.
std::optional<Instant> read_time(toml_reader::Row& row, const char* key, const Zone& zone);

// The person who speaks for a side in every story.
Actor speaker(Side side);

// {side, role, address, name, phone}.
Contact read_contact(toml_reader::Row& row);

// [raise]: the facts. `received` is left to the caller.
Update read_raise(toml_reader::Row& row, const Zone& zone);

// One [[update]], its `at` in `received`.
Update read_update(toml_reader::Row& row, const Zone& zone);

}  // namespace stageclock::story_toml

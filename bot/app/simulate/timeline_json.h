// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "bot/app/simulate/json.h"
#include "bot/app/simulate/played.h"
#include "bot/core/week.h"

// The stable JSON of docs/simulate.md (schema: docs/simulate.schema.json). Fields are added, never
// renamed or given another meaning; another `format` would say so.
namespace stageclock::simulate {

// A whole timeline; moments before `from` are left out.
Json timeline_json(const Played& played, std::optional<Instant> from);
// Who would be told in each hour of a week.
Json week_json(const Played& played, const Target& target, const std::vector<Span>& spans);

// Its parts, for `explain`.
Json time_json(Instant instant, const Zone& zone);
Json duty_json(const DutyShown& duty, const Rules& rules);
Json notice_json(const Notice& notice, const Rules& rules);
Json not_told_json(const NotTold& not_told, const Rules& rules);
Json event_json(const Event& event, const Rules& rules);
Json refusal_json(const Refusal& refusal);

}  // namespace stageclock::simulate

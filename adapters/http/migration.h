// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/http/exchange.h"
#include "bot/ports/desk.h"

namespace stageclock::front {

// POST /operator/migrate {"ref": "CSCP-2026-0042", "reason": "..."}: moves a case to the policy
// that is served now. For the holder of an operator's token.
constexpr std::string_view migration_path = "/operator/migrate";
Response answer_migration(Desk& desk, const Request& request);

}  // namespace stageclock::front

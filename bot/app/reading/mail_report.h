// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/app/simulate/json.h"
#include "bot/core/reply.h"
#include "bot/ports/inbox.h"

// What `mail understand` tells of a mail: docs/adapters/mail-understand.md.
namespace stageclock::reading {

// `understood` is none unless a person wrote it. The answer holds personal data.
simulate::Json report_json(const IncomingMail& mail, const std::optional<Understood>& understood);
// The same for people, a line each.
std::vector<std::string> report_lines(const IncomingMail& mail,
                                      const std::optional<Understood>& understood);

}  // namespace stageclock::reading

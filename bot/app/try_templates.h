// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "bot/core/decide.h"
#include "bot/ports/templates.h"

namespace stageclock {

// Renders what each reason for a notice would say at each stage of a policy, to an officer, a
// board's inbox and a chat, of a case about which everything is known and of one about which
// nothing is. Each template that fails is a problem once: table "template", its name as id, the
// stage as field.
std::vector<Problem> try_templates(const Templates& templates, const Rules& rules);

}  // namespace stageclock

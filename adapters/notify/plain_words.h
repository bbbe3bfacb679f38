// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/notice.h"
#include "bot/core/result.h"

// What is sent when a template is broken: poorer, but nobody is left untold. Made from the notice
// alone, without links.
namespace stageclock::notify {

// "[CSCP-2026-0042] Safeguarding escalation".
std::string plain_subject(const Notice& notice);
// Reference, stage, what is asked, deadline in UTC: a line each.
std::string plain_text(const Notice& notice);
// Writes the template and what is wrong with it to the log. `error` must hold no personal data.
void report_broken_template(const std::string& name, const Error& error);

}  // namespace stageclock::notify

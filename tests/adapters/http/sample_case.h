// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/decide.h"
#include "bot/ports/store.h"

// Invented cases and notices to show on pages.
namespace stageclock::sample {

CaseView overdue_case();  // CSCP-2026-0042, with a hostile name in it
CaseView running_case();  // NSSB-2026-0007
std::vector<NoticeRow> notices();
std::string mail();       // text, HTML and a PDF attachment

}  // namespace stageclock::sample

// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/decide.h"

namespace stageclock {

// The part of accept() that begins a case: checks what a raise says against the policy and the
// directory, and gives the events of a new case that will be known as `ref`.
Verdict accept_raise(const std::string& ref, const Rules& rules, const Update& update, Instant now);

// The stages of a procedure from place `from` up to, not including, place `to`.
std::vector<std::string> skipped_stages(const Policy& policy, const std::string& procedure,
                                        int from, int to);

}  // namespace stageclock

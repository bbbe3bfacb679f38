// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/decide.h"
#include "bot/ports/desk.h"

namespace stageclock {

// What the sender of an accepted update is told: the case, its stage, what is due by when, and the
// sentences of the policy they must see.
Answer answer_for(const Case& the_case, const Rules& rules);
Answer refused(Refusal refusal);
Answer unavailable();

// The stored form of an accepted answer: a repeat of the update is answered from it.
std::string encode(const Answer& answer);
// Answers written by this version or an earlier one; an unreadable one gives the reference alone.
Answer decode_answer(const std::string& body, const std::string& ref);

}  // namespace stageclock

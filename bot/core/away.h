// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/core/robot.h"

// What an automatic answer says of its owner. Internal to bot/core/robot.cpp.
namespace stageclock::away {

// True when the subject is one that mail programs give an out-of-office answer.
bool is_subject(std::string_view subject);
// True when it is one that only programs give: people write "Annual leave and cover" too.
bool is_fixed_subject(std::string_view subject);
// True when the unquoted text says its owner is away, on leave, or has left.
bool has_phrase(std::string_view text);
// The day of return the text gives: "2027-01-04"; empty: none.
std::string back_in(std::string_view text, const std::optional<Date>& sent);
// The one address the text gives beside the sender's and ours; empty: none, or several.
std::string suggested_in(const MailSigns& signs);

}  // namespace stageclock::away

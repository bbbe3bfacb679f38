// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/robot.h"

// The scanners bounce.h is made of. Internal to bot/core/bounce*.cpp and robot*.cpp.
namespace stageclock::bounce {

// The first enhanced status code in a text, "5.1.1" (RFC 3463 section 2); empty: none. Parts of
// network addresses and of version numbers are not taken for one.
std::string status_in(std::string_view text);
// Every plausible address in a text, in order, each once, letter case kept.
std::vector<std::string> addresses_in(std::string_view text);
// The recipients that the text and the header of a report without usable groups name.
std::vector<FailedRecipient> failed_in_text(const MailSigns& signs);

}  // namespace stageclock::bounce

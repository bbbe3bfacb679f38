// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stageclock::mail {

// "<id@host>" with nothing else in it (RFC 5322 section 3.6.4); empty otherwise.
std::string valid_message_id(std::string_view text);
// Every valid message id in a References or In-Reply-To value, at most 50.
std::vector<std::string> message_ids_in(std::string_view text);

}  // namespace stageclock::mail

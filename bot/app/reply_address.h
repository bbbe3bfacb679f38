// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bot/ports/seal.h"
#include "bot/ports/settings.h"

namespace stageclock {

// The address at which the recipient of a notice, and nobody else, answers it:
// "stageclock+r.SEAL@example.org". Empty when there are none (`mail.separator`), or when the local
// part would be longer than 64 octets (RFC 5321 section 4.5.3.1.1). Pure.
std::string reply_address(std::int64_t notice, const Settings& settings, const Seal& seal);

// The number of the notice such an address belongs to; nullopt for any other address.
std::optional<std::int64_t> notice_of(std::string_view address, const Settings& settings,
                                      const Seal& seal);

}  // namespace stageclock

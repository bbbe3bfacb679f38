// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bot/ports/seal.h"
#include "bot/ports/settings.h"

namespace stageclock {

// An address of ours that belongs to one message: "stageclock+b.SEAL@example.org" is where mail
// systems report about it (SealFor::bounce), "stageclock+r.SEAL@example.org" where its recipient,
// and nobody else, answers it (SealFor::reply). Empty when the settings allow none
// (`mail.separator`), or when the local part would be longer than 64 octets (RFC 5321 section
// 4.5.3.1.1). Pure.
std::string sealed_address(SealFor purpose, std::int64_t row, const Settings& settings,
                           const Seal& seal);
// The outbox row such an address belongs to; nullopt for any other address.
std::optional<std::int64_t> row_of_address(SealFor purpose, std::string_view address,
                                           const Settings& settings, const Seal& seal);

// The Message-ID of a message, angle brackets included: it says to us, and only to us, which one
// it is. Stable, so that a repeat is known as one.
std::string sealed_message_id(std::int64_t row, const Settings& settings, const Seal& seal);
std::optional<std::int64_t> row_of_message_id(std::string_view id, const Settings& settings,
                                              const Seal& seal);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

// Text messages: numbers, alphabet and length (3GPP TS 23.038). Pure functions.
namespace stageclock::govuk {

// "+447700900123" of "07700 900123", "+44 (0)7700 900123" or "+353 1 234 5678"; nullopt: no number
// of either form.
std::optional<std::string> telephone_number(std::string_view text);

// How many messages the network makes of this text: 160 characters of its own alphabet fit into
// one, else 70; a little less in each of several.
int segments(std::string_view text);

// The same words on lines as long as they are, in the network's own alphabet where that costs no
// meaning, and cut so that `link` after it still fits into three messages with the name of the
// service, which Notify may put before it.
std::string fitted(std::string_view text, std::string_view link);

}  // namespace stageclock::govuk

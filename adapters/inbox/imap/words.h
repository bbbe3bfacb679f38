// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/inbox/imap/response.h"
#include "bot/core/time.h"

// What we say to an IMAP server, and the smaller things it says. Pure functions.
namespace stageclock::imap {

// A folder's name as an argument, in quotes, "&" as modified UTF-7 wants it (RFC 3501 section
// 5.1.3). nullopt: empty, or something else than printable ASCII.
std::optional<std::string> folder_argument(std::string_view name);

// "17-Jul-2026 02:44:25 +0100" (RFC 3501 section 9, date-time); nullopt for anything else.
std::optional<Instant> internal_date(std::string_view text);

// The day before, as SEARCH wants it: "16-Jul-2026". A server takes days in a zone of its own, so
// that the day itself could be too late.
std::string search_day_before(Instant instant);

// The numbers of every SEARCH among the responses, rising, each once.
std::vector<std::uint32_t> found(const std::vector<Response>& responses);

// "3,5,9".
std::string uid_set(const std::vector<std::uint32_t>& uids);

// What FETCH tells of one message. `body`: the bytes of the mail, up to where we asked for.
struct Fetched {
    std::uint32_t uid = 0;
    std::optional<std::uint32_t> size;
    std::optional<Instant> arrived;
    std::optional<std::string> body;
};
// nullopt: it is no FETCH, or without a UID (a server may tell of flags unasked).
std::optional<Fetched> fetched(Response&& response);

}  // namespace stageclock::imap

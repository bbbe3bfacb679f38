// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stageclock::maildir {

// A header field as it stands in the mail, unfolded, not decoded.
struct HeaderField {
    std::string name;   // lower case
    std::string value;  // outer spaces removed
};
using HeaderFields = std::vector<HeaderField>;

// The values of that field, topmost first.
std::vector<std::string> values_of(const HeaderFields& fields, std::string_view name);

// Which sign says that no person wrote this mail, so that nothing may be changed by it and nothing
// answered (RFC 3834 section 2, RFC 3464, RFC 2919); empty: a person did. `content_type` in lower
// case, without parameters; `from` is the sender's address.
std::string sign_of_automatic(const HeaderFields& fields, std::string_view content_type,
                              std::string_view from);

// "<id@host>" with nothing else in it (RFC 5322 section 3.6.4); empty otherwise.
std::string valid_message_id(std::string_view text);
// Every valid message id in a References or In-Reply-To value, at most 50.
std::vector<std::string> message_ids_in(std::string_view text);

}  // namespace stageclock::maildir

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/core/result.h"
#include "bot/ports/notifier.h"

// What an SMTP server says, and what it means for a mail. Pure functions.
namespace stageclock::smtp {

// A whole reply, of one line or several (RFC 5321 section 4.2).
struct Reply {
    int code = 0;
    std::string text;  // "550 5.1.1 User unknown": the lines as one, control characters removed
    bool good() const { return code >= 200 && code < 300; }
};

// Takes one complete reply off the front of `buffer`. None: more bytes are needed. An error: what
// stands there is no SMTP reply, or it is endless.
Result<std::optional<Reply>> take_reply(std::string& buffer);

// What a reply that ends the attempt means. 4xx: try again. 5xx: never, except where it speaks of
// the connection or of our log-in and not of this mail (RFC 5321 section 4.2, RFC 4954 section 6):
// somebody will correct that, and the mail must not be lost meanwhile.
Delivery judge(const Reply& reply);

// True for "we do not know you": the relay's user, password or method of log-in must be corrected.
bool is_login_refusal(const Reply& reply);

// The message as it follows DATA: every line end CRLF (a bare CR or LF would let a text end the
// mail early at some servers), dots doubled (RFC 5321 section 4.5.2), the final dot added.
std::string data_of(std::string_view message);

}  // namespace stageclock::smtp

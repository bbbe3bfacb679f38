// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "adapters/notify/smtp/smtp_connection.h"
#include "adapters/support/mail_line.h"

namespace stageclock::smtp {

// The line to the relay, and what the relay said it can do. Used by one thread at a time.
struct Connection::Transport {
    Done open(const Relay& relay, Deadline deadline);
    bool has(std::string_view keyword) const;

    mail::MailLine line;
    std::string buffer;        // read, not yet taken
    std::string capabilities;  // lines of the last EHLO answer
};

}  // namespace stageclock::smtp

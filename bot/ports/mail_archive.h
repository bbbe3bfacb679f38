// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/result.h"

namespace stageclock {

// The mails that were taken in, as they came.
class MailArchive {
public:
    virtual ~MailArchive() = default;

    // The decoded bytes of a file that came with a mail; both are named by their SHA-256 (hex).
    // Code::not_found: there is no such mail or file. Thread-safe.
    virtual Result<std::string> file(const std::string& mail, const std::string& sha256) const = 0;
};

}  // namespace stageclock

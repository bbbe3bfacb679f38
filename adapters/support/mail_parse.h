// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "bot/core/result.h"
#include "bot/ports/inbox.h"

namespace stageclock::mail {

// What we read of one mail at most. A mail beyond `headers` is not read at all; of the rest what
// lies beyond is left out of the text (the original is kept whole).
struct MailLimits {
    int headers = 1000;
    int parts = 200;
    int depth = 16;
    int addresses = 100;
    std::size_t text = 1 << 20;  // bytes
    std::size_t subject = 1000;
    std::size_t name = 200;
};

// Takes a mail apart. Everything but `original` and `arrived` is filled. The error says why it is
// no mail we read; it holds nothing of the mail. Thread-safe.
Result<IncomingMail> parse_mail(std::string_view bytes, const MailLimits& limits = {});

// The decoded bytes of the attachment of a mail whose SHA-256 (hex) is this. Code::not_found: it
// has none. Thread-safe.
Result<std::string> attachment_of(std::string_view bytes, std::string_view sha256,
                                  const MailLimits& limits = {});

}  // namespace stageclock::mail

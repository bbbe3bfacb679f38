// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "bot/core/result.h"
#include "bot/ports/notifier.h"

namespace stageclock::capture {

// Words notices as `inner` does, and keeps them in a Maildir instead of sending them. A mail is
// kept as the very bytes that would be sent, any other message as the body of a mail to its
// destination. The file's name is made from the message: the same message has the same name.
// Creates the Maildir. Error: it cannot be created.
Result<std::unique_ptr<Notifier>> capture(std::unique_ptr<Notifier> inner,
                                          const std::string& maildir);

}  // namespace stageclock::capture

// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>

#include "bot/core/result.h"
#include "bot/ports/notifier.h"
#include "bot/ports/settings.h"
#include "bot/ports/templates.h"

namespace stageclock::smtp {

// The channel "mail": notices as mails, handed to one relay over SMTP (RFC 5321), at most
// `settings.smtp.connections` connections at a time, kept open between mails.
//
// deliver() is bounded by `limit` as a whole. With an empty smtp.url nothing is sent and every
// delivery asks to be tried again: then only render() is of use. `templates` must outlive it.
// Error: the address or protection of the relay, or mail_from, is not acceptable.
Result<std::unique_ptr<Notifier>> make_mail(
    const Settings& settings, const Templates& templates,
    std::chrono::milliseconds limit = std::chrono::seconds(60));

}  // namespace stageclock::smtp

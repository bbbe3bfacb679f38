// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/result.h"
#include "bot/ports/notifier.h"
#include "bot/ports/templates.h"

namespace stageclock::smtp {

// Words a notice as a mail: docs/adapters/mail-out.md lists every header field. Pure: the same
// outgoing gives the same bytes. Thread-safe; `templates` must outlive it.
class MailWriter {
public:
    // `from` must pass is_address().
    // `prefix` stands before every subject, such as the word a gateway encrypts by; may be empty.
    MailWriter(std::string from, std::string from_name, std::string prefix,
               const Templates& templates);

    // An error only when the recipient is no mail address; a broken template is reported to the
    // log and replaced by plain words.
    Result<Rendered> write(const Outgoing& outgoing) const;

private:
    std::string from_;
    std::string from_name_;
    std::string prefix_;
    std::string domain_;
    const Templates& templates_;
};

}  // namespace stageclock::smtp

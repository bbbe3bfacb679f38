// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "bot/core/result.h"
#include "bot/core/time.h"

namespace stageclock::imap {

// Which mails of a mailbox are ours to take; kept in DATA_DIR/mailbox.state.
struct MailboxState {
    std::string mailbox;             // a digest of user and folder: another one is begun anew
    std::uint32_t uid_validity = 0;  // of the server's numbering (RFC 3501 section 2.3.1.1)
    std::uint32_t first_uid = 1;     // from here on every mail is taken
    Instant since{};                 // when we first connected
    // The numbering changed: of the mails below `first_uid` those that came since are taken.
    bool rescan = false;
};

// nullopt: there is no such file. Code::invalid_input: it holds something else.
Result<std::optional<MailboxState>> read_state(const std::string& path);
// Durably.
Done write_state(const std::string& path, const MailboxState& state);

}  // namespace stageclock::imap

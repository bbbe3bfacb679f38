// SPDX-License-Identifier: MIT
#include "adapters/inbox/imap/mailbox_state.h"

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "adapters/inbox/imap/response.h"
#include "adapters/support/durable_file.h"

namespace stageclock::imap {

Result<std::optional<MailboxState>> read_state(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        if (error) return Error{Code::unavailable, "cannot be looked at", path};
        return std::optional<MailboxState>();
    }
    std::ifstream file(path);
    MailboxState state;
    std::string key;
    std::string value;
    int known = 0;
    while (file >> key >> value) {
        const auto number = number_of(value);
        const auto instant = parse_rfc3339(value);
        known += 1;
        if (key == "mailbox") {
            state.mailbox = value;
        } else if (key == "uid_validity" && number) {
            state.uid_validity = *number;
        } else if (key == "first_uid" && number) {
            state.first_uid = *number;
        } else if (key == "since" && instant) {
            state.since = *instant;
        } else if (key == "rescan") {
            state.rescan = value == "yes";
        } else {
            known = 0;
            break;
        }
    }
    if (known != 5) {
        return Error{Code::invalid_input,
                     "the file mailbox.state of the data folder is damaged: move it away to begin "
                     "anew with the mails that come from then on",
                     path};
    }
    return std::optional(std::move(state));
}

Done write_state(const std::string& path, const MailboxState& state) {
    return write_durably(
        path, "mailbox " + state.mailbox + "\nuid_validity " + std::to_string(state.uid_validity) +
                  "\nfirst_uid " + std::to_string(state.first_uid) + "\nsince " +
                  to_rfc3339(state.since) + "\nrescan " + (state.rescan ? "yes" : "no") + "\n");
}

}  // namespace stageclock::imap

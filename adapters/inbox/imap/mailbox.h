// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/inbox/imap/mailbox_state.h"
#include "adapters/inbox/imap/session.h"
#include "adapters/inbox/imap/words.h"
#include "bot/core/result.h"
#include "bot/ports/clock.h"
#include "bot/ports/inbox.h"
#include "bot/ports/settings.h"

namespace stageclock::imap {

// The mails of one folder: which are ours, offering them, and moving them on. Outlives the sessions
// it works through: what is decided about a mail holds on the next connection too. Used by one
// thread.
class Mailbox {
public:
    Mailbox(ImapSettings settings, std::string data_dir, const Clock& clock);

    // Opens the folder, and decides at the first connect which mails are ours. Code::refused: it is
    // not there, or cannot be written to.
    Done select(Session& session);
    // What one look at the folder came to.
    struct Look {
        int handled = 0;
        bool left = false;  // mails the sink or the server left for later
    };
    // Offers every waiting mail, in the order of UIDs. Error: the connection or our disk.
    Result<Look> look(Session& session, MailSink& sink);

private:
    struct Numbers {
        std::uint32_t uid_validity = 0;
        std::uint32_t next_uid = 0;
        std::uint32_t messages = 0;
    };
    Result<Numbers> numbers_of(Session& session, const Session::Answer& selected);
    Done begin(const Numbers& numbers);
    Done begin_again(const Numbers& numbers);

    Result<std::vector<std::uint32_t>> waiting(Session& session);
    Result<std::vector<std::uint32_t>> search(Session& session, const std::string& what);
    Result<std::vector<Fetched>> describe(Session& session, const std::vector<std::uint32_t>& uids);
    enum class Offered { settled, later, stop, passed };
    Result<Offered> offer(Session& session, MailSink& sink, const Fetched& about);
    Offered offer_unread(MailSink& sink, std::uint32_t uid, const std::string& path,
                         const std::string& why);
    std::string place(std::uint32_t uid) const;
    // False: the server does not want to; told to the operator, and tried again at the next look.
    Result<bool> move_on(Session& session, std::uint32_t uid);
    Result<Session::Answer> move_to(Session& session, std::uint32_t uid, const std::string& folder);

    const ImapSettings settings_;
    const Clock& clock_;
    const std::string data_dir_;
    const std::string digest_;
    std::optional<MailboxState> state_;
    std::map<std::uint32_t, Handled> settled_;  // answered by the sink, not moved yet
    std::map<std::uint32_t, int> tries_;        // of reading a mail, in vain so far
    std::set<std::uint32_t> left_alone_;        // from before our time, seen in a rescan
    bool told_of_move_ = false;
};

}  // namespace stageclock::imap

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/ports/desk.h"
#include "bot/ports/inbox.h"
#include "bot/ports/seal.h"
#include "bot/ports/settings.h"
#include "bot/ports/store.h"

namespace stageclock {

// What automatic mail says about messages of ours. It is never answered and never moves a stage:
// all it can do is mark one of our own messages as not delivered, or its reader as away, which
// prompts whoever stands in. Used by one thread at a time.
class MailRobots {
public:
    // All outlive this. Without a seal messages are known by their recipient only.
    MailRobots(Desk& desk, Store& store, const Settings& settings, const Seal* seal)
        : desk_(desk), store_(store), settings_(settings), seal_(seal) {}

    struct Ending {
        Handled handled = Handled::aside;
        std::string why;  // for the list of mails set aside; no personal data
    };
    // `mail.writer` is a robot or a mail system.
    Ending take(const IncomingMail& mail);

private:
    Ending bounce(const IncomingMail& mail);
    Ending away(const IncomingMail& mail);
    std::optional<Instant> back_at(const IncomingMail& mail) const;
    Result<std::optional<NoticeRow>> row_it_is_about(const IncomingMail& mail);
    Result<std::optional<NoticeRow>> latest_to(const std::string& address);
    std::vector<std::int64_t> rows_named_by(const IncomingMail& mail) const;
    Ending report(const IncomingMail& mail, const NoticeRow& row, Unreached missed);

    Desk& desk_;
    Store& store_;
    const Settings& settings_;
    const Seal* seal_;
};

}  // namespace stageclock

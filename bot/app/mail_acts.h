// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/files.h"
#include "bot/core/reply.h"
#include "bot/ports/desk.h"

// What follows from a mail that was understood, whether it is acted on at once or once its sender
// has confirmed it.
namespace stageclock {

// How a mail is known: its Message-ID, and a print of what its sender wrote.
struct MailKey {
    std::string id;
    std::string print;
};

// Tells repeats from reuse of an id. FNV-1a: it need not withstand anybody but the sender, whose
// own words alone go in.
std::string print_of(const std::vector<std::string_view>& parts);

// Every board with its policy and directory.
std::vector<KnownBoard> known_boards(const Desk& desk);
// Those with whom whoever has that address may raise.
std::vector<KnownBoard> boards_open_to(const Desk& desk, const std::string& address);

struct Submitted {
    enum class Kind { done, refused, reused, unavailable };
    Kind kind = Kind::done;
    std::string ref;                 // of the case, when there is one by now
    std::optional<Refusal> refusal;  // the first one
    bool unheard = false;  // something was done that its sender hears nothing of otherwise
    bool filed = false;    // the files are on the case, if there are any
};
// Hands the updates of one mail to the desk. The same mail twice is one: its updates carry its id.
// `came`: when it happened, for updates that do not say. `files` go with the first update that is
// accepted.
Submitted submit_all(Desk& desk, const MailKey& mail, const Understood& understood,
                     const Actor& sender, const std::optional<Instant>& came,
                     const SortedFiles& files);

// An answer to a mail, without its words.
Notice answer_to(const Desk& desk, const std::string& mail_id, const Actor& sender,
                 const std::string& ref, Reason reason);
// For every inbox of the board (the only one served, when none is named): look at that mail.
std::vector<Notice> board_notices(const Desk& desk, const std::string& mail_id,
                                  const std::string& board, const std::string& ref);

}  // namespace stageclock

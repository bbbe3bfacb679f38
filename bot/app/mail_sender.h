// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "bot/core/case.h"
#include "bot/core/directory.h"
#include "bot/core/notice.h"
#include "bot/ports/inbox.h"

// Who wrote a mail, as far as we may rely on it. Pure.
namespace stageclock {

// Whether the sender's address is proven: the topmost Authentication-Results field of our own
// border host (RFC 8601; its authserv-id is configured) says dmarc=pass for the domain of From, and
// no other. Without an authserv-id the address is believed: docs/adapters/mail-in.md says when
// that will do.
bool is_proven(const IncomingMail& mail, const std::string& authserv_id);

// The sender's place on a case: a contact of it, its raiser, or a post of one of its agencies or of
// the board. None: no place, and nothing may be changed by the mail.
// `name` is what the mail says, for those whose name is not known.
std::optional<Actor> place_on(const Case& the_case, const Directory& directory,
                              const std::string& name, const std::string& address);
std::optional<Actor> place_on(const Case& the_case, const Directory& directory,
                              const IncomingMail& mail);

// The place of whoever sends a form back: their own on the case, else that of the reader `sent` was
// addressed to, when they are that reader.
std::optional<Actor> form_sender(const Case& the_case, const Directory& directory,
                                 const Notice& sent, const std::string& name,
                                 const std::string& address);

// Whether people of that address may raise with the board: a domain it lists, or a post.
bool may_raise(const Board& board, const Directory& directory, const std::string& address);

}  // namespace stageclock

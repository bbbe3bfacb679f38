// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/robot.h"

// What mail systems say about a mail of ours. Internal to bot/core/robot.cpp.
namespace stageclock::bounce {

// True when the subject is one that mail systems give a report, with no "Re:" before it.
bool is_subject(std::string_view subject);
// True when one of the sentences mail systems begin a report with stands in the unquoted text.
bool has_phrase(std::string_view text);
// True when there is more than such words: a returned mail, a status, or somebody it did not reach.
// People too write "Returned message from school" of a letter that was not delivered.
bool is_detailed(const MailSigns& signs);
// True when one of those that no person writes of anything else is among the sentences.
bool speaks_as_system(std::string_view text);
// The recipients a report names: by its delivery-status groups (RFC 3464 section 2.3), else by
// what its text says. Those of groups that report no failure are left out.
std::vector<FailedRecipient> failed_in(const MailSigns& signs);
// The Message-IDs of returned mails: In-Reply-To, the returned header and the text, each once.
std::vector<std::string> message_ids_in(const MailSigns& signs);

}  // namespace stageclock::bounce

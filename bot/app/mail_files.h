// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/files.h"
#include "bot/ports/inbox.h"
#include "bot/ports/store.h"

// The files of a mail on their way to a case. Those of a mail that is not acted on at once wait
// with it, as a row of answers that holds what is known of them; their bytes stay in the kept mail.
namespace stageclock {

// Mails whose sender was asked something, and mails whose sender must confirm them.
constexpr const char* asked_files_source = "mail-files";
constexpr const char* claimed_files_source = "mail-claim-files";

// What a mail brings to the case `ref` (empty: to the one it raises): the files of the mails it
// answers that wait for that, of the same sender and about the same case, and its own. Small
// pictures of a signature are none.
Result<std::vector<KeptFile>> files_brought_by(Store& store, const IncomingMail& mail,
                                               const std::string& ref);

// Lets these wait with the mail; nothing is stored when there are none.
Done let_files_wait(Store& store, const std::string& source, const IncomingMail& mail,
                    const std::string& ref, const std::vector<KeptFile>& files, Instant now);
// Those that wait with a mail; none is no error.
Result<std::vector<KeptFile>> waiting_files(Store& store, const std::string& source,
                                            const std::string& mail_id);

// What the row of waiting files holds: who sent the mail, and the files.
std::string waiting_body(const std::string& from_address, const std::vector<KeptFile>& files);

// "Files: 2. ..." for the sender of a mail whose files wait; without their names.
std::vector<std::string> waiting_lines(const std::vector<KeptFile>& files);
// "Files: 2", for somebody who may not have sent them.
std::vector<std::string> counted_lines(const std::vector<KeptFile>& files);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/bench/http_load.h"

namespace stageclock::bench {

// Prints the mails a second the outbox hands over, without and with forms. `sink`: the process of
// the mail server; it is stopped while the mails are decided on, so that all are sent afterwards.
// `folder` holds the daemon's database. Throws std::runtime_error.
void measure_mails(const Daemon& daemon, const std::string& folder, pid_t sink);

// The same with nudges in a chat: prompts to posts that are told by mail and by a webhook, and the
// mails to others. `sinks`: the mail server, and the web server that answers the webhooks.
void measure_chats(const Daemon& daemon, const std::string& folder,
                   const std::vector<pid_t>& sinks);

}  // namespace stageclock::bench

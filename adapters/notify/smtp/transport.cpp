// SPDX-License-Identifier: MIT
#include "adapters/notify/smtp/transport.h"

namespace stageclock::smtp {

Done Connection::Transport::open(const Relay& relay, Deadline deadline) {
    // A line with 220 (greeting, or go-ahead for TLS) begins anew: what was said before TLS does
    // not count (RFC 3207 section 4.2).
    return line.open(relay, deadline, [this](std::string_view said) {
        if (said.substr(0, 3) == "220") capabilities.clear();
        if (said.substr(0, 3) == "250" && capabilities.size() < 8192) capabilities += said;
    });
}

bool Connection::Transport::has(std::string_view keyword) const {
    for (const char before : {' ', '-'}) {
        const auto at = capabilities.find(before + std::string(keyword));
        if (at == std::string::npos) continue;
        const auto after = capabilities.substr(at + 1 + keyword.size(), 1);
        if (after == "\r" || after == "\n" || after == " ") return true;
    }
    return false;
}

}  // namespace stageclock::smtp

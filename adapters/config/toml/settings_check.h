// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "bot/ports/settings.h"

namespace stageclock::config_toml {

// Where a listen address leads: "127.0.0.1:8080", "[::1]:8080" or "unix:/path".
struct Listen {
    std::string host;  // without brackets; empty: a unix socket
    int port = 0;      // 0: any free one
    bool loopback = true;
};
// False when `text` is no listen address.
bool parse_listen(const std::string& text, Listen& listen);

// Reports one problem: table, key, what is wrong, what is permitted.
using Say = std::function<void(const char* table, const char* key, std::string what,
                               std::string permitted)>;

// A mail server of `protocol` ("smtp", "imap"): its address, and how the way to it is protected. An
// empty `url`: there is none.
void check_mail_server(std::string_view url, std::string_view tls, const std::string& protocol,
                       const char* table, const Say& say);

// What can only be judged with all tables read.
void check_settings(const Settings& settings, const Say& say);

}  // namespace stageclock::config_toml

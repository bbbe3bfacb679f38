// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/http/exchange.h"
#include "bot/core/result.h"
#include "bot/core/time.h"
#include "bot/ports/settings.h"

namespace stageclock::front {

// What the holder of a token may see.
enum class Role {
    reader,   // cases without people and free text
    officer,  // cases whole
    operator_desk  // ... and every page, the messages, the sandbox clock
};

struct Viewer {
    Role role = Role::reader;
    std::vector<std::string> boards;  // empty: all

    bool sees(const std::string& board) const;
    bool sees_people() const { return role != Role::reader; }
};

// The tokens of the settings. Only their digests are kept; comparing takes the same time whichever
// is right.
class Access {
public:
    explicit Access(const std::vector<TokenSettings>& tokens);

    // An error when a token is empty or its role is not "reader", "officer-desk" or "operator".
    static Done check(const std::vector<TokenSettings>& tokens);

    // Who asks: "Authorization: Bearer TOKEN", or Basic with the token as password (RFC 7617) so
    // that a browser can ask for it. nullptr: nobody known.
    const Viewer* viewer(const Request& request) const;

private:
    struct Entry {
        std::string digest;
        Viewer viewer;
    };
    std::vector<Entry> entries_;
};

// The sources of the settings: who may post updates.
class Sources {
public:
    explicit Sources(const std::vector<SourceSettings>& sources);

    // The source `id` when the request proves to be from it: by a Standard Webhooks 1.0 signature
    // not older or younger than five minutes, or by its bearer token. nullptr otherwise: that the
    // source does not exist looks the same, and takes as long.
    const SourceSettings* sender(const std::string& id, const Request& request,
                                 Instant now) const;
    bool known(const std::string& id) const;

private:
    const SourceSettings* find(const std::string& id) const;

    std::vector<SourceSettings> sources_;
    SourceSettings nobody_;  // stands in for a source that does not exist
};

}  // namespace stageclock::front

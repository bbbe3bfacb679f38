// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

#include "adapters/http/socket.h"

namespace stageclock {

// A client that sends exactly the bytes it is told to.
class RawClient {
public:
    // "http://127.0.0.1:PORT" or "unix:/path".
    explicit RawClient(const std::string& address);

    bool connected() const { return static_cast<bool>(socket_); }
    // False when the other side no longer takes bytes.
    bool send(const std::string& bytes);
    // One answer, head and body; what arrived so far when it does not come whole in time.
    std::string answer(std::chrono::milliseconds patience = std::chrono::seconds(5));
    // Everything until the other side closes, or time is up.
    std::string rest(std::chrono::milliseconds patience = std::chrono::seconds(5));
    // True when the other side has closed; waits for it.
    bool closed(std::chrono::milliseconds patience = std::chrono::seconds(5));

private:
    bool more(std::chrono::steady_clock::time_point until);

    front::Descriptor socket_;
    std::string in_;
    bool ended_ = false;
};

// The status of an answer: 200; 0 when there is none.
int status_of(const std::string& answer);
// One request on a connection of its own, and everything that comes back.
std::string ask(const std::string& address, const std::string& bytes);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "adapters/http/exchange.h"
#include "bot/core/result.h"

namespace stageclock::front {

// Speaks HTTP/1.1 for an application. cpp-httplib reads the requests and writes the answers;
// sockets, threads, deadlines and limits are ours (docs/adapters/http.md, "Guards").
class Server {
public:
    // `application` must outlive the server.
    Server(std::string listen, bool allow_public, Application& application);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    Done start();
    // Once started: "http://127.0.0.1:8080", or "unix:/path".
    std::string address() const;
    // Finishes the requests in hand. May be called twice, and without start().
    void stop();

private:
    struct Parts;

    std::string listen_;
    bool allow_public_;
    Application& application_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace stageclock::front

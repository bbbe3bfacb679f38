// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/core/result.h"

struct sockaddr;

namespace stageclock::http {

struct ClientOptions {
    // Hosts, as written in the URL, that may be reached at loopback, private and link-local
    // addresses and without TLS. Empty: only the public internet, only https.
    std::vector<std::string> local_hosts;
    std::string ca_file;  // empty: the system's; else only this one
    // "http://proxy.example.org:3128"; empty: none. It is then the proxy that finds the servers,
    // and keeps calls out of our own network.
    std::string proxy;
    std::chrono::milliseconds connect_limit{5'000};
    std::chrono::milliseconds total_limit{20'000};
    std::size_t answer_limit = 64 * 1024;  // bytes of body
};

struct Request {
    std::string method;  // "GET", "POST"
    std::string url;     // may be a secret: sent byte for byte, never repeated in an error
    std::string content_type;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

// A complete answer, whatever its status.
struct Answer {
    int status = 0;
    std::string body;
    std::chrono::seconds retry_after{0};  // RFC 9110 section 10.2.3; 0: not given
};

// Calls to other people's HTTP servers, guarded: TLS 1.2 or later with verification, no redirects,
// no proxy or password file of the environment, limits on time and size, and no way into our own
// network (checked on the resolved address, when the socket is opened). Keeps connections open
// between calls. Thread-safe.
class Client {
public:
    explicit Client(ClientOptions options);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Code::unavailable: no complete answer in time; it may or may not have been acted on.
    // Code::refused: we did not ask, because of the address. Neither text holds the URL.
    Result<Answer> send(const Request& request);

private:
    struct Handles;
    ClientOptions options_;
    std::unique_ptr<Handles> handles_;
};

// False for loopback, private, link-local, multicast, shared and reserved addresses (RFC 6890),
// also when they are wrapped in IPv6 (mapped, 6to4, NAT64).
bool is_public_address(const sockaddr& address);

// The host of an http or https address, as the client would call it; empty: it would not, because
// there is none, or because a user stands before it.
std::string host_of(const std::string& url);

// A text as one part of an address or form: all but letters, digits and -._~ as %XX (RFC 3986
// section 2.1).
std::string encoded(std::string_view text);

}  // namespace stageclock::http

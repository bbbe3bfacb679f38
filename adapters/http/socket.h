// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

#include "bot/core/result.h"

namespace stageclock::front {

// Owns a file descriptor.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            close();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    void close();

private:
    int fd_ = -1;
};

// A bound, listening socket, non-blocking.
struct Listening {
    Descriptor socket;
    std::string address;    // "http://127.0.0.1:8080" with the real port, or "unix:/path"
    Descriptor lock;        // unix: held as long as we listen
    std::string unix_path;  // to be removed afterwards; empty for TCP
};

// Listens on "HOST:PORT" (numeric address or "localhost"; port 0 takes a free one) or
// "unix:/path". A second daemon at the same place is an error, as is an address other than loopback
// unless `allow_public`: the front speaks plain HTTP and is meant to stand behind nginx.
Result<Listening> listen_at(const std::string& where, bool allow_public);

// Removes the file of a unix socket, then lets the lock go.
void stop_listening(Listening& listening);

}  // namespace stageclock::front

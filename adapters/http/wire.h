// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace stageclock::front {

// Bytes in and out of one connection, with an end to everything: each part of a request has a
// number of bytes and a moment by which it must be there (cpp-httplib's own timeouts are per recv,
// so a byte a second kept a connection for ever). One thread at a time.
class Wire {
public:
    using Time = std::chrono::steady_clock::time_point;

    // `socket` is non-blocking and stays the caller's.
    explicit Wire(int socket) : socket_(socket) {}

    // True when there is something to read (or the end) within `patience`.
    bool readable(std::chrono::milliseconds patience);
    // Begins a part: read() gives at most `bytes` more, until `deadline`.
    void expect(std::size_t bytes, Time deadline);
    // Bytes read since the last expect().
    std::size_t taken() const { return taken_; }

    // The number of bytes; -1 at the end of the input, and when the part is too long or too slow.
    // Sends what was written first.
    long read(char* to, std::size_t size);
    // Keeps the bytes for flush(), so that head and body of an answer leave together.
    bool write(const char* from, std::size_t size);
    bool flush();

    // Closes our side and drains the other for a moment: closing with unread input would destroy
    // the answer on its way (RFC 9112, section 9.6).
    void say_goodbye();

private:
    bool fill();
    bool wait_for(short events, Time until);

    int socket_;
    std::string in_;
    std::size_t read_from_ = 0;
    std::string out_;
    std::size_t left_ = 0;
    std::size_t taken_ = 0;
    Time deadline_;
};

}  // namespace stageclock::front

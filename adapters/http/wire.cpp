// SPDX-License-Identifier: MIT
#include "adapters/http/wire.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

#include "adapters/http/limits.h"

namespace stageclock::front {
namespace {

constexpr std::size_t chunk = 16384;
constexpr std::size_t held_output = 65536;
constexpr std::size_t drained_at_most = std::size_t{4} * 1024 * 1024;

using Clock = std::chrono::steady_clock;

bool again(int number) { return number == EAGAIN || number == EWOULDBLOCK || number == EINTR; }

}  // namespace

bool Wire::wait_for(short events, Time until) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        pollfd waited{socket_, events, 0};
        const int ready = ::poll(&waited, 1, static_cast<int>(std::max<long>(left.count(), 0)));
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

bool Wire::readable(std::chrono::milliseconds patience) {
    if (read_from_ < in_.size()) return true;
    return wait_for(POLLIN, Clock::now() + patience);
}

void Wire::expect(std::size_t bytes, Time deadline) {
    left_ = bytes;
    taken_ = 0;
    deadline_ = deadline;
}

// Reads what is there into the empty buffer; false at the end, on errors, and past the deadline.
bool Wire::fill() {
    in_.resize(chunk);
    read_from_ = 0;
    for (;;) {
        const ssize_t got = ::recv(socket_, in_.data(), in_.size(), 0);
        if (got >= 0) {
            in_.resize(static_cast<std::size_t>(got));
            return got > 0;
        }
        if (!again(errno) || !wait_for(POLLIN, deadline_)) {
            in_.clear();
            return false;
        }
    }
}

long Wire::read(char* to, std::size_t size) {
    if (size == 0) return 0;
    if (left_ == 0) return -1;
    if (read_from_ == in_.size()) {
        if (!flush() || Clock::now() >= deadline_) return -1;
        if (!fill()) return -1;
    }
    const std::size_t given = std::min({size, in_.size() - read_from_, left_});
    std::memcpy(to, in_.data() + read_from_, given);
    read_from_ += given;
    left_ -= given;
    taken_ += given;
    return static_cast<long>(given);
}

bool Wire::write(const char* from, std::size_t size) {
    out_.append(from, size);
    return out_.size() < held_output || flush();
}

bool Wire::flush() {
    const Time until = Clock::now() + limits::answer_time;
    std::size_t sent = 0;
    while (sent < out_.size()) {
        const ssize_t put =
            ::send(socket_, out_.data() + sent, out_.size() - sent, MSG_NOSIGNAL);
        if (put >= 0) {
            sent += static_cast<std::size_t>(put);
        } else if (!again(errno) || !wait_for(POLLOUT, until)) {
            return false;
        }
        if (Clock::now() >= until) return false;
    }
    out_.clear();
    return true;
}

void Wire::say_goodbye() {
    if (::shutdown(socket_, SHUT_WR) != 0) return;
    const Time until = Clock::now() + limits::farewell;
    std::array<char, chunk> ignored{};
    std::size_t drained = 0;
    while (drained < drained_at_most && wait_for(POLLIN, until)) {
        const ssize_t got = ::recv(socket_, ignored.data(), ignored.size(), 0);
        if (got <= 0) return;
        drained += static_cast<std::size_t>(got);
        if (Clock::now() >= until) return;
    }
}

}  // namespace stageclock::front

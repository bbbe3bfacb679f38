// SPDX-License-Identifier: MIT
#include "tests/adapters/http/raw_client.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace stageclock {
namespace {

using Clock = std::chrono::steady_clock;

std::size_t length_of(const std::string& head) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const std::size_t at = head.find(name);
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
}

}  // namespace

RawClient::RawClient(const std::string& address) {
    sockaddr_storage storage{};
    socklen_t size = 0;
    if (address.starts_with("unix:")) {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        const std::string path = address.substr(5);
        std::memcpy(at.sun_path, path.data(), std::min(path.size(), sizeof at.sun_path - 1));
        std::memcpy(&storage, &at, size = sizeof at);
    } else {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        at.sin_port = htons(static_cast<std::uint16_t>(
            std::stoi(address.substr(address.rfind(':') + 1))));
        std::memcpy(&storage, &at, size = sizeof at);
    }
    socket_ = front::Descriptor(::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto* to = reinterpret_cast<const sockaddr*>(&storage);
    if (::connect(socket_.get(), to, size) != 0) socket_.close();
}

bool RawClient::send(const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        pollfd waited{socket_.get(), POLLOUT, 0};
        if (::poll(&waited, 1, 5000) != 1) return false;
        const ssize_t put = ::send(socket_.get(), bytes.data() + sent, bytes.size() - sent,
                                   MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put < 0) return false;
        sent += static_cast<std::size_t>(put);
    }
    return true;
}

bool RawClient::more(Clock::time_point until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    pollfd waited{socket_.get(), POLLIN, 0};
    if (ended_ || left.count() <= 0 ||
        ::poll(&waited, 1, static_cast<int>(left.count())) != 1) {
        return false;
    }
    std::array<char, 65536> buffer{};
    const ssize_t got = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (got <= 0) ended_ = true;
    if (got > 0) in_.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0;
}

std::string RawClient::answer(std::chrono::milliseconds patience) {
    const auto until = Clock::now() + patience;
    for (;;) {
        const std::size_t head = in_.find("\r\n\r\n");
        if (head != std::string::npos) {
            const std::size_t whole = head + 4 + length_of(in_.substr(0, head + 2));
            if (in_.size() >= whole) {
                const std::string one = in_.substr(0, whole);
                in_.erase(0, whole);
                return one;
            }
        }
        if (!more(until)) return in_;
    }
}

std::string RawClient::rest(std::chrono::milliseconds patience) {
    const auto until = Clock::now() + patience;
    while (more(until)) continue;
    return in_;
}

bool RawClient::closed(std::chrono::milliseconds patience) {
    rest(patience);
    return ended_;
}

int status_of(const std::string& answer) {
    return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

std::string ask(const std::string& address, const std::string& bytes) {
    RawClient client(address);
    client.send(bytes);
    return client.answer();
}

}  // namespace stageclock

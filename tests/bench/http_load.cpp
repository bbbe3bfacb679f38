// SPDX-License-Identifier: MIT
#include "tests/bench/http_load.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/cpu_time.h"
#include "tests/bench/progress.h"

namespace stageclock::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr int patience_ms = 10'000;

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {
        if (fd < 0) throw std::runtime_error("no socket is to be had");
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

struct Answer {
    int status = 0;
    std::string body;
};

// One kept connection, with at most one request in hand.
class Connection {
public:
    explicit Connection(const Daemon& daemon)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
          head_("POST /hooks/v1/bench HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " +
                daemon.bearer + "\r\nContent-Type: application/cloudevents+json\r\n") {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(daemon.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int yes = 1;
        ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address),
                      sizeof address) != 0)
            throw std::runtime_error("the daemon does not take connections");
    }

    int socket() const { return socket_.get(); }
    SteadyClock::time_point asked() const { return asked_; }

    void ask(const std::string& body) {
        const std::string request =
            head_ + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        if (::send(socket_.get(), request.data(), request.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(request.size()))
            throw std::runtime_error("the daemon closed a connection");
        asked_ = SteadyClock::now();
    }

    // Takes what has arrived; true once the answer is whole.
    bool read(Answer& answer) {
        std::array<char, 16384> block{};
        const ssize_t got = ::recv(socket_.get(), block.data(), block.size(), 0);
        if (got <= 0) throw std::runtime_error("the daemon closed a connection");
        in_.append(block.data(), static_cast<std::size_t>(got));
        const auto head = in_.find("\r\n\r\n");
        if (head == std::string::npos) return false;
        const std::string_view key = "Content-Length: ";
        const auto length = in_.find(key);
        if (length > head) throw std::runtime_error("an answer without a length");
        const auto size = std::strtoul(in_.c_str() + length + key.size(), nullptr, 10);
        if (in_.size() < head + 4 + size) return false;
        answer.status = std::atoi(in_.c_str() + std::string_view("HTTP/1.1 ").size());
        answer.body = in_.substr(head + 4, size);
        in_.clear();
        return true;
    }

private:
    Descriptor socket_;
    std::string head_;
    std::string in_;
    SteadyClock::time_point asked_;
};

double milliseconds(SteadyClock::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

double part(std::vector<double>& sorted, double share) {
    if (sorted.empty()) return 0;
    const auto place = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
    return sorted[std::min(place, sorted.size() - 1)];
}

void show(const Load& load, std::size_t count) {
    show_progress(load.what + ": " + std::to_string(count) + " of at most " +
                  std::to_string(load.most));
}

// What is asked, what was answered, and how long each took.
class Run {
public:
    Run(const Daemon& daemon, const Load& load,
        const std::function<std::string(std::size_t)>& event,
        const std::function<void(const std::string&)>& answered)
        : process_(daemon.process), load_(load), event_(event), answered_(answered),
          epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
        for (std::size_t i = 0; i < load.connections; ++i) {
            connections_.push_back(std::make_unique<Connection>(daemon));
            epoll_event watched{};
            watched.events = EPOLLIN;
            watched.data.u64 = i;
            ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, connections_.back()->socket(), &watched);
        }
        milliseconds_.reserve(load.most);
    }

    Measured run() {
        const double cpu_before = cpu_seconds(process_);
        begun_ = SteadyClock::now();
        for (const auto& connection : connections_) ask(*connection);
        while (in_hand_ > 0) round();
        Measured measured;
        measured.seconds = milliseconds(SteadyClock::now() - begun_) / 1000;
        measured.answered = milliseconds_.size();
        measured.cpu = (cpu_seconds(process_) - cpu_before) * 1e6 /
                       static_cast<double>(std::max<std::size_t>(measured.answered, 1));
        std::sort(milliseconds_.begin(), milliseconds_.end());
        measured.p50 = part(milliseconds_, 0.50);
        measured.p99 = part(milliseconds_, 0.99);
        clear_progress();
        return measured;
    }

private:
    void ask(Connection& connection) {
        if (asked_ == load_.most || SteadyClock::now() - begun_ > load_.longest) return;
        connection.ask(event_(asked_++));
        ++in_hand_;
    }

    void round() {
        std::array<epoll_event, 64> ready{};
        const int count = ::epoll_wait(epoll_.get(), ready.data(),
                                       static_cast<int>(ready.size()), patience_ms);
        if (count <= 0) throw std::runtime_error("no answer within ten seconds");
        for (int i = 0; i < count; ++i)
            take(*connections_[ready.at(static_cast<std::size_t>(i)).data.u64]);
    }

    void take(Connection& connection) {
        Answer answer;
        if (!connection.read(answer)) return;
        --in_hand_;
        milliseconds_.push_back(milliseconds(SteadyClock::now() - connection.asked()));
        if (answer.status != load_.status)
            throw std::runtime_error("answered " + std::to_string(answer.status) + " instead of " +
                                     std::to_string(load_.status) + ": " + answer.body);
        answered_(answer.body);
        if (milliseconds_.size() % 500 == 0) show(load_, milliseconds_.size());
        ask(connection);
    }

    const pid_t process_;
    const Load& load_;
    const std::function<std::string(std::size_t)>& event_;
    const std::function<void(const std::string&)>& answered_;
    Descriptor epoll_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<double> milliseconds_;
    std::size_t asked_ = 0;
    std::size_t in_hand_ = 0;
    SteadyClock::time_point begun_;
};

}  // namespace

Measured post(const Daemon& daemon, const Load& load,
              const std::function<std::string(std::size_t)>& event,
              const std::function<void(const std::string&)>& answered) {
    return Run(daemon, load, event, answered).run();
}

}  // namespace stageclock::bench

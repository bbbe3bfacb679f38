// SPDX-License-Identifier: MIT
#include "adapters/http/reception.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "adapters/http/limits.h"

namespace stageclock::front {
namespace {

constexpr int accepts_a_round = 64;
constexpr int pause_ms = 50;  // before accepting again when no descriptor is left
// hold() does not wake us: an idle connection may stay this much longer.
constexpr int longest_nap_ms = 5000;

bool watch(int epoll, int operation, int fd, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    return ::epoll_ctl(epoll, operation, fd, &event) == 0;
}

}  // namespace

Reception::Reception(int listener, Workers& workers, std::size_t most_idle)
    : listener_(listener), workers_(workers), most_idle_(most_idle) {}

Reception::~Reception() { close(); }

Done Reception::open() {
    epoll_ = Descriptor(::epoll_create1(EPOLL_CLOEXEC));
    wake_ = Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!epoll_ || !wake_ || !watch(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), EPOLLIN) ||
        !watch(epoll_.get(), EPOLL_CTL_ADD, listener_, EPOLLIN)) {
        return Error{Code::unavailable, "no file descriptor is left to watch connections with", ""};
    }
    thread_ = std::jthread([this] { run(); });
    return done();
}

void Reception::hold(Visit visit) {
    const std::lock_guard lock(mutex_);
    if (!closed_) keep(std::move(visit));
}

// With the mutex held.
void Reception::keep(Visit visit) {
    while (held_.size() >= most_idle_ && drop_longest_idle()) continue;
    const int fd = visit.socket.get();
    held_.push_back({std::move(visit), std::chrono::steady_clock::now()});
    const auto place = std::prev(held_.end());
    places_[fd] = place;
    if (!watch(epoll_.get(), EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLRDHUP | EPOLLONESHOT)) {
        places_.erase(fd);
        held_.erase(place);
    }
}

// With the mutex held.
bool Reception::drop_longest_idle() {
    if (held_.empty()) return false;
    places_.erase(held_.front().visit.socket.get());
    held_.pop_front();
    return true;
}

void Reception::run() {
    std::array<epoll_event, 256> events{};
    int patience = longest_nap_ms;
    for (;;) {
        const int count = ::epoll_wait(epoll_.get(), events.data(),
                                       static_cast<int>(events.size()), patience);
        if (paused_) pause_listener(false);
        for (int i = 0; i < count; ++i) {
            const int fd = events.at(static_cast<std::size_t>(i)).data.fd;
            if (fd == wake_.get()) continue;
            if (fd == listener_) {
                welcome();
            } else {
                hand_over(fd);
            }
        }
        const std::lock_guard lock(mutex_);
        if (closed_) return;
        patience = cut_idle(std::chrono::steady_clock::now());
        if (paused_) patience = pause_ms;
    }
}

// Whatever accept() says, we go on: most of its errors concern one connection only.
void Reception::welcome() {
    for (int i = 0; i < accepts_a_round; ++i) {
        Descriptor socket(::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!socket) {
            if (errno == EAGAIN || errno == EWOULDBLOCK) return;
            if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) continue;
            const std::lock_guard lock(mutex_);
            if (drop_longest_idle()) continue;
            pause_listener(true);
            return;
        }
        const int yes = 1;
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        hold({std::move(socket), 0});
    }
}

void Reception::pause_listener(bool pause) {
    watch(epoll_.get(), EPOLL_CTL_MOD, listener_, pause ? 0U : static_cast<std::uint32_t>(EPOLLIN));
    paused_ = pause;
}

void Reception::hand_over(int fd) {
    std::optional<Visit> visit;
    {
        const std::lock_guard lock(mutex_);
        const auto place = places_.find(fd);
        if (place == places_.end()) return;
        visit = std::move(place->second->visit);
        held_.erase(place->second);
        places_.erase(place);
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
    }
    workers_.bring(std::move(*visit));  // not under the lock: it may block
}

// With the mutex held.
int Reception::cut_idle(Time now) {
    while (!held_.empty() && now - held_.front().since >= limits::idle) drop_longest_idle();
    if (held_.empty()) return longest_nap_ms;
    const auto left = held_.front().since + limits::idle - now;
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(left).count();
    return static_cast<int>(std::min<std::int64_t>(ms, longest_nap_ms));
}

void Reception::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    const std::uint64_t one = 1;
    // Cannot fail but for a full counter, and then the thread is awake anyway.
    if (wake_) static_cast<void>(::write(wake_.get(), &one, sizeof one) == 0);
    thread_ = std::jthread();
    const std::lock_guard lock(mutex_);
    places_.clear();
    held_.clear();
}

}  // namespace stageclock::front

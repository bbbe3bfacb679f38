// SPDX-License-Identifier: MIT
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>
#include <system_error>

#include "adapters/inbox/maildir/folder.h"
#include "adapters/registry.h"
#include "adapters/support/kept_mail.h"
#include "adapters/support/mail_parse.h"

// A file stays in new/ until the sink has answered, and moves by one rename: whatever kills the
// process in between, the mail is offered again. inotify only shortens the wait (it may overflow or
// miss); every poll looks at the whole folder.
namespace stageclock {
namespace maildir {
namespace {

constexpr std::size_t largest_mail = 10 << 20;

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

class MaildirInbox final : public Inbox {
public:
    MaildirInbox(std::string path, std::string data_dir)
        : folder_(std::move(path)), data_dir_(std::move(data_dir)) {}

    Result<int> poll(MailSink& sink, std::chrono::milliseconds patience) override {
        // The watch is set before the look, so that nothing falls between them; setting it again
        // is free, and needed when the folder was replaced.
        const bool watched =
            inotify_add_watch(events_.get(), folder_.new_folder().c_str(),
                              IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ONLYDIR) >= 0;
        if (!watched) {
            if (auto made = folder_.prepare(); !made) return made.error();
        }
        auto handled = offer_all(sink);
        if (!handled || *handled > 0) return handled;
        if (interrupted_within(patience)) return 0;
        return offer_all(sink);
    }

    void interrupt() override {
        const std::uint64_t one = 1;
        // Fails only when the counter is full, which wakes the waiter as well.
        [[maybe_unused]] const auto written = write(wake_.get(), &one, sizeof one);
    }

    Done prepare() const {
        if (events_.get() < 0 || wake_.get() < 0)
            return Error{Code::unavailable, "cannot watch a mailbox: too many open files", ""};
        return folder_.prepare();
    }

private:
    enum class Offered { handled, not_yet, store_in_the_way };

    Result<int> offer_all(MailSink& sink) {
        auto waiting = folder_.waiting();
        if (!waiting) return waiting.error();
        int handled = 0;
        for (const auto& mail : *waiting) {
            auto what = offer(sink, mail);
            if (!what) return what.error();
            if (*what == Offered::store_in_the_way) break;
            handled += *what == Offered::handled ? 1 : 0;
        }
        return handled;
    }

    Result<Offered> offer(MailSink& sink, const Waiting& waiting) {
        auto bytes = folder_.read(waiting.name, largest_mail);
        const bool for_us = bytes || bytes.error().code == Code::invalid_input;
        if (!for_us && bytes.error().code == Code::unavailable) return bytes.error();
        if (!for_us) return Offered::not_yet;
        const auto aside = folder_.place_aside(waiting.name);
        auto mail =
            bytes ? mail::parse_mail(*bytes) : Result<IncomingMail>(bytes.error());
        Handled handled{};
        if (mail) {
            // People move and delete files in a Maildir; the files of a case stay to be had.
            if (auto kept = mail::keep_mail(data_dir_, *bytes); !kept) return kept.error();
            mail->original = aside;
            mail->arrived = waiting.arrived;
            handled = sink.take(*mail);
        } else {
            handled = sink.unreadable(aside, mail.error().what);
            if (handled == Handled::done) handled = Handled::aside;
        }
        if (handled == Handled::later) return Offered::store_in_the_way;
        const auto moved = handled == Handled::done ? folder_.finish(waiting.name)
                                                    : folder_.set_aside(waiting.name);
        if (!moved) return moved.error();
        return Offered::handled;
    }

    // Waits for a change of the folder; true when told to stop waiting.
    bool interrupted_within(std::chrono::milliseconds patience) {
        const auto most = std::chrono::milliseconds(std::numeric_limits<int>::max());
        const auto bounded = std::clamp(patience, std::chrono::milliseconds(0), most);
        pollfd fds[] = {{events_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
        ::poll(fds, 2, static_cast<int>(bounded.count()));
        drain(events_.get());
        drain(wake_.get());
        return (fds[1].revents & POLLIN) != 0;
    }

    static void drain(int fd) {
        char buffer[4096];
        while (read(fd, buffer, sizeof buffer) > 0) {}
    }

    Folder folder_;
    std::string data_dir_;
    Descriptor events_{inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    Descriptor wake_{eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
};

}  // namespace
}  // namespace maildir

Result<std::unique_ptr<Inbox>> make_maildir_inbox(const std::string& path,
                                                  const std::string& data_dir) {
    auto inbox = std::make_unique<maildir::MaildirInbox>(path, data_dir);
    if (auto ready = inbox->prepare(); !ready) return ready.error();
    return std::unique_ptr<Inbox>(std::move(inbox));
}

}  // namespace stageclock

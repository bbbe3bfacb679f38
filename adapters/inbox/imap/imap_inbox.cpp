// SPDX-License-Identifier: MIT
#include "adapters/inbox/imap/imap_inbox.h"

#include <algorithm>
#include <array>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <spdlog/spdlog.h>

#include "adapters/inbox/imap/mailbox.h"
#include "adapters/registry.h"
#include "adapters/support/descriptor.h"
#include "bot/core/backoff.h"

// A mail leaves the inbox only after the sink has answered, and its original is on our disk before
// the sink is asked: whatever ends the process or the connection in between, it is offered again.
namespace stageclock {
namespace imap {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Moment = steady_clock::time_point;
using Heard = mail::MailLine::Heard;

class ImapInbox final : public Inbox {
public:
    ImapInbox(mail::MailServer server, const Settings& settings, const Clock& clock,
              const Pace& pace)
        : server_(std::move(server)),
          pace_(pace),
          mailbox_(settings.imap, settings.data_dir, clock) {}

    Result<int> poll(MailSink& sink, milliseconds patience) override {
        const auto until = steady_clock::now() +
                           std::clamp(patience, milliseconds(0), milliseconds(24 * 3'600'000));
        if (!session_ && steady_clock::now() < next_try_) {
            wait(std::min(until, next_try_));
            if (steady_clock::now() < next_try_) return 0;
        }
        auto handled = session_ ? attend(sink, until) : connect(sink, until);
        if (handled) return handled;
        session_.reset();
        if (handled.error().code == Code::conflict) {  // woken in the middle of a command
            drain();
            return 0;
        }
        return failed(handled.error());
    }

    void interrupt() override {
        const std::uint64_t one = 1;
        // Fails only when the counter is full, which wakes the waiter as well.
        [[maybe_unused]] const auto written = write(wake_.number(), &one, sizeof one);
    }

    bool usable() const { return wake_.number() >= 0; }

private:
    Result<int> connect(MailSink& sink, Moment until) {
        auto opened = Session::open(server_, wake_.number(), pace_.command);
        if (!opened) return opened.error();
        if (const auto selected = mailbox_.select(**opened); !selected) return selected.error();
        session_ = *std::move(opened);
        looked_ = {};
        left_ = false;
        return attend(sink, until);
    }

    Result<int> attend(MailSink& sink, Moment until) {
        while (true) {
            if (steady_clock::now() >= next_look()) {
                auto handled = look(sink);
                if (!handled || *handled > 0) return handled;
            }
            const auto now = steady_clock::now();
            if (now >= until) return 0;
            if (session_->idling() && now >= idle_since_ + pace_.idle) {
                if (const auto ended = session_->end_idle(); !ended) return ended.error();
            }
            if (!session_->idling() && session_->can("IDLE")) {
                if (const auto started = session_->start_idle(); !started) return started.error();
                idle_since_ = now;
            }
            auto deadline = std::min(until, next_look());
            if (session_->idling()) deadline = std::min(deadline, idle_since_ + pace_.idle);
            const auto heard = session_->listen(deadline);
            if (!heard) return heard.error();
            if (*heard == Heard::woken) {
                drain();
                return 0;
            }
            if (session_->take_news()) looked_ = {};
        }
    }

    // Mail that was left waits a little, also when others come meanwhile.
    Moment next_look() const {
        if (looked_ == Moment{}) return looked_;
        return looked_ + (left_ ? std::min(pace_.after_later, pace_.poll) : pace_.poll);
    }

    Result<int> look(MailSink& sink) {
        if (session_->idling()) {
            if (const auto ended = session_->end_idle(); !ended) return ended.error();
        }
        session_->take_news();
        const auto look = mailbox_.look(*session_, sink);
        if (!look) return look.error();
        failures_ = 0;
        well_ = true;
        told_.clear();
        left_ = look->left;
        looked_ = steady_clock::now();
        // News in the middle of a look: again soon, but not without end at a server that always
        // has some.
        if (session_->take_news() && !left_ && look->handled == 0)
            looked_ -= pace_.poll - std::min(pace_.poll, milliseconds(1'000));
        if (look->handled > 0 && !left_) looked_ = {};
        return look->handled;
    }

    // Decides when to try again, and whether people must hear of it: the same words once an hour.
    Result<int> failed(const Error& error) {
        const auto now = steady_clock::now();
        const bool was_well = std::exchange(well_, false);
        failures_ += 1;
        next_try_ = now + wait_after(error);
        if (was_well && error.code == Code::unavailable) {
            // Servers are restarted: worth an error only when it does not come back.
            spdlog::info("mail intake: {}; connecting again", error.what);
            return 0;
        }
        if (told_ == error.what && now < told_at_ + pace_.same_words) return 0;
        told_ = error.what;
        told_at_ = now;
        return error;
    }

    // Quick at first, since most servers come back at once. A refused log-in is tried again once,
    // since servers that start refuse everybody, and then left alone longer, or the account gets
    // locked.
    milliseconds wait_after(const Error& error) const {
        const int quick = error.code == Code::refused ? 1 : 4;
        const auto seed = static_cast<std::uint64_t>(getpid());
        if (failures_ > quick) {
            const int slow = failures_ - quick;
            const auto wait = next_attempt(slow, true, seed);
            return std::min<milliseconds>(wait.value_or(std::chrono::minutes(5)),
                                          300 * pace_.first_wait);
        }
        return pace_.first_wait * (1 << (failures_ - 1));
    }

    void wait(Moment until) {
        const auto most = steady_clock::now() + std::chrono::hours(24);
        const auto left = std::min(until, most) - steady_clock::now();
        const auto time = std::chrono::ceil<milliseconds>(std::max(left, left.zero()));
        pollfd entry{wake_.number(), POLLIN, 0};
        ::poll(&entry, 1, static_cast<int>(time.count()));
        drain();
    }

    void drain() const {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto got = read(wake_.number(), &count, sizeof count);
    }

    const mail::MailServer server_;
    const Pace pace_;
    const Descriptor wake_{eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
    Mailbox mailbox_;
    std::unique_ptr<Session> session_;
    Moment looked_;  // Moment{}: look at once
    Moment idle_since_;
    bool left_ = false;  // mails were left at the last look
    bool well_ = false;  // the last look was good
    int failures_ = 0;   // since then
    Moment next_try_;
    std::string told_;
    Moment told_at_;
};

Error bad_folder(const std::string& key, const std::string& what) {
    return {Code::invalid_input, what, "mail.imap." + key};
}

}  // namespace

Result<std::unique_ptr<Inbox>> make_imap(const Settings& settings, const Clock& clock,
                                         const Pace& pace) {
    const auto& imap = settings.imap;
    auto server = mail::mail_server("imap", "mail.imap", imap.url, imap.tls);
    if (!server) return server.error();
    server->ca_file = imap.ca_file;
    server->user = imap.user;
    server->password = imap.password;
    if (imap.oauth2) {
        auto tokens = oauth::TokenSource::make(settings.oauth);
        if (!tokens) return tokens.error();
        server->tokens = *std::move(tokens);
    }
    using Named = std::pair<const char*, const std::string*>;
    const std::array<Named, 3> folders{Named{"folder", &imap.folder},
                                       Named{"done_folder", &imap.done_folder},
                                       Named{"aside_folder", &imap.aside_folder}};
    for (const auto& [key, name] : folders) {
        if (!folder_argument(*name))
            return bad_folder(key, "must be a folder's name, in letters without accents");
    }
    if (imap.done_folder == imap.folder) return bad_folder("done_folder", "is the inbox itself");
    if (imap.aside_folder == imap.folder) return bad_folder("aside_folder", "is the inbox itself");
    auto patient = pace;
    if (patient.poll == milliseconds(0)) patient.poll = std::chrono::seconds(imap.poll_seconds);
    auto inbox = std::make_unique<ImapInbox>(*std::move(server), settings, clock, patient);
    if (!inbox->usable())
        return Error{Code::unavailable, "cannot watch a mailbox: too many open files", ""};
    return std::unique_ptr<Inbox>(std::move(inbox));
}

}  // namespace imap

Result<std::unique_ptr<Inbox>> make_imap_inbox(const Settings& settings, const Clock& clock) {
    return imap::make_imap(settings, clock);
}

}  // namespace stageclock

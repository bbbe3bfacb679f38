// SPDX-License-Identifier: MIT
#include "adapters/notify/capture/capture_notifier.h"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "adapters/support/crypto.h"
#include "adapters/support/mime_compose.h"

namespace stageclock::capture {
namespace {

namespace fs = std::filesystem;

class Descriptor {
public:
    Descriptor(const std::string& path, int flags) : fd_(open(path.c_str(), flags, 0600)) {}
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    bool opened() const { return fd_ >= 0; }
    bool sync() const { return fsync(fd_) == 0; }
    bool write_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto written = ::write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

private:
    int fd_;
};

// The value of a field in the head of a mail we made; empty: not there.
std::string_view field(std::string_view mail, std::string_view name) {
    const auto head = mail.substr(0, mail.find("\r\n\r\n"));
    const auto start = "\r\n" + std::string(name) + ": ";
    const auto at = head.find(start);
    if (at == std::string_view::npos) return {};
    const auto value = head.substr(at + start.size());
    return value.substr(0, value.find('\r'));
}

std::string for_file_name(std::string_view text) {
    std::string out(text.substr(0, 60));
    std::replace_if(
        out.begin(), out.end(),
        [](unsigned char c) { return (std::isalnum(c) == 0 || c > 0x7F) && c != '-'; }, '_');
    return out;
}

// Of a message that is no mail: its chat destination, unless that is somebody's number or address.
std::string_view place_of(const Rendered& message) {
    const std::string& to = message.recipient;
    const bool person = to.find('@') != std::string::npos ||
                        to.find_first_not_of("+0123456789 -().") == std::string::npos;
    return person ? std::string_view() : std::string_view(to);
}

// "mail.CSCP-2026-0042.0f3a...": the channel, the case or chat destination, and a digest that keeps
// two messages apart. A mail sent again after a crash has its first Message-ID: it is the same
// message and takes the place of the first. No address.
std::string name_of(std::string_view channel, const Rendered& message) {
    const bool mail = message.content_type == "message/rfc822";
    const auto about =
        for_file_name(mail ? field(message.bytes, "X-Stageclock-Case") : place_of(message));
    const auto identity = mail ? field(message.bytes, "Message-Id") : std::string_view();
    const auto digest = crypto::sha256_hex(
        message.recipient + "\n" + (identity.empty() ? message.bytes : std::string(identity)));
    return for_file_name(channel) + "." + (about.empty() ? "none" : about) + "." +
           digest.substr(0, 20);
}

std::string as_mail(std::string_view channel, const Rendered& message) {
    if (message.content_type == "message/rfc822") return message.bytes;
    const auto destination = std::string(channel) + " " + mime::one_line(message.recipient, 100);
    return "Subject: message for " + destination + "\r\nTo: \"" + destination +
           "\":;\r\nMIME-Version: 1.0\r\nContent-Type: " + mime::one_line(message.content_type) +
           "; charset=utf-8\r\nContent-Transfer-Encoding: binary\r\n\r\n" + message.bytes;
}

class Capture final : public Notifier {
public:
    Capture(std::unique_ptr<Notifier> inner, std::string maildir)
        : inner_(std::move(inner)), maildir_(std::move(maildir)) {}

    std::string_view channel() const override { return inner_->channel(); }

    Result<Rendered> render(const Outgoing& outgoing) const override {
        return inner_->render(outgoing);
    }

    Delivery deliver(const Rendered& message) override {
        try {
            const auto name = name_of(channel(), message);
            if (keep(name, as_mail(channel(), message))) {
                return {Delivered::accepted, "captured as " + name + " for " + message.recipient};
            }
            return {Delivered::try_again, "not captured: the outbox folder cannot be written"};
        } catch (const std::exception&) {
            return {Delivered::try_again, "not captured: out of memory"};
        }
    }

private:
    // Written below tmp, complete on the disk before it gets its name below new (the Maildir way).
    // The name tells the content, so a second delivery of the same message may replace the first.
    bool keep(const std::string& name, const std::string& mail) {
        const auto written = maildir_ + "/tmp/" + name + "." + std::to_string(getpid()) + "." +
                             std::to_string(number_.fetch_add(1));
        {
            const Descriptor file(written, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
            if (!file.opened() || !file.write_all(mail) || !file.sync()) {
                unlink(written.c_str());
                return false;
            }
        }
        if (rename(written.c_str(), (maildir_ + "/new/" + name).c_str()) != 0) {
            unlink(written.c_str());
            return false;
        }
        const Descriptor folder(maildir_ + "/new", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        return folder.opened() && folder.sync();
    }

    const std::unique_ptr<Notifier> inner_;
    const std::string maildir_;
    std::atomic<unsigned> number_{0};
};

}  // namespace

Result<std::unique_ptr<Notifier>> capture(std::unique_ptr<Notifier> inner,
                                          const std::string& maildir) {
    for (const char* folder : {"tmp", "new", "cur"}) {
        std::error_code trouble;
        fs::create_directories(fs::path(maildir) / folder, trouble);
        if (trouble) {
            return Error{Code::unavailable, "cannot be created: " + trouble.message(),
                         maildir + "/" + folder};
        }
    }
    return std::unique_ptr<Notifier>(std::make_unique<Capture>(std::move(inner), maildir));
}

}  // namespace stageclock::capture

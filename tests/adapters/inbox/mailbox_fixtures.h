// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "adapters/inbox/imap/imap_inbox.h"
#include "adapters/registry.h"
#include "tests/adapters/notify/fixtures.h"

namespace stageclock::test {

// Writes down what it is offered. `answer` decides; by default everything is done.
struct RecordingSink final : MailSink {
    Handled take(const IncomingMail& mail) override {
        ids.push_back(mail.message_id);
        last = mail;
        return answer ? answer(mail) : Handled::done;
    }
    Handled unreadable(const std::string& path, const std::string& why) override {
        paths.push_back(path);
        reasons.push_back(why);
        return Handled::aside;
    }
    std::function<Handled(const IncomingMail&)> answer;
    std::vector<std::string> ids;
    std::vector<std::string> paths;
    std::vector<std::string> reasons;
    IncomingMail last;
};

inline std::string mail_named(const std::string& name, const std::string& text = "escalate\r\n") {
    return "From: Sam <sam@example.org>\r\nTo: intake@example.org\r\nSubject: " + name +
           "\r\nMessage-ID: <" + name + "@example.org>\r\n\r\n" + text;
}
inline std::string id_of(const std::string& name) { return "<" + name + "@example.org>"; }

// Waits little; looks by itself only every ten minutes, so that what comes sooner was told.
inline imap::Pace quick() {
    imap::Pace pace;
    pace.command = std::chrono::seconds(10);
    pace.poll = std::chrono::minutes(10);
    pace.first_wait = std::chrono::milliseconds(10);
    pace.after_later = std::chrono::milliseconds(50);
    return pace;
}

inline Settings mailbox_settings(int port, const std::string& data_dir) {
    Settings settings;
    settings.data_dir = data_dir;
    settings.imap.url = "imap://localhost:" + std::to_string(port);
    settings.imap.tls = "none";
    settings.imap.user = "intake";
    settings.imap.password = "right";
    return settings;
}

inline std::unique_ptr<Inbox> mailbox_of(const Settings& settings,
                                         const imap::Pace& pace = quick()) {
    static const auto clock = make_system_clock();
    auto made = imap::make_imap(settings, *clock, pace);
    REQUIRE(made);
    return *std::move(made);
}

// Polls until `enough`, for at most 20 s; false: it did not come to that. Errors are gathered.
inline bool polled_until(Inbox& inbox, MailSink& sink, const std::function<bool()>& enough,
                         std::vector<std::string>* errors = nullptr) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!enough()) {
        if (std::chrono::steady_clock::now() > limit) return false;
        const auto polled = inbox.poll(sink, std::chrono::milliseconds(100));
        if (!polled && errors != nullptr) errors->push_back(polled.error().what);
    }
    return true;
}

}  // namespace stageclock::test

// SPDX-License-Identifier: MIT
#include <utility>

#include "adapters/notify/capture/capture_notifier.h"
#include "adapters/notify/smtp/mail_notifier.h"
#include "adapters/notify/teams/teams_notifier.h"
#include "adapters/registry.h"

namespace stageclock {
namespace {

using Notifiers = std::vector<std::unique_ptr<Notifier>>;

Done check_chats(const std::vector<ChatSettings>& chats) {
    for (const auto& chat : chats) {
        if (chat.channel == "teams") continue;
        return Error{Code::invalid_input, "unknown channel: permitted is \"teams\"",
                     "chat " + chat.name + ", channel"};
    }
    return done();
}

Result<Notifiers> sending(const Settings& settings, const Templates& templates) {
    Notifiers out;
    auto mail = smtp::make_mail(settings, templates);
    if (!mail) return mail.error();
    out.push_back(*std::move(mail));
    if (!settings.chats.empty()) out.push_back(teams::make_teams(settings.chats, templates));
    return out;
}

}  // namespace

Result<Notifiers> make_notifiers(const Settings& settings, const Templates& templates) {
    if (const auto checked = check_chats(settings.chats); !checked) return checked.error();
    if (settings.live && settings.smtp.url.empty()) {
        return Error{Code::invalid_input,
                     "delivery is \"live\" but no mail server is named: set it, or use "
                     "delivery = \"capture\"",
                     "smtp.url"};
    }
    auto senders = sending(settings, templates);
    if (!senders || settings.live) return senders;
    Notifiers captured;
    for (auto& sender : *senders) {
        auto made = capture::capture(std::move(sender), settings.data_dir + "/outbox");
        if (!made) return made.error();
        captured.push_back(*std::move(made));
    }
    return captured;
}

}  // namespace stageclock

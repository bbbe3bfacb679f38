// SPDX-License-Identifier: MIT
#include <utility>

#include "adapters/notify/capture/capture_notifier.h"
#include "adapters/notify/channels.h"
#include "adapters/notify/govuk/channels.h"
#include "adapters/notify/smtp/mail_notifier.h"
#include "adapters/registry.h"

namespace stageclock {
namespace {

using Notifiers = std::vector<std::unique_ptr<Notifier>>;

Result<Notifiers> sending(const Settings& settings, const Templates& templates, Places& places) {
    Notifiers out;
    const notify::Parts parts{settings, templates, places, notify::client_options(settings)};
    if (auto instead = govuk::make_instead_of_mail(parts)) {
        out.push_back(std::move(instead));
    } else {
        auto mail = smtp::make_mail(settings, templates);
        if (!mail) return mail.error();
        out.push_back(*std::move(mail));
    }
    for (const auto& row : notify::channel_rows()) {
        if (auto made = row.make(parts)) out.push_back(std::move(made));
    }
    return out;
}

}  // namespace

Result<Notifiers> make_notifiers(const Settings& settings, const Templates& templates,
                                 Places& places) {
    if (settings.live && settings.smtp.url.empty() && settings.notify.mail_template.empty()) {
        return Error{Code::invalid_input,
                     "delivery is \"live\" but no mail server is named: set it, or use "
                     "delivery = \"capture\"",
                     "smtp.url"};
    }
    auto senders = sending(settings, templates, places);
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

// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "adapters/notify/channels.h"
#include "adapters/notify/govuk/service.h"
#include "bot/ports/notifier.h"

// The channels of GOV.UK Notify. Its own templates stay empty frames: ours give the words.
namespace stageclock::govuk {

// "sms": to a telephone number. Null: the settings name no template for it.
std::unique_ptr<Notifier> make_sms(const notify::Parts& parts);
// "notify-mail": to an address, with what a mail would say, the form behind a link.
std::unique_ptr<Notifier> make_notify_mail(const notify::Parts& parts);
// The same as the channel "mail", where no mail server is named; null: one is, or nothing is.
std::unique_ptr<Notifier> make_instead_of_mail(const notify::Parts& parts);

}  // namespace stageclock::govuk

// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>

#include "adapters/notify/govuk/service.h"
#include "bot/ports/delivery_reports.h"
#include "bot/ports/door.h"

// What GOV.UK Notify says became of our messages: asked for, or told to us at
// /notify/v1/callbacks (docs/adapters/govuk-notify.md). Internal to this folder and its tests.
namespace stageclock::govuk {

// Goes through the service's list page by page, one page a call, from the newest; after the last
// page it begins anew. Notify keeps seven days.
std::unique_ptr<DeliveryReports> make_reports(const NotifySettings& settings,
                                              http::ClientOptions options,
                                              std::function<Instant()> now = notify::real_now);

std::unique_ptr<front::Door> make_callbacks(const NotifySettings& settings, ReportDesk& desk);

}  // namespace stageclock::govuk

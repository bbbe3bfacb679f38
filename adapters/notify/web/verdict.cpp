// SPDX-License-Identifier: MIT
#include "adapters/notify/web/verdict.h"

#include <algorithm>

namespace stageclock::web {
namespace {

std::string said(const http::Answer& answer) { return "HTTP " + std::to_string(answer.status); }

// Longer waits would outlast the deadlines the message is about.
std::chrono::seconds wait_of(const http::Answer& answer) {
    return std::min<std::chrono::seconds>(answer.retry_after, std::chrono::hours(1));
}

}  // namespace

Delivery later(const http::Answer& answer, const std::string& why) {
    return {Delivered::try_again, said(answer) + ": " + why, wait_of(answer)};
}

Delivery by_status(const http::Answer& answer) {
    const int status = answer.status;
    if (status >= 200 && status < 300) return {Delivered::accepted, said(answer)};
    if (status == 429) return later(answer, "throttled");
    if (status == 408 || status == 425 || status >= 500) {
        return {Delivered::try_again, said(answer), wait_of(answer)};
    }
    const bool ours = status == 401 || status == 403 || status == 404 || status == 410;
    return {Delivered::never, said(answer), {}, ours};
}

}  // namespace stageclock::web

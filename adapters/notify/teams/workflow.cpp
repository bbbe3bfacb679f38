// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/workflow.h"

#include <algorithm>
#include <cctype>

#include "adapters/notify/teams/card.h"

namespace stageclock::teams {
namespace {

bool reports_throttling(std::string body) {
    std::transform(body.begin(), body.end(), body.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (body.find("throttl") != std::string::npos) return true;
    const auto at = body.find("429");
    if (at == std::string::npos) return false;
    const auto is_part = [&body](std::size_t i) {
        return i < body.size() && std::isalnum(static_cast<unsigned char>(body[i])) != 0;
    };
    return !is_part(at + 3) && (at == 0 || !is_part(at - 1));  // not within an id
}

Result<http::Request> post(const web::Place& place, const Rendered& message) {
    return http::Request{"POST", place.chat.url, message.content_type, message.bytes, {}};
}

}  // namespace

Delivery judge(const http::Answer& answer) {
    const bool good = answer.status >= 200 && answer.status < 300;
    if (good && reports_throttling(answer.body)) return web::later(answer, "throttled");
    return web::by_status(answer);
}

web::Channel workflow() {
    return {.name = "teams",
            .templates = "teams",
            .wrapped = message_with,
            .plain = plain_card,
            .fits = [](const std::string& message) { return message.size() <= message_limit; },
            .request = post,
            .judged = judge};
}

}  // namespace stageclock::teams

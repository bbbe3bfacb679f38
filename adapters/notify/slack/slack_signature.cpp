// SPDX-License-Identifier: MIT
#include "adapters/notify/slack/slack_signature.h"

#include <charconv>
#include <optional>

#include "adapters/support/crypto.h"

namespace stageclock::slack {
namespace {

constexpr std::chrono::seconds farthest{300};

// Digits and nothing else; ten of them until the year 2286.
std::optional<Instant> time_of(const std::string& text) {
    if (text.empty() || text.size() > 11 ||
        text.find_first_not_of("0123456789") != std::string::npos) {
        return std::nullopt;
    }
    long long seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return Instant(std::chrono::seconds(seconds));
}

}  // namespace

std::string signature(std::string_view secret, std::string_view timestamp, std::string_view body) {
    std::string signed_text = "v0:";
    signed_text.append(timestamp).append(":").append(body);
    return "v0=" + crypto::to_hex(crypto::hmac_sha256(secret, signed_text));
}

std::string unproven(const front::Request& request, std::string_view secret, Instant now) {
    const std::string* timestamp = request.header("x-slack-request-timestamp");
    const std::string* given = request.header("x-slack-signature");
    if (secret.empty() || timestamp == nullptr || given == nullptr) return "signature missing";
    if (!crypto::constant_time_equal(*given, signature(secret, *timestamp, request.body))) {
        return "signature wrong";
    }
    const auto at = time_of(*timestamp);
    if (!at || *at > now + farthest || *at < now - farthest) return "signature out of time";
    return {};
}

}  // namespace stageclock::slack

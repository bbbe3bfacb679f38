// SPDX-License-Identifier: MIT
#include "bot/app/reply_address.h"

#include "bot/core/directory.h"

namespace stageclock {
namespace {

constexpr std::size_t longest_local = 64;
constexpr std::string_view kind = "r.";

// What stands before the seal, and after it.
struct Frame {
    std::string before;
    std::string after;
};
std::optional<Frame> frame_of(const Settings& settings) {
    const auto at = settings.mail_from.rfind('@');
    if (at == std::string::npos || settings.mail_separator.empty()) return std::nullopt;
    return Frame{settings.mail_from.substr(0, at) + settings.mail_separator + std::string(kind),
                 settings.mail_from.substr(at)};
}

}  // namespace

std::string reply_address(std::int64_t notice, const Settings& settings, const Seal& seal) {
    const auto frame = frame_of(settings);
    if (!frame || notice <= 0) return {};
    const std::string local = frame->before + seal.close(SealFor::reply, notice);
    return local.size() <= longest_local ? local + frame->after : std::string();
}

std::optional<std::int64_t> notice_of(std::string_view address, const Settings& settings,
                                      const Seal& seal) {
    const auto frame = frame_of(settings);
    if (!frame) return std::nullopt;
    const std::string given = folded(address);
    const std::string before = folded(frame->before);
    const std::string after = folded(frame->after);
    if (given.size() <= before.size() + after.size() || !given.starts_with(before) ||
        !given.ends_with(after))
        return std::nullopt;
    return seal.open(SealFor::reply,
                     given.substr(before.size(), given.size() - before.size() - after.size()));
}

}  // namespace stageclock

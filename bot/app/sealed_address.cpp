// SPDX-License-Identifier: MIT
#include "bot/app/sealed_address.h"

#include <algorithm>

#include "bot/core/directory.h"

namespace stageclock {
namespace {

constexpr std::size_t longest_local = 64;

// What stands before the seal, and after it.
struct Frame {
    std::string before;
    std::string after;
};

std::string domain_of(const Settings& settings) {
    const auto at = settings.mail_from.rfind('@');
    return at == std::string::npos ? "" : settings.mail_from.substr(at);
}

std::optional<Frame> address_frame(SealFor purpose, const Settings& settings) {
    const std::string domain = domain_of(settings);
    if (domain.empty() || settings.mail_separator.empty()) return std::nullopt;
    const std::string local = settings.mail_from.substr(0, settings.mail_from.rfind('@'));
    return Frame{local + settings.mail_separator + (purpose == SealFor::bounce ? "b." : "r."),
                 domain};
}

std::optional<std::int64_t> opened(SealFor purpose, std::string_view text, const Frame& frame,
                                   const Seal& seal) {
    const std::string given = folded(text);
    const std::string before = folded(frame.before);
    const std::string after = folded(frame.after);
    if (given.size() <= before.size() + after.size() || !given.starts_with(before) ||
        !given.ends_with(after)) {
        return std::nullopt;
    }
    return seal.open(purpose,
                     given.substr(before.size(), given.size() - before.size() - after.size()));
}

Frame id_frame(const Settings& settings) { return {"<n.", domain_of(settings) + ">"}; }

}  // namespace

std::string sealed_address(SealFor purpose, std::int64_t row, const Settings& settings,
                           const Seal& seal) {
    const auto frame = address_frame(purpose, settings);
    if (!frame || row <= 0) return {};
    const std::string local = frame->before + seal.close(purpose, row);
    return local.size() <= longest_local ? local + frame->after : std::string();
}

std::optional<std::int64_t> row_of_address(SealFor purpose, std::string_view address,
                                           const Settings& settings, const Seal& seal) {
    const auto frame = address_frame(purpose, settings);
    return frame ? opened(purpose, address, *frame, seal) : std::nullopt;
}

std::string sealed_message_id(std::int64_t row, const Settings& settings, const Seal& seal) {
    const Frame frame = id_frame(settings);
    return frame.before + seal.close(SealFor::bounce, row) + frame.after;
}

std::optional<std::int64_t> row_of_message_id(std::string_view id, const Settings& settings,
                                              const Seal& seal) {
    return opened(SealFor::bounce, id, id_frame(settings), seal);
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "bot/ports/store.h"

#include <array>
#include <utility>

namespace stageclock {
namespace {

constexpr std::array<std::pair<NoticeState, std::string_view>, 8> words{{
    {NoticeState::pending, "pending"},
    {NoticeState::claimed, "claimed"},
    {NoticeState::accepted, "accepted"},
    {NoticeState::retrying, "retrying"},
    {NoticeState::failed, "failed"},
    {NoticeState::cancelled, "cancelled"},
    {NoticeState::bounced, "bounced"},
    {NoticeState::delivered, "delivered"},
}};

}  // namespace

std::string_view to_text(NoticeState state) {
    for (const auto& [value, word] : words)
        if (value == state) return word;
    return "";
}

std::optional<NoticeState> parse_notice_state(std::string_view text) {
    for (const auto& [value, word] : words)
        if (word == text) return value;
    return std::nullopt;
}

}  // namespace stageclock

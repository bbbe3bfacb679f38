// SPDX-License-Identifier: MIT
#include "adapters/support/mail_headers.h"

#include <algorithm>
namespace stageclock::mail {

std::string valid_message_id(std::string_view text) {
    constexpr std::size_t longest = 250;
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return "";
    text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
    if (text.size() < 5 || text.size() > longest || text.front() != '<' || text.back() != '>')
        return "";
    const auto inner = text.substr(1, text.size() - 2);
    const bool plain = std::ranges::all_of(
        inner, [](char c) { return c > 0x20 && c < 0x7f && c != '<' && c != '>'; });
    const auto at = inner.find('@');
    if (!plain || at == std::string_view::npos || at == 0 || at + 1 == inner.size()) return "";
    return std::string(text);
}

std::vector<std::string> message_ids_in(std::string_view text) {
    constexpr std::size_t most = 50;
    std::vector<std::string> ids;
    for (auto open = text.find('<'); open != std::string_view::npos && ids.size() < most;
         open = text.find('<', open + 1)) {
        const auto close = text.find('>', open);
        if (close == std::string_view::npos) break;
        if (auto id = valid_message_id(text.substr(open, close - open + 1)); !id.empty())
            ids.push_back(std::move(id));
    }
    return ids;
}

}  // namespace stageclock::mail

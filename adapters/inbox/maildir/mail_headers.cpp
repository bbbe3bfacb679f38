// SPDX-License-Identifier: MIT
#include "adapters/inbox/maildir/mail_headers.h"

#include <algorithm>
#include <array>

#include "bot/core/directory.h"

namespace stageclock::maildir {
namespace {

// The keyword of a value: up to a parameter or comment (RFC 3834 section 5 allows both).
std::string keyword(std::string_view value) {
    return folded(value.substr(0, value.find_first_of(";(")));
}

bool says(const HeaderFields& fields, std::string_view name, auto test) {
    return std::ranges::any_of(fields, [&](const HeaderField& field) {
        return field.name == name && test(keyword(field.value));
    });
}

bool is_machine(std::string_view address) {
    const auto local = folded(address.substr(0, address.find('@')));
    return local == "mailer-daemon" || local == "postmaster";
}

}  // namespace

std::vector<std::string> values_of(const HeaderFields& fields, std::string_view name) {
    std::vector<std::string> values;
    for (const auto& field : fields)
        if (field.name == name) values.push_back(field.value);
    return values;
}

std::string sign_of_automatic(const HeaderFields& fields, std::string_view content_type,
                              std::string_view from) {
    const auto any = [](const std::string&) { return true; };
    const auto not_no = [](const std::string& word) { return word != "no"; };
    const auto bulk = [](const std::string& word) {
        return word == "bulk" || word == "junk" || word == "list" || word == "auto_reply";
    };
    if (says(fields, "x-stageclock-loop", any)) return "our own mail come back";
    if (says(fields, "auto-submitted", not_no)) return "Auto-Submitted";
    if (content_type == "multipart/report") return "a delivery report";
    if (says(fields, "return-path", [](const std::string& path) { return path == "<>"; }))
        return "empty Return-Path";
    if (is_machine(from)) return "from a mail system";
    if (says(fields, "x-failed-recipients", any)) return "a delivery report";
    if (says(fields, "precedence", bulk)) return "Precedence";
    if (says(fields, "list-id", any)) return "a mailing list";
    for (const std::string_view name : {"x-autoreply", "x-autorespond"})
        if (says(fields, name, not_no)) return "an automatic reply";
    return "";
}

std::string valid_message_id(std::string_view text) {
    constexpr std::size_t longest = 250;
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return "";
    text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
    if (text.size() < 5 || text.size() > longest || text.front() != '<' || text.back() != '>')
        return "";
    const auto inner = text.substr(1, text.size() - 2);
    const bool plain = std::ranges::all_of(inner, [](char c) {
        return c > 0x20 && c < 0x7f && c != '<' && c != '>';
    });
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

}  // namespace stageclock::maildir

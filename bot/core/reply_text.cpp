// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>

#include "bot/core/reply_parts.h"

// Small things of text that every reader of mails needs.
namespace stageclock::reply {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string all;
    for (const auto& part : parts) {
        if (!all.empty()) all += between;
        all += part;
    }
    return all;
}

std::string tidied(std::string_view text) {
    struct Swap {
        std::string_view from;
        std::string_view to;
    };
    static constexpr std::array<Swap, 11> swaps{{{"\u00a0", " "},
                                                 {"\u2007", " "},
                                                 {"\u202f", " "},
                                                 {"\u2018", "'"},
                                                 {"\u2019", "'"},
                                                 {"\u200b", ""},
                                                 {"\u200c", ""},
                                                 {"\u200d", ""},
                                                 {"\u2060", ""},
                                                 {"\ufeff", ""},
                                                 {"\u00ad", ""}}};
    std::string tidy;
    tidy.reserve(text.size());
    while (!text.empty()) {
        const auto byte = static_cast<unsigned char>(text.front());
        const auto* swap =
            byte < 0x80 ? swaps.end() : std::ranges::find_if(swaps, [&](const Swap& each) {
                return text.starts_with(each.from);
            });
        if (swap != swaps.end())
            tidy += swap->to;
        else if (byte == '\t')
            tidy += ' ';
        else if (byte == '\n' || (byte >= 0x20 && byte != 0x7f))
            tidy += text.front();
        text.remove_prefix(swap != swaps.end() ? swap->from.size() : 1);
    }
    return tidy;
}

std::string slug(std::string_view text) {
    std::string made;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0)
            made += static_cast<char>(std::tolower(byte));
        else if (c != '\'' && !made.empty() && made.back() != '-')
            made += '-';
    }
    while (made.ends_with('-')) made.pop_back();
    return made;
}

std::string next_word(std::string_view text, std::size_t& at) {
    const auto part_of_word = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '\'' ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    while (at < text.size() && !part_of_word(text[at])) ++at;
    std::string word;
    for (; at < text.size() && part_of_word(text[at]); ++at)
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
    return word;
}

}  // namespace stageclock::reply

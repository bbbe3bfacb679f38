// SPDX-License-Identifier: MIT
#include "bot/core/reply.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "bot/core/reply_parts.h"

// Where a reply ends and what it quotes begins. The signs are those real programs write: our own
// marker line, "On ... wrote:" (wrapped by some over several lines), Outlook's "From: / Sent:"
// block with or without a rule above it, "-----Original Message-----", ">" lines; then signatures
// and the lines telephones add.
namespace stageclock {
namespace reply {

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

namespace {

using Lines = std::vector<std::string>;

// Lower case without the stars of bold text and outer spaces.
std::string plain(std::string_view line) {
    std::string bare(line);
    std::erase(bare, '*');
    return folded(bare);
}

bool is_blank(std::string_view line) { return trimmed(line).empty(); }
bool is_quoted(std::string_view line) { return trimmed(line).starts_with('>'); }

// "-----Original Message-----", "---------- Forwarded message ---------".
bool is_divider(std::string_view folded_line) {
    if (!folded_line.starts_with("---")) return folded_line == "begin forwarded message:";
    return folded_line.ends_with("---") &&
           (folded_line.find("original message") != std::string_view::npos ||
            folded_line.find("forwarded message") != std::string_view::npos);
}

// "On Tue, 22 Dec 2026 at 16:30, Sam Field" / "<sam@example.org> wrote:", over up to four lines.
bool is_attribution(const Lines& lines, std::size_t at) {
    if (!plain(lines[at]).starts_with("on ")) return false;
    for (std::size_t i = at; i < lines.size() && i < at + 4; ++i) {
        const auto line = plain(lines[i]);
        if (line.empty()) return false;
        if (line.ends_with("wrote:")) return true;
    }
    return false;
}

// Outlook's header of the quoted mail: From, then within a few lines Sent or Date, and To or
// Subject.
bool is_header_block(const Lines& lines, std::size_t at) {
    if (!plain(lines[at]).starts_with("from:")) return false;
    bool sent = false;
    bool to = false;
    for (std::size_t i = at + 1; i < lines.size() && i < at + 7; ++i) {
        const auto line = plain(lines[i]);
        sent = sent || line.starts_with("sent:") || line.starts_with("date:");
        to = to || line.starts_with("to:") || line.starts_with("subject:");
    }
    return sent && to;
}

bool is_rule_above_block(const Lines& lines, std::size_t at) {
    const auto line = trimmed(lines[at]);
    if (line.size() < 10 || line.find_first_not_of('_') != std::string_view::npos) return false;
    for (std::size_t i = at + 1; i < lines.size() && i < at + 4; ++i)
        if (is_header_block(lines, i)) return true;
    return false;
}

bool begins_quotation(const Lines& lines, std::size_t at) {
    const auto line = plain(lines[at]);
    return line.find(reply_marker) != std::string::npos || is_quoted(line) || is_divider(line) ||
           is_attribution(lines, at) || is_header_block(lines, at) ||
           is_rule_above_block(lines, at);
}

bool starts_with_any(std::string_view text, const auto& beginnings) {
    return std::ranges::any_of(beginnings,
                               [&](std::string_view each) { return text.starts_with(each); });
}

// What programs and gateways put below a text.
bool begins_signature(std::string_view line) {
    static constexpr std::array<std::string_view, 14> signs{
        "sent from my ",       "sent from outlook",     "sent from mail for",
        "sent from yahoo",     "sent from proton",      "sent via ",
        "get outlook for",     "sent with proton",      "this email and any ",
        "this e-mail and any", "this email is con",     "this message is con",
        "disclaimer",          "confidentiality notice"};
    const auto bare = trimmed(line);
    return bare == "--" || starts_with_any(plain(bare), signs);
}

// The warnings a gateway puts above a mail from outside.
bool is_banner(std::string_view line) {
    static constexpr std::array<std::string_view, 6> signs{
        "caution:",        "[external",           "external email",
        "external sender", "warning: this email", "you don't often get email from"};
    return starts_with_any(plain(line), signs);
}

bool is_farewell(std::string_view line) {
    static constexpr std::array<std::string_view, 15> farewells{
        "kind regards", "best regards",    "warm regards",     "kindest regards", "regards",
        "many thanks",  "thanks",          "thank you",        "with thanks",     "best wishes",
        "best",         "yours sincerely", "yours faithfully", "cheers",          "kr"};
    const auto said = plain(line);
    if (std::ranges::count(said, ' ') > 3) return false;
    return std::ranges::any_of(farewells, [&](std::string_view each) {
        if (!said.starts_with(each)) return false;
        const auto after = said.substr(each.size());
        return after.empty() || after.find_first_of(",.!-") == 0;
    });
}

void drop_banner(Lines& lines) {
    const auto text = std::ranges::find_if_not(lines, is_blank);
    if (text == lines.end() || !is_banner(*text)) return;
    lines.erase(lines.begin(), std::find_if(text, lines.end(), is_blank));
}

// Cuts at the farewell, unless what follows might be more than a name and a telephone number.
void cut_farewell(Lines& lines) {
    bool text_before = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (text_before && is_farewell(lines[i])) {
            const auto tail = joined(
                Lines(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end()), "\n");
            if (has_strong_word(tail) || count_labels(tail) > 1) return;
            lines.resize(i);
            return;
        }
        text_before = text_before || !is_blank(lines[i]);
    }
}

std::string finished(Lines lines) {
    drop_banner(lines);
    cut_farewell(lines);
    return std::string(trimmed(joined(lines, "\n")));
}

Lines above_quotation(const Lines& lines) {
    Lines above;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (begins_quotation(lines, i) || begins_signature(lines[i])) break;
        above.push_back(lines[i]);
    }
    return above;
}

// For those who answer below or between what they quote.
Lines unquoted(const Lines& lines) {
    Lines kept;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_attribution(lines, i)) {
            while (!plain(lines[i]).ends_with("wrote:")) ++i;
        } else if (is_divider(plain(lines[i])) || is_header_block(lines, i) ||
                   begins_signature(lines[i])) {
            break;
        } else if (!begins_quotation(lines, i)) {
            kept.push_back(lines[i]);
        }
    }
    return kept;
}

}  // namespace
}  // namespace reply

std::string new_text(std::string_view text) {
    const auto lines = reply::lines_of(reply::tidied(text));
    auto above = reply::finished(reply::above_quotation(lines));
    return above.empty() ? reply::finished(reply::unquoted(lines)) : above;
}

}  // namespace stageclock

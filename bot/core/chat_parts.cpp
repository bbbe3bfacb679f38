// SPDX-License-Identifier: MIT
#include "bot/core/chat_parts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "bot/core/chat_command.h"
#include "bot/core/directory.h"
#include "bot/core/reply_parts.h"

namespace stageclock::chat_parts {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// One character of UTF-8: how many bytes it takes and which plain one stands for it; '\0': itself.
struct Character {
    std::size_t bytes = 1;
    char plain = '\0';
};

Character character_at(std::string_view text) {
    struct Swap {
        std::string_view from;
        char to;
    };
    static constexpr auto swaps = std::to_array<Swap>({{"\u2010", '-'},
                                                       {"\u2011", '-'},
                                                       {"\u2012", '-'},
                                                       {"\u2013", '-'},
                                                       {"\u2014", '-'},
                                                       {"\u2015", '-'},
                                                       {"\u2212", '-'},
                                                       {"\ufe58", '-'},
                                                       {"\ufe63", '-'},
                                                       {"\u00a0", ' '},
                                                       {"\u2007", ' '},
                                                       {"\u2009", ' '},
                                                       {"\u202f", ' '},
                                                       {"\u3000", ' '},
                                                       {"\u2018", '\''},
                                                       {"\u2019", '\''},
                                                       {"\ufe55", ':'}});
    for (const Swap& swap : swaps)
        if (text.starts_with(swap.from)) return {swap.from.size(), swap.to};
    // U+FF01 to U+FF5E: the wide forms of the characters of ASCII.
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.size() > 2 && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
        const int code = (byte(1) == 0xBC ? 0x20 : 0x60) + (byte(2) - 0x80);
        if (code > 0x20 && code < 0x7F) return {3, static_cast<char>(code)};
    }
    return {};
}

// "-", " - ", " ", "_": what stands between the parts of a reference. Gives where it ends.
std::optional<std::size_t> behind_gap(std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 3;
    std::size_t end = at;
    while (end < text.size() && end - at < longest &&
           (text[end] == '-' || text[end] == ' ' || text[end] == '_')) {
        ++end;
    }
    return end > at ? std::optional(end) : std::nullopt;
}

std::size_t behind_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
}

// Year and number behind a prefix that ends at `at`. With `strict`, nothing but a dash between.
std::optional<Reference> numbered(std::string_view text, std::size_t at, bool strict) {
    constexpr std::size_t year_digits = 4;
    constexpr std::size_t usual_digits = 4;
    constexpr std::size_t most_digits = 9;
    const auto year = behind_gap(text, at);
    if (!year || (strict && (text[at] != '-' || *year != at + 1))) return std::nullopt;
    const std::size_t year_end = behind_digits(text, *year);
    const auto number = behind_gap(text, year_end);
    if (!number || year_end - *year != year_digits) return std::nullopt;
    if (strict && (text[year_end] != '-' || *number != year_end + 1)) return std::nullopt;
    const std::size_t end = behind_digits(text, *number);
    if (end == *number || end - *number > most_digits) return std::nullopt;
    if (end < text.size() && is_alnum(text[end])) return std::nullopt;
    std::string digits(text.substr(*number, end - *number));
    if (digits.size() < usual_digits) digits.insert(0, usual_digits - digits.size(), '0');
    return Reference{"-" + std::string(text.substr(*year, year_digits)) + "-" + digits, 0, end};
}

std::string upper(std::string_view text) {
    std::string made(text);
    for (char& c : made) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return made;
}

// The reference whose prefix begins here: of a board, or in the form every board writes them.
std::optional<Reference> reference_at(std::string_view text, std::size_t begin,
                                      const std::vector<std::string>& prefixes) {
    std::size_t end = begin;
    while (end < text.size() && is_alnum(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    const auto known = std::ranges::find_if(
        prefixes, [&](const std::string& prefix) { return folded(prefix) == word; });
    const bool ours = known != prefixes.end();
    constexpr std::size_t longest_prefix = 12;
    if (!ours && word.size() > longest_prefix) return std::nullopt;
    auto found = numbered(text, end, !ours);
    if (!found) return std::nullopt;
    found->ref.insert(0, ours ? *known : upper(word));
    found->begin = begin;
    return found;
}

}  // namespace

bool is_alnum(char c) { return is_letter(c) || is_digit(c); }

Plain plain_of(std::string_view text) {
    Plain made;
    for (std::size_t i = 0; i < text.size();) {
        const Character character = character_at(text.substr(i));
        char c = character.plain == '\0' ? text[i] : character.plain;
        if (c == '\t') c = ' ';
        made.text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        made.at.push_back(i);
        i += character.bytes;
    }
    made.at.push_back(text.size());
    return made;
}

std::vector<Reference> references_in(std::string_view text,
                                     const std::vector<std::string>& prefixes) {
    std::vector<Reference> all;
    for (std::size_t i = 0; i < text.size();) {
        const bool starts = is_letter(text[i]) && (i == 0 || !is_alnum(text[i - 1]));
        auto found = starts ? reference_at(text, i, prefixes) : std::nullopt;
        i = found ? found->end : i + 1;
        if (found) all.push_back(std::move(*found));
    }
    return all;
}

}  // namespace stageclock::chat_parts

namespace stageclock {

std::string chat_text(std::string_view text) {
    const auto continues = [&](std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u;
    };
    std::string clean;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t bytes = byte < 0x80   ? 1
                                  : byte < 0xC2 ? 0
                                  : byte < 0xE0 ? 2
                                  : byte < 0xF0 ? 3
                                  : byte < 0xF5 ? 4
                                                : 0;
        std::size_t have = bytes == 0 ? 0 : 1;
        while (have > 0 && have < bytes && continues(i + have)) ++have;
        const auto next = have > 1 ? static_cast<unsigned char>(text[i + 1]) : 0u;
        // RFC 3629 section 4: no longer form than needed, no surrogates, nothing above U+10FFFF.
        const bool odd = (byte == 0xE0 && next < 0xA0) || (byte == 0xED && next > 0x9F) ||
                         (byte == 0xF0 && next < 0x90) || (byte == 0xF4 && next > 0x8F);
        const bool valid = bytes > 0 && have == bytes && !(bytes > 1 && odd);
        const bool shown = bytes > 1 || byte >= 0x20 || byte == '\n' || byte == '\t';
        if (valid && shown && byte != 0x7F) clean += text.substr(i, bytes);
        i += valid ? bytes : 1;
    }
    return std::string(reply::trimmed(clean));
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/clean.h"

#include <memory>

#include <glib.h>

namespace stageclock::pdf {
namespace {

// Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX 9) that change the
// order of what follows. The single marks U+200E and U+200F stay: scripts need them.
bool reorders(gunichar c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

bool is_line_end(gunichar c) { return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool is_unwanted(gunichar c) {
    return g_unichar_iscntrl(c) || reorders(c) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

void append(std::string& text, gunichar c) {
    char bytes[6];
    text.append(bytes, static_cast<std::size_t>(g_unichar_to_utf8(c, bytes)));
}

std::string without_zero_bytes_and_cr(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool lone_cr = text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n');
        if (lone_cr)
            kept += '\n';
        else if (text[at] != '\0' && text[at] != '\r')
            kept += text[at];
    }
    return kept;
}

}  // namespace

std::string clean(std::string_view text) {
    const std::string kept = without_zero_bytes_and_cr(text);
    const std::unique_ptr<char, decltype(&g_free)> valid(
        g_utf8_make_valid(kept.data(), static_cast<gssize>(kept.size())), g_free);
    std::string result;
    result.reserve(kept.size());
    int line_ends = 2;  // in a row; as if two came before the text, so that it starts with a word
    for (const char* at = valid.get(); *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (is_line_end(c)) {
            while (!result.empty() && result.back() == ' ') result.pop_back();
            if (++line_ends <= 2) result += '\n';
        } else if (c == '\t') {
            result += ' ';
        } else if (!is_unwanted(c)) {
            append(result, c);
            if (c != ' ') line_ends = 0;
        }
    }
    const std::size_t end = result.find_last_not_of(" \n");
    result.resize(end == std::string::npos ? 0 : end + 1);
    result.erase(0, result.find_first_not_of(' '));
    return result;
}

std::string limited(std::string text, std::string_view notice) {
    std::size_t characters = 0;
    std::size_t lines = 1;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool starts_character = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (starts_character && ++characters > most_characters) lines = most_lines + 1;
        if (text[at] == '\n') ++lines;
        if (lines <= most_lines) continue;
        text.resize(at);
        return text + " … " + std::string(notice);
    }
    return text;
}

}  // namespace stageclock::pdf

// SPDX-License-Identifier: MIT
#include "adapters/template/mustache/layout.h"

#include <algorithm>

namespace stageclock::mustache_template {
namespace {

// Characters, not bytes: continuation bytes of UTF-8 do not count.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

// The column at which the text of a line begins, so that its continuation lines up with it.
std::size_t hanging_indent(std::string_view line) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view rest = line.substr(indent);
    if (rest.starts_with("- ") || rest.starts_with("* ")) return indent + 2;
    // "Deadline:   Thursday ...": a name, then at least two spaces.
    constexpr std::size_t widest_name = 24;
    const std::size_t gap = rest.find("  ");
    if (gap == std::string_view::npos || gap == 0 || gap > widest_name) return indent;
    const std::size_t text = rest.find_first_not_of(' ', gap);
    return text == std::string_view::npos ? indent : indent + width_of(rest.substr(0, text));
}

void append_wrapped(std::string& out, std::string_view line, std::size_t width) {
    const std::size_t hang = hanging_indent(line);
    std::size_t first_word = line.find_first_not_of(' ');
    std::size_t column = 0;
    bool fresh = true;  // nothing but indent on this output line yet
    std::size_t at = 0;
    while (at < line.size()) {
        const std::size_t word = line.find_first_not_of(' ', at);
        if (word == std::string_view::npos) break;
        const std::size_t end = std::min(line.find(' ', word), line.size());
        const std::size_t gap = word - at;
        const std::size_t size = width_of(line.substr(word, end - word));
        if (!fresh && column > hang && column + gap + size > width) {
            out.append("\n").append(hang, ' ');
            column = hang;
        } else {
            out.append(gap, ' ');
            column += gap;
        }
        out.append(line.substr(word, end - word));
        column += size;
        fresh = word == first_word && column <= hang;
        at = end;
    }
    out.push_back('\n');
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t width) {
    std::string out;
    out.reserve(text.size() + text.size() / 16);
    bool blank_wanted = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (line.find_first_not_of(" \r\t") == std::string_view::npos) {
            blank_wanted = !out.empty();
            continue;
        }
        if (blank_wanted) out.push_back('\n');
        blank_wanted = false;
        append_wrapped(out, line, width);
    }
    return out;
}

std::string one_line(std::string_view text) {
    std::string out;
    bool space_wanted = false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte == 0x7F) {
            space_wanted = !out.empty();
            continue;
        }
        if (space_wanted) out.push_back(' ');
        space_wanted = false;
        out.push_back(c);
    }
    return out;
}

}  // namespace stageclock::mustache_template

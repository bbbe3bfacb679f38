// SPDX-License-Identifier: MIT
#include "adapters/support/mail_text.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

namespace stageclock::mail {
namespace {

constexpr char32_t replacement = 0xFFFD;

// Length of the UTF-8 character at `at`; 0 when there is none (RFC 3629: no overlong forms, no
// surrogates, nothing above U+10FFFF).
std::size_t utf8_length(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) > 0x9F;
        return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && byte(1) < 0x90;
        const bool above = first == 0xF4 && byte(1) > 0x8F;
        return tail(1) && tail(2) && tail(3) && !overlong && !above ? 4 : 0;
    }
    return 0;
}

std::string mended_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size();) {
        const auto length = utf8_length(bytes, i);
        if (length == 0) append_utf8(text, replacement);
        else text.append(bytes.substr(i, length));
        i += length == 0 ? 1 : length;
    }
    return text;
}

// By iconv; nothing when it does not know the charset.
bool convert(std::string_view bytes, const std::string& charset, std::string& text) {
    const iconv_t converter = iconv_open("UTF-8", charset.c_str());
    if (converter == reinterpret_cast<iconv_t>(-1)) return false;
    std::string copy(bytes);
    char* in = copy.data();
    std::size_t left = copy.size();
    char buffer[4096];
    while (left > 0) {
        char* out = buffer;
        std::size_t room = sizeof buffer;
        const auto result = iconv(converter, &in, &left, &out, &room);
        text.append(buffer, sizeof buffer - room);
        if (result != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
        append_utf8(text, replacement);  // a byte that means nothing here, or a cut-off end
        ++in;
        --left;
    }
    iconv_close(converter);
    return true;
}

std::string with_plain_lines(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\0') continue;
        if (text[i] == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') plain += '\n';
            continue;
        }
        plain += text[i];
    }
    return plain;
}

}  // namespace

void append_utf8(std::string& text, char32_t code) {
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = replacement;
    const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

bool is_utf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const auto length = utf8_length(bytes, i);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

std::string text_of(std::string_view bytes, std::string_view charset) {
    std::string name(charset);
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    // Programs that do not know their charset say one of these, or nothing.
    const bool vague = name.empty() || name == "us-ascii" || name == "ascii" ||
                       name == "unknown-8bit" || name == "default";
    if (name == "utf-8" || name == "utf8") return with_plain_lines(mended_utf8(bytes));
    if (vague && is_utf8(bytes)) return with_plain_lines(bytes);
    // Most mails that say iso-8859-1 mean windows-1252.
    if (vague || name == "iso-8859-1") name = "windows-1252";
    std::string text;
    if (!convert(bytes, name, text)) {
        if (is_utf8(bytes)) return with_plain_lines(bytes);
        convert(bytes, "windows-1252", text);
    }
    return with_plain_lines(mended_utf8(text));
}

std::string unflowed(std::string_view text, bool delsp) {
    std::string whole;
    bool open = false;  // the line above goes on
    std::size_t depth_above = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const auto depth = std::min(line.find_first_not_of('>'), line.size());
        line.remove_prefix(depth);
        if (line.starts_with(' ')) line.remove_prefix(1);
        const bool soft = line.ends_with(' ') && line != "-- ";
        if (open && depth == depth_above && line != "-- ") {
            whole.pop_back();
        } else if (depth > 0) {
            whole += "> ";
        }
        whole += soft && delsp ? line.substr(0, line.size() - 1) : line;
        whole += '\n';
        open = soft;
        depth_above = depth;
    }
    return whole;
}

std::string shortened(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return std::string(text);
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
    return std::string(text.substr(0, end));
}

std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            if (!line.empty() && line.back() != ' ') line += ' ';
        } else {
            line += c;
        }
    }
    const auto first = line.find_first_not_of(' ');
    if (first == std::string::npos) return "";
    return mended_utf8(line.substr(first, line.find_last_not_of(' ') - first + 1));
}

}  // namespace stageclock::mail

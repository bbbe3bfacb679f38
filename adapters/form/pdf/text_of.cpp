// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/text_of.h"

#include <memory>

#include <glib.h>

namespace stageclock::pdf {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t escape = 0x1B;  // begins and ends a language code

void append(std::string& out, char32_t c) {
    char bytes[6];
    out.append(bytes, static_cast<std::size_t>(g_unichar_to_utf8(c, bytes)));
}

// Annex D.3: what differs from Latin-1.
char32_t of_pdf_doc(unsigned char c) {
    static constexpr char32_t low[] = {0x02D8, 0x02C7, 0x02C6, 0x02D9,
                                       0x02DD, 0x02DB, 0x02DA, 0x02DC};  // 0x18 to 0x1F
    static constexpr char32_t high[] = {
        0x2022, 0x2020, 0x2021, 0x2026, 0x2014,      0x2013, 0x0192, 0x2044, 0x2039,
        0x203A, 0x2212, 0x2030, 0x201E, 0x201C,      0x201D, 0x2018, 0x2019, 0x201A,
        0x2122, 0xFB01, 0xFB02, 0x0141, 0x0152,      0x0160, 0x0178, 0x017D, 0x0131,
        0x0142, 0x0153, 0x0161, 0x017E, replacement, 0x20AC};  // 0x80 to 0xA0
    if (c >= 0x18 && c <= 0x1F) return low[c - 0x18];
    if (c >= 0x80 && c <= 0xA0) return high[c - 0x80];
    return c;
}

std::string from_utf16(std::string_view bytes, bool big_endian) {
    const auto unit = [&](std::size_t at) -> char32_t {
        const auto one = static_cast<unsigned char>(bytes[at]);
        const auto two = static_cast<unsigned char>(bytes[at + 1]);
        return big_endian ? static_cast<char32_t>(one) * 256 + two
                          : static_cast<char32_t>(two) * 256 + one;
    };
    std::string out;
    bool language = false;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t c = unit(at);
        if (c == escape) {
            language = !language;
            continue;
        }
        if (language) continue;
        if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 &&
            unit(at + 2) < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10U) + (unit(at + 2) - 0xDC00);
            at += 2;
        }
        append(out, c >= 0xD800 && c < 0xE000 ? replacement : c);
    }
    return out;
}

std::string valid(std::string_view bytes) {
    std::string kept;
    for (const char c : bytes)
        if (c != '\0') kept += c;
    const std::unique_ptr<char, decltype(&g_free)> made(
        g_utf8_make_valid(kept.data(), static_cast<gssize>(kept.size())), g_free);
    return made.get();
}

std::string with_one_line_end(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\0' || (text[at] == '\n' && at > 0 && text[at - 1] == '\r')) continue;
        out += text[at] == '\r' ? '\n' : text[at];
    }
    return out;
}

std::string decoded(std::string_view bytes) {
    if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), true);
    if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), false);
    if (bytes.starts_with("\xEF\xBB\xBF")) return valid(bytes.substr(3));
    std::string out;
    for (const char c : bytes) append(out, of_pdf_doc(static_cast<unsigned char>(c)));
    return out;
}

}  // namespace

std::string text_of(std::string_view bytes) { return with_one_line_end(decoded(bytes)); }

std::string text_of_name(std::string_view bytes) {
    if (g_utf8_validate(bytes.data(), static_cast<gssize>(bytes.size()), nullptr))
        return std::string(bytes);
    return text_of(bytes);
}

}  // namespace stageclock::pdf

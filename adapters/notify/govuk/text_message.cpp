// SPDX-License-Identifier: MIT
#include "adapters/notify/govuk/text_message.h"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/support/mime_compose.h"

namespace stageclock::govuk {
namespace {

constexpr int most_segments = 3;
constexpr std::string_view cut_mark = "...";
// Room for "Name of the service: ", which Notify puts first unless told not to.
constexpr std::size_t service_name = 40;

// What the alphabet has besides plain letters and digits (3GPP TS 23.038 section 6.2.1).
constexpr std::string_view basic =
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r";
constexpr std::string_view escaped = "^{}\\[~]|€";  // two places each

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> plain{{
    {"\u2018", "'"},
    {"\u2019", "'"},
    {"\u201C", "\""},
    {"\u201D", "\""},
    {"\u2013", "-"},
    {"\u2014", "-"},
    {"\u2022", "-"},
    {"\u2026", "..."},
    {"\u00A0", " "},
    {"\u2011", "-"},
}};

std::string_view character_at(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    return text.substr(at, end - at);
}

bool is_letter_or_digit(std::string_view c) {
    return c.size() == 1 && ((c[0] >= 'a' && c[0] <= 'z') || (c[0] >= 'A' && c[0] <= 'Z') ||
                             (c[0] >= '0' && c[0] <= '9'));
}

// Places of the alphabet; 0: it has no such character.
int places(std::string_view c) {
    if (is_letter_or_digit(c) || basic.find(c) != std::string_view::npos) return 1;
    return escaped.find(c) != std::string_view::npos ? 2 : 0;
}

struct Length {
    std::size_t own = 0;      // in places of the network's alphabet
    std::size_t unicode = 0;  // in UTF-16 units, when it needs them
    bool fits_own = true;
};

Length length_of(std::string_view text) {
    Length length;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view c = character_at(text, at);
        at += c.size();
        length.unicode += c.size() == 4 ? 2 : 1;
        length.own += static_cast<std::size_t>(places(c));
        length.fits_own = length.fits_own && places(c) > 0;
    }
    return length;
}

int segments_of(const Length& length, std::size_t before) {
    const std::size_t size = (length.fits_own ? length.own : length.unicode) + before;
    const std::size_t one = length.fits_own ? 160 : 70;
    const std::size_t each = length.fits_own ? 153 : 67;
    return static_cast<int>(size <= one ? 1 : (size + each - 1) / each);
}

std::string in_plain_characters(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view c = character_at(text, at);
        at += c.size();
        const auto found = std::find_if(plain.begin(), plain.end(),
                                        [&](const auto& pair) { return pair.first == c; });
        out += found == plain.end() ? c : found->second;
    }
    return out;
}

// Templates wrap their lines for mail: a line end alone is a space, an empty line one line end.
std::string unwrapped(std::string_view text) {
    std::string out;
    std::size_t ends = 0;
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\n') {
            ++ends;
            continue;
        }
        if (ends > 0 && !out.empty()) out += ends > 1 ? '\n' : ' ';
        ends = 0;
        out += c;
    }
    return out;
}

}  // namespace

std::optional<std::string> telephone_number(std::string_view text) {
    std::string digits;
    const bool abroad = text.starts_with('+');
    for (const char c : text.substr(abroad ? 1 : 0)) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (std::string_view(" -().").find(c) == std::string_view::npos)
            return std::nullopt;
    }
    if (!abroad) {
        // Ten or eleven digits, the trunk zero among them.
        const bool national = digits.starts_with('0') && !digits.starts_with("00");
        if (!national || digits.size() < 10 || digits.size() > 11) return std::nullopt;
        return "+44" + digits.substr(1);
    }
    if (digits.starts_with("440")) digits.erase(2, 1);  // "+44 (0)7700 ..."
    // ITU-T E.164 section 6.2: at most fifteen digits.
    const bool sound = !digits.starts_with('0') && digits.size() >= 8 && digits.size() <= 15;
    return sound ? std::optional("+" + digits) : std::nullopt;
}

int segments(std::string_view text) { return segments_of(length_of(text), 0); }

std::string fitted(std::string_view text, std::string_view link) {
    constexpr std::size_t at_most = 2'000;  // bytes: more than any three messages hold
    std::string words = unwrapped(in_plain_characters(mime::cut(text, at_most)));
    const auto fits = [&](std::string_view candidate) {
        const std::string whole = std::string(candidate) + " " + std::string(link);
        return segments_of(length_of(whole), service_name) <= most_segments;
    };
    if (fits(words)) return words;
    while (!words.empty() && !fits(words + std::string(cut_mark))) {
        std::size_t last = words.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(words[last]) & 0xC0U) == 0x80U) --last;
        words.resize(last);
    }
    return words + std::string(cut_mark);
}

}  // namespace stageclock::govuk

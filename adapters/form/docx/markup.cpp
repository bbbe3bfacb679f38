// SPDX-License-Identifier: MIT
#include "adapters/form/docx/markup.h"

#include <algorithm>
#include <cstdint>

namespace stageclock::docx {
namespace {

constexpr std::string_view bookmark_start = "field_";
constexpr std::size_t longest_bookmark = 40;
constexpr char dot = 'D';

// One character of valid UTF-8, and how many bytes it takes.
struct Character {
    std::uint32_t code = 0;
    std::size_t length = 1;
};

Character character(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t offset) -> std::uint32_t {
        return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
    };
    const std::uint32_t first = byte(0);
    const auto rest = [&](std::size_t offset) { return byte(offset) & 0x3FU; };
    if (first < 0x80) return {first, 1};
    if (first < 0xE0) return {((first & 0x1FU) << 6U) | rest(1), 2};
    if (first < 0xF0) return {((first & 0x0FU) << 12U) | (rest(1) << 6U) | rest(2), 3};
    return {((first & 0x07U) << 18U) | (rest(1) << 12U) | (rest(2) << 6U) | rest(3), 4};
}

enum class Way { neither, right, left };

// UAX 9, simplified: letters decide, everything else goes with its neighbours.
Way way(std::uint32_t c) {
    const bool leftward = (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
                          (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x10800 && c <= 0x10FFF) ||
                          (c >= 0x1E800 && c <= 0x1EFFF) || c == 0x200F;
    if (leftward) return Way::left;
    const bool ascii_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const bool letter = ascii_letter || (c >= 0xC0 && (c < 0x2000 || c > 0x2BFF));
    return letter || (c >= '0' && c <= '9') ? Way::right : Way::neither;
}

void append_quoted(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') out += c;
        }
    }
}

void append_run(std::string& out, std::string_view text, std::string_view style, bool left) {
    out += "<w:r>";
    if (!style.empty() || left) {
        out += "<w:rPr>";
        if (!style.empty()) out.append("<w:rStyle w:val=\"").append(style).append("\"/>");
        if (left) out += "<w:rtl/>";
        out += "</w:rPr>";
    }
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (end > at) {
            out += "<w:t xml:space=\"preserve\">";
            append_quoted(out, text.substr(at, end - at));
            out += "</w:t>";
        }
        if (end < text.size()) out += "<w:br/>";
        at = end + 1;
    }
    out += "</w:r>";
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 16);
    append_quoted(out, text);
    return out;
}

bool runs_left(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Character c = character(text, at);
        const Way found = way(c.code);
        const bool digit = c.code >= '0' && c.code <= '9';
        if (found != Way::neither && !digit) return found == Way::left;
        at += c.length;
    }
    return false;
}

std::string runs(std::string_view text, std::string_view style) {
    std::string out;
    out.reserve(text.size() + 128);
    std::size_t begin = 0;
    std::size_t after_letter = 0;  // where the neutral characters after the last letter begin
    bool left = runs_left(text);
    for (std::size_t at = 0; at < text.size();) {
        const Character c = character(text, at);
        const Way found = way(c.code);
        if (found != Way::neither) {
            if ((found == Way::left) != left) {
                if (after_letter > begin) {
                    append_run(out, text.substr(begin, after_letter - begin), style, left);
                    begin = after_letter;
                }
                left = !left;
            }
            after_letter = at + c.length;
        }
        at += c.length;
    }
    if (begin < text.size()) append_run(out, text.substr(begin), style, left);
    return out;
}

std::string paragraph(std::string_view style, std::string_view content, bool left) {
    std::string out;
    out.reserve(content.size() + 96);
    out.append("<w:p><w:pPr><w:pStyle w:val=\"").append(style).append("\"/>");
    if (left) out += "<w:bidi/>";
    out.append("</w:pPr>").append(content).append("</w:p>");
    return out;
}

std::string bookmark_of(std::string_view tag) {
    std::string name(bookmark_start);
    for (const char c : tag) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (!plain && c != '.') return {};
        name += c == '.' ? dot : c;
    }
    return name.size() > longest_bookmark ? std::string() : name;
}

std::string tag_of_bookmark(std::string_view bookmark) {
    if (!bookmark.starts_with(bookmark_start)) return {};
    std::string tag(bookmark.substr(bookmark_start.size()));
    std::replace(tag.begin(), tag.end(), dot, '.');
    return tag;
}

// The order of the elements is the schema's (17.5.2.38).
std::string control(const Control& control, int number) {
    const std::string id = "w:id=\"" + std::to_string(number) + "\"";
    const std::string bookmark = bookmark_of(control.tag);
    std::string out;
    if (!bookmark.empty()) out = "<w:bookmarkStart " + id + " w:name=\"" + bookmark + "\"/>";
    out += "<w:sdt><w:sdtPr><w:alias w:val=\"";
    append_quoted(out, control.alias);
    out += "\"/><w:tag w:val=\"";
    append_quoted(out, control.tag);
    out.append("\"/><w:id w:val=\"").append(std::to_string(number)).append("\"/><w:lock w:val=\"");
    out += control.fixed ? "sdtContentLocked\"/>" : "sdtLocked\"/>";
    if (control.text.empty()) out += "<w:showingPlcHdr/>";
    out.append(control.kind).append("</w:sdtPr><w:sdtContent>");
    out += control.text.empty() ? runs(control.placeholder, "PlaceholderText")
                                : runs(control.text, control.style);
    out += "</w:sdtContent></w:sdt>";
    if (!bookmark.empty()) out += "<w:bookmarkEnd " + id + "/>";
    return out;
}

}  // namespace stageclock::docx

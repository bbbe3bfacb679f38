// SPDX-License-Identifier: MIT
#include "adapters/notify/web/quote.h"

namespace stageclock::web {

std::string html_quoted(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string markdown_quoted(std::string_view text) {
    constexpr std::string_view marks = "\\`*_[]<>~|";
    constexpr std::string_view at_the_start = "#+-";
    std::string out;
    for (const char c : text) {
        const bool first = out.empty() && at_the_start.find(c) != std::string_view::npos;
        if (first || marks.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

}  // namespace stageclock::web

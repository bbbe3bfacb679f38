// SPDX-License-Identifier: MIT
#include "adapters/support/html_quote.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace stageclock::mail {
namespace {

// The value of an attribute, lower case; empty: not there.
std::string value_of(std::string_view attributes, std::string_view wanted) {
    constexpr std::string_view space = " \t\r\n";
    const auto lower = [](std::string_view text) {
        std::string made(text);
        std::ranges::transform(made, made.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return made;
    };
    while (true) {
        const auto start = attributes.find_first_not_of(" \t\r\n/");
        if (start == std::string_view::npos) return "";
        attributes.remove_prefix(start);
        const auto end = std::min(attributes.find_first_of(" \t\r\n=/"), attributes.size());
        const auto name = lower(attributes.substr(0, end));
        attributes.remove_prefix(end == 0 ? 1 : end);
        const auto next = attributes.find_first_not_of(space);
        if (next == std::string_view::npos) return "";
        if (attributes[next] != '=') continue;
        attributes.remove_prefix(next + 1);
        attributes.remove_prefix(std::min(attributes.find_first_not_of(space), attributes.size()));
        const char quote = attributes.empty() ? '\0' : attributes.front();
        const bool quoted = quote == '"' || quote == '\'';
        if (quoted) attributes.remove_prefix(1);
        const auto stop = std::min(
            quoted ? attributes.find(quote) : attributes.find_first_of(space), attributes.size());
        if (name == wanted) return lower(attributes.substr(0, stop));
        attributes.remove_prefix(std::min(stop + (quoted ? 1 : 0), attributes.size()));
    }
}

// OWA puts "x_" before the ids and classes of a mail that is forwarded or answered, each time.
std::string_view bare(std::string_view name) {
    while (name.starts_with("x_")) name.remove_prefix(2);
    return name;
}

bool among(std::string_view name, const auto& names) {
    return std::ranges::find(names, name) != names.end();
}

bool has_class(std::string_view classes, const auto& names) {
    while (!classes.empty()) {
        const auto end = std::min(classes.find_first_of(" \t\r\n"), classes.size());
        if (among(bare(classes.substr(0, end)), names)) return true;
        classes.remove_prefix(std::min(end + 1, classes.size()));
    }
    return false;
}

// The line Outlook for Windows draws above the header of what it quotes.
bool is_outlook_rule(std::string style) {
    std::erase_if(style, [](unsigned char c) { return std::isspace(c) != 0; });
    const auto top = style.find("border-top:solid");
    if (top == std::string::npos || style.find("padding:3.0pt0") == std::string::npos) return false;
    const auto colour = style.substr(top + 16, 7);
    return colour == "#e1e1e1" || colour == "#b5c4df";
}

}  // namespace

Container container_of(std::string_view name, std::string_view attributes) {
    static constexpr auto rest_ids = std::to_array<std::string_view>(
        {"appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container",
         "olk_src_body_section", "stopspelling", "replysplit"});
    static constexpr auto quote_ids =
        std::to_array<std::string_view>({"yahoo_quoted", "signature", "applemailsignature",
                                         "ms-outlook-mobile-signature", "outlooksignature"});
    static constexpr auto rest_classes = std::to_array<std::string_view>(
        {"ms-outlook-mobile-reference-message", "outlookmessageheader"});
    static constexpr auto quote_classes = std::to_array<std::string_view>(
        {"gmail_quote", "gmail_quote_container", "gmail_attr", "gmail_signature", "moz-cite-prefix",
         "moz-signature", "moz-forward-container", "yahoo_quoted", "protonmail_quote",
         "protonmail_signature_block", "zmail_extra", "tutanota_quote", "hcb"});
    if (attributes.empty()) return Container::none;
    const auto id = value_of(attributes, "id");
    if (!id.empty()) {
        if (among(bare(id), rest_ids)) return Container::rest;
        if (among(bare(id), quote_ids) || bare(id).starts_with("yahoo_quoted"))
            return Container::element;
    }
    const auto classes = value_of(attributes, "class");
    if (!classes.empty()) {
        if (has_class(classes, rest_classes)) return Container::rest;
        if (has_class(classes, quote_classes)) return Container::element;
    }
    // Spark names what it answers; the answer itself is its "messageBodySection".
    if (name == "div" && value_of(attributes, "name") == "messagereplysection")
        return Container::element;
    if (name == "hr" && value_of(attributes, "data-marker") == "__divider__")
        return Container::rest;
    if (name == "div" && is_outlook_rule(value_of(attributes, "style"))) return Container::rest;
    return Container::none;
}

}  // namespace stageclock::mail

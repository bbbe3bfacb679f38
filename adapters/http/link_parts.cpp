// SPDX-License-Identifier: MIT
#include "adapters/http/link_parts.h"

namespace stageclock::front::link_parts {
namespace {

constexpr std::string_view emergency =
    "If anyone is in immediate danger, call 999 now. Nothing on this page replaces that.";

}  // namespace

Response link_page(const Setting& setting, int status, std::string_view title, Html& html) {
    html << "<p><strong>";
    html.text(emergency) << "</strong></p>\n";
    return page({status, title, "", setting.sandbox, false}, html);
}

void fact(Html& html, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    html << "<dt>";
    html.text(name) << "</dt><dd>";
    html.text(value) << "</dd>\n";
}

void sentence(Html& html, std::string_view text) {
    if (text.empty()) return;
    html << "<p>";
    html.text(text) << "</p>\n";
}

void list(Html& html, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    html << "<ul>\n";
    for (const std::string& line : lines) {
        html << "<li>";
        html.text(line) << "</li>\n";
    }
    html << "</ul>\n";
}

// The error summary of the GOV.UK pattern: first on the page, with a link to the field.
void summary(Html& html, const LinkForm& form) {
    if (form.wrong.empty()) return;
    html << "<div class=\"alert\" role=\"alert\" aria-labelledby=\"wrong\" tabindex=\"-1\">\n"
            "<h2 id=\"wrong\">Nothing was recorded</h2>\n<p>";
    if (!form.field.empty()) {
        html << "<a href=\"#";
        html.text(form.field) << "\">";
    }
    html.text(form.wrong);
    if (!form.field.empty()) html << "</a>";
    html << "</p></div>\n";
}

void open_form(Html& html, const LinkForm& form) {
    html << "<form method=\"post\" class=\"card\" action=\"";
    html.text(form.path) << "\">\n<input type=\"hidden\" name=\"token\" value=\"";
    html.text(form.token) << "\">\n";
}

}  // namespace stageclock::front::link_parts

// SPDX-License-Identifier: MIT
#include "adapters/http/html.h"

#include <algorithm>

namespace stageclock::front {
namespace {

struct Link {
    Markup path;
    Markup name;
};
constexpr Link links[] = {{"/", "Start"},
                          {"/cases", "Cases"},
                          {"/outbox", "Outbox"},
                          {"/refusals", "Refusals"}};

void add_menu(Html& html, std::string_view here) {
    html << "<nav aria-label=\"Pages\"><ul>\n";
    for (const Link& link : links) {
        html << "<li><a href=\"" << link.path << "\"";
        if (link.path.text() == here) html << " aria-current=\"page\"";
        html << ">" << link.name << "</a></li>\n";
    }
    html << "</ul></nav>";
}

void add_if_absent(Response& response, const char* name, const char* value) {
    const bool there = std::any_of(response.headers.begin(), response.headers.end(),
                                   [&](const Header& header) { return header.name == name; });
    if (!there) response.headers.push_back({name, value});
}

}  // namespace

Html& Html::text(std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&': out_ += "&amp;"; break;
            case '<': out_ += "&lt;"; break;
            case '>': out_ += "&gt;"; break;
            case '"': out_ += "&quot;"; break;
            case '\'': out_ += "&#39;"; break;
            default: out_ += c;
        }
    }
    return *this;
}

Response page(const Page& page, const Html& main) {
    Html html;
    html << "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"robots\" content=\"noindex\">\n<title>";
    html.text(page.title) << " - stageclock</title>\n"
                             "<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n"
                             "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n"
                             "<header><div class=\"wide\"><p class=\"brand\">stageclock</p>\n";
    if (page.menu) add_menu(html, page.here);
    html << "</div></header>\n";
    if (page.sandbox) {
        html << "<aside class=\"band\" aria-label=\"Sandbox\"><p class=\"wide\">"
                "<strong>Sandbox.</strong> Nothing leaves this machine, and the clock can be "
                "moved.</p></aside>\n";
    }
    html << "<main id=\"main\" class=\"wide\">\n<h1>";
    html.text(page.title) << "</h1>\n";
    html.add(main) << "</main>\n</body>\n</html>\n";
    Response response;
    response.status = page.status;
    response.content_type = "text/html; charset=utf-8";
    response.body = html.str();
    return response;
}

void protect(Response& response, bool html) {
    add_if_absent(response, "X-Content-Type-Options", "nosniff");
    add_if_absent(response, "Cache-Control", "no-store");
    add_if_absent(response, "Referrer-Policy", "no-referrer");
    add_if_absent(response, "X-Robots-Tag", "noindex");
    add_if_absent(response, "Cross-Origin-Resource-Policy", "same-origin");
    add_if_absent(response, "Cross-Origin-Opener-Policy", "same-origin");
    add_if_absent(response, "Content-Security-Policy",
                  html ? "default-src 'none'; style-src 'self'; form-action 'self'; "
                         "base-uri 'none'; frame-ancestors 'none'"
                       : "default-src 'none'; frame-ancestors 'none'; sandbox");
}

}  // namespace stageclock::front

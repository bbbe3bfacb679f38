// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "adapters/http/exchange.h"

namespace stageclock::front {

// Markup that stands in our source: it can be made from a literal only, so that nothing from
// outside ever becomes markup.
class Markup {
public:
    template <std::size_t size>
    consteval Markup(const char (&literal)[size]) : text_(literal, size - 1) {}
    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

// Writes HTML: markup as it stands, everything else escaped (in element content and in attributes
// in double quotes).
class Html {
public:
    Html& operator<<(Markup markup) {
        out_ += markup.text();
        return *this;
    }
    Html& text(std::string_view text);
    Html& text(std::int64_t number) { return text(std::to_string(number)); }
    Html& add(const Html& part) {
        out_ += part.out_;
        return *this;
    }
    const std::string& str() const { return out_; }

private:
    std::string out_;
};

// A whole page around `main`: head, navigation (with `here` marked), one h1 with the title.
// `sandbox` adds the band that says that nothing leaves this machine.
struct Page {
    int status = 200;
    std::string_view title;
    std::string_view here;  // "/outbox"
    bool sandbox = false;
    bool menu = true;  // false: for people who have no token for the other pages
};
Response page(const Page& page, const Html& main);

// The headers every answer gets: no sniffing, no storing, no referrer, no frames, and for pages the
// policy that lets them load the style sheet and nothing else.
void protect(Response& response, bool html);

}  // namespace stageclock::front

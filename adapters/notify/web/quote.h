// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// Text made harmless where a platform reads markup. Pure functions.
namespace stageclock::web {

// For HTML, also inside attributes in quotes.
std::string html_quoted(std::string_view text);
// For Markdown: no emphasis, link or code. Begins with none of its list marks.
std::string markdown_quoted(std::string_view text);

}  // namespace stageclock::web

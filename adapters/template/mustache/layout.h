// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stageclock::mustache_template {

// The widest a line of a text template gets (RFC 5322 section 2.1.1).
inline constexpr std::size_t text_width = 78;

// Makes rendered text fit to be read: lines longer than `width` characters continue on the next
// line, below the text of the first ("- " and "Name:  " keep their column); runs of empty lines
// become one; spaces at line ends go. A word is never broken, so that links stay whole.
std::string wrapped(std::string_view text, std::size_t width);

// Everything on one line, each run of spaces and control characters as one space: for subjects.
std::string one_line(std::string_view text);

}  // namespace stageclock::mustache_template

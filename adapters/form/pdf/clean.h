// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stageclock::pdf {

// The longest value a field shows; what is longer is cut with a sentence that says so.
constexpr std::size_t most_characters = 20'000;
// A value of thousands of empty lines would make a form of hundreds of pages.
constexpr std::size_t most_lines = 2'000;

// What strangers wrote, made fit for paper: valid UTF-8 (broken bytes become U+FFFD), LF line
// ends, no control characters, no bidirectional overrides (they can make a text read as something
// else), at most one blank line in a row, no white space at the ends.
std::string clean(std::string_view text);

// A clean text within the limits. A longer one is cut between characters and followed by `notice`.
std::string limited(std::string text, std::string_view notice);

}  // namespace stageclock::pdf

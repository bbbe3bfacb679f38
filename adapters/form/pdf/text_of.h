// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace stageclock::pdf {

// A text string (ISO 32000-1, 7.9.2.2) in UTF-8: UTF-16 or UTF-8 if it says so by its first bytes,
// else PDFDocEncoding. Broken characters become U+FFFD; zero bytes and language codes are left out;
// all line ends are LF.
std::string text_of(std::string_view bytes);

// A name as it was meant: UTF-8, or else the same bytes as text.
std::string text_of_name(std::string_view bytes);

}  // namespace stageclock::pdf

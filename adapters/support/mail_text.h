// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// Bytes of mails as text.
namespace stageclock::mail {

void append_utf8(std::string& text, char32_t code);
bool is_utf8(std::string_view bytes);
// UTF-8 of what `charset` names; bytes that mean nothing become U+FFFD, an unknown charset is read
// as windows-1252 unless the bytes are UTF-8 already. NULs are dropped and line ends are LF.
std::string text_of(std::string_view bytes, std::string_view charset);
// A text of format=flowed with its paragraphs on one line each and quoted lines marked "> " (RFC
// 3676 section 4). `delsp`: the space that marks a soft line end is none of the text.
std::string unflowed(std::string_view text, bool delsp);
// At most `longest` bytes, never half a character.
std::string shortened(std::string_view text, std::size_t longest);
// One line without control characters, outer spaces removed: for names and subjects.
std::string one_line(std::string_view text);

}  // namespace stageclock::mail

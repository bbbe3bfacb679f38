// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// The scanners chat_command() is made of (chat_parts.cpp). Internal to bot/core: chat_*.cpp.
namespace stageclock::chat_parts {

bool is_alnum(char c);

// A text in lower case with plain dashes, colons and spaces, and where each byte of it stands in
// what was written.
struct Plain {
    std::string text;
    std::vector<std::size_t> at;
};
Plain plain_of(std::string_view text);

struct Reference {
    std::string ref;
    std::size_t begin = 0;  // in the plain text
    std::size_t end = 0;
};
// Those in the form of a board, letter case, spaces and missing noughts aside, and those in the
// form every board writes them. `text` is plain.
std::vector<Reference> references_in(std::string_view text,
                                     const std::vector<std::string>& prefixes);

}  // namespace stageclock::chat_parts

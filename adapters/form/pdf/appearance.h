// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/form/pdf/ink.h"

namespace stageclock::pdf {

// What a viewer writes with once somebody edits a field.
constexpr const char* default_appearance = "/Helv 9 Tf 0.11 0.13 0.15 rg";

// Entries of a form XObject's dictionary (ISO 32000-1, 8.10), without its resources.
std::string appearance_entries(double width, double height);

// Content of a text field: lines of a value in a box of this size.
struct TextPlace {
    double width = 0;
    double height = 0;
    double inset = 0;       // of the text from the left side
    bool centred = false;   // one line in the middle; else from the top
    std::size_t first = 0;  // line
    std::size_t count = 0;  // 0: all
};
std::string text_content(const Text& text, const TextPlace& place, Fonts& fonts);

// Content of a check box, or of a round button, whose sides are `size`.
std::string button_content(double size, bool round, bool on);

}  // namespace stageclock::pdf

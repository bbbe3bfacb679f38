// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/form/pdf/text.h"

namespace stageclock::pdf {

// The fonts content refers to by name: the two base ones, F0 and F1, and those with the glyphs
// beyond their base sets, which begin with a letter of one's own.
class Fonts {
public:
    explicit Fonts(char initial) : initial_(initial) {}

    // The name of the font that has the glyph, which is in the file from now on.
    const std::string& name_of(const Face& face, GlyphId glyph, Letters letters);
    // Writes the fonts beyond the base ones; gives "/V0 12 0 R /V1 17 0 R".
    std::string embed(Objects& objects) const;

private:
    struct Extra {
        const Face* face;
        std::string name;
        Glyphs glyphs;
    };
    char initial_;
    std::vector<Extra> extra_;
};

// Content (ISO 32000-1, 9.4) that draws a line with its beginning at x and its baseline at y,
// upwards. Whole text objects.
void append_line(std::string& content, const Line& line, double x, double y, Fonts& fonts);

// "0.11 0.13 0.15 rg"
void append_ink(std::string& content, const Ink& ink, const char* op);

}  // namespace stageclock::pdf

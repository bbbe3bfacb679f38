// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/form/pdf/face.h"

namespace stageclock::pdf {

enum class Style {
    title,
    tagline,
    heading,
    text,
    notice,
    label,
    hint,
    caption,
    value,
    small,
    bold
};

struct Ink {
    double red;
    double green;
    double blue;
};

// How a style looks. Sizes are points.
struct Look {
    double size;
    bool bold;
    Ink ink;
    double leading;  // white added below each line
};
const Look& look(Style style);

// A stretch of text in one style.
struct Run {
    Style style{};
    std::string_view text;
};

// Glyphs of one font in one style, in the order in which they are drawn.
struct Piece {
    struct Placed {
        GlyphId glyph = 0;
        float x = 0;  // from where the pen is
        float y = 0;  // upwards
        float advance = 0;
        Letters letters = {};  // it stands for; "\n": it is white space that is not drawn
    };
    const Face* face = nullptr;
    Style style{};
    double x = 0;  // from where the line begins
    std::vector<Placed> glyphs;
};

struct Line {
    std::vector<Piece> pieces;
    double x = 0;         // where it begins: not 0 in scripts that run to the left
    double baseline = 0;  // below the top of the line
    double height = 0;
    double width = 0;
};

// A paragraph, shaped and broken into lines for one width.
class Text {
public:
    std::size_t lines() const { return lines_.size(); }
    const Line& line(std::size_t at) const { return lines_[at]; }
    double height(std::size_t first, std::size_t count) const;
    double height() const { return height(0, lines()); }
    double width() const;  // of its longest line
    // Goes on with another line, so far behind the end of the last.
    void append(const Line& line, double gap);

private:
    friend class Shaper;
    std::vector<Line> lines_;
};

// The height of one line of a value, whatever its script: so that how high a box must be follows
// from the number of its lines.
double value_line();

// Breaks text at words to fit a width, inside words where one is longer than a line. One thread at
// a time. Pango keeps its fonts per thread, so that a second text is quicker than the first.
class Shaper {
public:
    // BCP 47: "en-GB".
    explicit Shaper(const std::string& language);
    ~Shaper();
    Shaper(const Shaper&) = delete;
    Shaper& operator=(const Shaper&) = delete;

    Text shape(const std::vector<Run>& runs, double width);
    // A text in one style that is a value, or stands for one: each line value_line() high if the
    // style is Style::value. Many times quicker when all its letters are of the base set.
    Text value(Style style, std::string_view text, double width);

private:
    struct Pango;
    Pango& pango();

    std::string language_;
    std::unique_ptr<Pango> pango_;  // made when it is needed
};

}  // namespace stageclock::pdf

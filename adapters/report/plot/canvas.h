// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

// What a plot is drawn on: a page of a PDF or a picture in HTML. Lengths are points, from the top
// left corner, y grows downwards.
namespace stageclock::report {

// Dark on light. Text is in `ink` or `soft` only: both have a contrast of 4.5 to 1 or more (WCAG
// 2.2, 1.4.3); the others have 3 to 1 against the paper where they carry meaning (1.4.11).
enum class Tone { ink, soft, line, accent, pale, met, late, missed };

struct Colour {
    int red = 0;
    int green = 0;
    int blue = 0;
};
Colour colour_of(Tone tone);

enum class Align { left, middle, right };

struct Lettering {
    Tone tone = Tone::ink;
    double size = 9;
    bool bold = false;
    Align align = Align::left;
};

class Canvas {
public:
    using Points = std::vector<std::pair<double, double>>;

    virtual ~Canvas() = default;

    virtual void box(double x, double y, double width, double height, Tone tone) = 0;
    virtual void frame(double x, double y, double width, double height, Tone tone) = 0;
    virtual void line(const Points& points, Tone tone, double thickness, bool dashed) = 0;
    virtual void dot(double x, double y, double radius, Tone tone) = 0;
    // One line of text on a baseline.
    virtual void text(double x, double baseline, const std::string& text,
                      const Lettering& lettering) = 0;
    // How wide that line is, about.
    virtual double width_of(const std::string& text, const Lettering& lettering) const = 0;
};

}  // namespace stageclock::report

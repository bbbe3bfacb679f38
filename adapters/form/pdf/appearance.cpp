// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/appearance.h"

#include <algorithm>

namespace stageclock::pdf {
namespace {

constexpr Ink dark{0.11, 0.13, 0.15};
constexpr Ink edge{0.36, 0.41, 0.45};
constexpr double text_top = 3.5;  // of the first line below the box's top

void append_point(std::string& out, double x, double y, const char* op) {
    append_number(out, x);
    out += ' ';
    append_number(out, y);
    out += ' ';
    out += op;
}

// Four curves that look like a circle (the constant is theirs).
void append_circle(std::string& out, double centre, double radius) {
    const double k = 0.5523 * radius;
    const double c = centre;
    const double r = radius;
    append_point(out, c + r, c, "m\n");
    const double curves[4][6] = {{c + r, c + k, c + k, c + r, c, c + r},
                                 {c - k, c + r, c - r, c + k, c - r, c},
                                 {c - r, c - k, c - k, c - r, c, c - r},
                                 {c + k, c - r, c + r, c - k, c + r, c}};
    for (const auto& curve : curves) {
        append_point(out, curve[0], curve[1], "");
        append_point(out, curve[2], curve[3], "");
        append_point(out, curve[4], curve[5], "c\n");
    }
}

}  // namespace

std::string appearance_entries(double width, double height) {
    return "/Type /XObject /Subtype /Form /BBox [0 0 " + to_number(width) + " " +
           to_number(height) + "]";
}

std::string text_content(const Text& text, const TextPlace& place, Fonts& fonts) {
    std::string content = "/Tx BMC\n";
    if (text.lines() > 0) {
        content += "q 0 0 ";
        append_point(content, place.width, place.height, "re W n\n");
        const std::size_t stop =
            place.count == 0 ? text.lines() : std::min(place.first + place.count, text.lines());
        double y = place.height - text_top;
        if (place.centred) y = (place.height + text.line(place.first).height - 1.5) / 2;
        for (std::size_t at = place.first; at < stop; ++at) {
            const Line& line = text.line(at);
            append_line(content, line, place.inset, y - line.baseline, fonts);
            y -= line.height;
        }
        content += "Q\n";
    }
    content += "EMC\n";
    return content;
}

std::string button_content(double size, bool round, bool on) {
    std::string content = "q ";
    append_ink(content, edge, "RG");
    content += "0.8 w\n";
    const double middle = size / 2;
    if (round) {
        append_circle(content, middle, middle - 0.6);
        content += "S\n";
        if (on) {
            append_ink(content, dark, "rg");
            append_circle(content, middle, middle - 2.6);
            content += "f\n";
        }
    } else {
        content += "0.6 0.6 " + to_number(size - 1.2) + " " + to_number(size - 1.2) + " re S\n";
        if (on) {
            append_ink(content, dark, "RG");
            content += "1.4 w 1 J\n";
            append_point(content, 2.6, 2.6, "m ");
            append_point(content, size - 2.6, size - 2.6, "l ");
            append_point(content, 2.6, size - 2.6, "m ");
            append_point(content, size - 2.6, 2.6, "l S\n");
        }
    }
    return content + "Q\n";
}

}  // namespace stageclock::pdf

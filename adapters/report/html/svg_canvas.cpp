// SPDX-License-Identifier: MIT
#include "adapters/report/html/svg_canvas.h"

#include <array>
#include <cstdio>

namespace stageclock::report {
namespace {

constexpr double picture_width = 500;

std::string number(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.1f", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string paint(Tone tone) {
    const Colour colour = colour_of(tone);
    std::array<char, 8> text{};
    std::snprintf(
        text.data(), text.size(), "#%02x%02x%02x", static_cast<unsigned>(colour.red) & 0xFFU,
        static_cast<unsigned>(colour.green) & 0xFFU, static_cast<unsigned>(colour.blue) & 0xFFU);
    return text.data();
}

std::string attribute(const char* name, const std::string& value) {
    return std::string(" ") + name + "=\"" + value + '"';
}

class SvgCanvas : public Canvas {
public:
    void box(double x, double y, double width, double height, Tone tone) override {
        rectangle(x, y, width, height, attribute("fill", paint(tone)));
    }
    void frame(double x, double y, double width, double height, Tone tone) override {
        rectangle(x + 0.5, y + 0.5, width - 1, height - 1,
                  attribute("fill", "none") + attribute("stroke", paint(tone)));
    }
    void line(const Points& points, Tone tone, double thickness, bool dashed) override {
        std::string places;
        for (const auto& [x, y] : points) {
            places += (places.empty() ? "" : " ") + number(x) + ',' + number(y);
        }
        svg += "<polyline" + attribute("points", places) + attribute("fill", "none") +
               attribute("stroke", paint(tone)) + attribute("stroke-width", number(thickness)) +
               (dashed ? attribute("stroke-dasharray", "5 3") : "") + "/>";
    }
    void dot(double x, double y, double radius, Tone tone) override {
        svg += "<circle" + attribute("cx", number(x)) + attribute("cy", number(y)) +
               attribute("r", number(radius)) + attribute("fill", paint(tone)) + "/>";
    }
    void text(double x, double baseline, const std::string& text,
              const Lettering& lettering) override {
        const char* anchor = lettering.align == Align::middle  ? "middle"
                             : lettering.align == Align::right ? "end"
                                                               : "";
        svg += "<text" + attribute("x", number(x)) + attribute("y", number(baseline)) +
               attribute("font-size", number(lettering.size)) +
               attribute("fill", paint(lettering.tone)) +
               (lettering.bold ? attribute("font-weight", "700") : "") +
               (*anchor != '\0' ? attribute("text-anchor", anchor) : "") + '>' + escaped(text) +
               "</text>";
    }
    double width_of(const std::string& text, const Lettering& lettering) const override {
        return about_width(text, lettering);
    }

    std::string svg;

private:
    void rectangle(double x, double y, double width, double height, const std::string& style) {
        svg += "<rect" + attribute("x", number(x)) + attribute("y", number(y)) +
               attribute("width", number(width)) + attribute("height", number(height)) + style +
               "/>";
    }
};

}  // namespace

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '&': safe += "&amp;"; break;
            case '<': safe += "&lt;"; break;
            case '>': safe += "&gt;"; break;
            case '"': safe += "&quot;"; break;
            default: safe += c;
        }
    }
    return safe;
}

std::string svg_of(const Plot& plot, const std::string& id) {
    // A little wider than the letters are said to be, so that fonts of other widths fit.
    constexpr double inner = picture_width - 16;
    SvgCanvas canvas;
    const double height = plot.draw(canvas, inner);
    return "<svg role=\"img\"" + attribute("aria-labelledby", id + "-title " + id + "-desc") +
           attribute("viewBox", "0 0 " + number(picture_width) + ' ' + number(height + 4)) +
           "><title" + attribute("id", id + "-title") + '>' + escaped(plot.title) +
           "</title><desc" + attribute("id", id + "-desc") + '>' + escaped(plot.description) +
           "</desc>" + canvas.svg + "</svg>";
}

}  // namespace stageclock::report

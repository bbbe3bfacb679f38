// SPDX-License-Identifier: MIT
#include "bot/app/simulate/svg_paper.h"

#include <algorithm>
#include <cmath>

namespace stageclock::simulate {
namespace {

constexpr double narrow = 0.4;  // a day not worked, as part of one that is
constexpr double widest_day = 84, narrowest_day = 7;
constexpr double letter_width = 6.7;  // of the 12 pixel font, on average and a little more
constexpr double bold = 1.12;         // how much wider bold letters are

// "12.3": to a tenth of a pixel.
std::string number(double value) {
    const long tenths = std::lround(value * 10);
    const long whole = tenths / 10;
    const long rest = std::abs(tenths % 10);
    const std::string sign = tenths < 0 && whole == 0 ? "-" : "";
    return sign + std::to_string(whole) + (rest != 0 ? "." + std::to_string(rest) : "");
}

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            default:
                if (static_cast<unsigned char>(letter) >= ' ') safe += letter;
        }
    }
    return safe;
}

bool begins_character(char letter) { return (static_cast<unsigned char>(letter) & 0xC0) != 0x80; }

std::string cut(std::string_view text, double width) {
    const auto most = static_cast<std::size_t>(width / letter_width);
    const auto letters =
        static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
    if (width <= 0 || letters <= most) return std::string(text);
    std::size_t end = 0, taken = 0;
    while (end < text.size() && taken + 1 < most) {
        ++end;
        while (end < text.size() && !begins_character(text[end])) ++end;
        ++taken;
    }
    while (end > 0 && text[end - 1] == ' ') --end;
    return std::string(text.substr(0, end)) + "\u2026";
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string attribute(std::string_view name, double value) {
    return attribute(name, number(value));
}

}  // namespace

Scale::Scale(const Calendar& calendar, Date first, Date last, int left, int width)
    : calendar_(calendar) {
    double units = 0;
    for (Date day = first; day <= last; day += std::chrono::days{1}) {
        units += calendar.is_working_day(day) ? 1 : narrow;
    }
    const double full = std::clamp(width / std::max(units, 1.0), narrowest_day, widest_day);
    double x = left;
    for (Date day = first; day <= last; day += std::chrono::days{1}) {
        const bool worked = calendar.is_working_day(day);
        const double wide = worked ? full : full * narrow;
        columns_.push_back({day, x, wide, worked});
        x += wide;
    }
}

double Scale::right() const { return columns_.back().x + columns_.back().width; }

double Scale::x(Instant instant) const {
    const LocalTime local = calendar_.zone().local(instant);
    const Date day = std::chrono::floor<std::chrono::days>(local);
    if (day < columns_.front().date) return columns_.front().x;
    if (day > columns_.back().date) return right();
    const auto& column = columns_[static_cast<std::size_t>((day - columns_.front().date).count())];
    const double part = static_cast<double>((local - LocalTime{day}).count()) / 86'400.0;
    return column.x + column.width * part;
}

void Paper::shape(std::string_view element, std::string_view title) {
    body_ += "  <";
    body_ += element;
    if (title.empty()) {
        body_ += "/>\n";
        return;
    }
    body_ += "><title>" + escaped(title) + "</title></";
    body_ += element.substr(0, element.find(' '));
    body_ += ">\n";
}

void Paper::rect(double x, double y, double width, double height, std::string_view style,
                 std::string_view title) {
    shape("rect" + attribute("class", style) + attribute("x", x) + attribute("y", y) +
              attribute("width", std::max(width, 1.0)) + attribute("height", height),
          title);
}

void Paper::line(double x1, double y1, double x2, double y2, std::string_view style,
                 std::string_view title) {
    shape("line" + attribute("class", style) + attribute("x1", x1) + attribute("y1", y1) +
              attribute("x2", x2) + attribute("y2", y2),
          title);
}

void Paper::circle(double x, double y, double radius, std::string_view style,
                   std::string_view title) {
    shape("circle" + attribute("class", style) + attribute("cx", x) + attribute("cy", y) +
              attribute("r", radius),
          title);
}

void Paper::diamond(double x, double y, double radius, std::string_view style,
                    std::string_view title) {
    const std::string points = number(x) + "," + number(y - radius) + " " + number(x + radius) +
                               "," + number(y) + " " + number(x) + "," + number(y + radius) + " " +
                               number(x - radius) + "," + number(y);
    shape("polygon" + attribute("class", style) + attribute("points", points), title);
}

void Paper::text(double x, double y, std::string_view style, std::string_view words,
                 std::string_view anchor, double width) {
    const bool is_bold = style == "stage" || style == "refused" || style == "head";
    const std::string shown = cut(words, is_bold ? width / bold : width);
    body_ += "  <text" + attribute("class", style) + attribute("x", x) + attribute("y", y);
    if (anchor != "start") body_ += attribute("text-anchor", anchor);
    body_ += ">";
    if (shown != words) body_ += "<title>" + escaped(words) + "</title>";
    body_ += escaped(shown) + "</text>\n";
}

std::string Paper::whole(double width, double height, std::string_view title,
                         std::string_view css) const {
    std::string document = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width) +
                           attribute("height", height) +
                           attribute("viewBox", "0 0 " + number(width) + " " + number(height)) +
                           " role=\"img\">\n  <title>" + escaped(title) + "</title>\n  <style>\n";
    document += css;
    document += "  </style>\n";
    return document + body_ + "</svg>\n";
}

}  // namespace stageclock::simulate

// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/calendar.h"

// What a picture is drawn with. Lengths are in pixels, y grows downwards.
namespace stageclock::simulate {

// Where instants lie from left to right: a column a day, narrow for days that are not worked.
class Scale {
public:
    // From the first to the last day inclusive, beginning at x = `left` and about `width` wide.
    Scale(const Calendar& calendar, Date first, Date last, int left, int width);

    struct Column {
        Date date;
        double x = 0;
        double width = 0;
        bool worked = true;
    };
    const std::vector<Column>& columns() const { return columns_; }
    double right() const;
    // Instants outside the scale lie at its ends.
    double x(Instant instant) const;

private:
    const Calendar& calendar_;
    std::vector<Column> columns_;
};

// Shapes are styled by class; `title` is what a browser shows beside the pointer, may be empty.
class Paper {
public:
    void rect(double x, double y, double width, double height, std::string_view style,
              std::string_view title = {});
    void line(double x1, double y1, double x2, double y2, std::string_view style,
              std::string_view title = {});
    void circle(double x, double y, double radius, std::string_view style,
                std::string_view title = {});
    void diamond(double x, double y, double radius, std::string_view style,
                 std::string_view title = {});
    // `anchor`: "start", "middle" or "end". Cut with an ellipsis to fit into `width` (0: whole).
    void text(double x, double y, std::string_view style, std::string_view words,
              std::string_view anchor = "start", double width = 0);

    // The document.
    std::string whole(double width, double height, std::string_view title,
                      std::string_view css) const;

private:
    void shape(std::string_view element, std::string_view title);
    std::string body_;
};

}  // namespace stageclock::simulate

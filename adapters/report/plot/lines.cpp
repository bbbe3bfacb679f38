// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>

#include "adapters/report/plot/drawings.h"

namespace stageclock::report {
namespace {

constexpr double size = 9;
constexpr double ground = 120;  // height of what is drawn, without its letters

std::optional<long> value_of(const PeriodReport& report, std::string_view table,
                             std::string_view row) {
    const ReportTable* found = find_table(report, table);
    if (found == nullptr) return std::nullopt;
    const auto at = std::ranges::find(found->rows, row, &ReportRow::id);
    if (at == found->rows.end() || at->figures.front().how != Figure::How::exact) {
        return std::nullopt;
    }
    return at->figures.front().value;
}

std::string days(long number) {
    return std::to_string(number) + (number == 1 ? " working day" : " working days");
}

// Where the spans of a table lie from left to right.
struct Spans {
    const ReportTable& table;
    double width;

    double column() const { return width / static_cast<double>(table.rows.size()); }
    // The middle of a day; the last span has no end: its middle stands for all of it.
    double x(long day) const {
        double left = 0;
        for (const ReportRow& row : table.rows) {
            const auto dash = row.id.find('-');
            const long first = std::stol(row.id.substr(0, dash));
            const std::string end = row.id.substr(dash + 1);
            if (end.empty()) return left + column() / 2;
            const long last = std::stol(end);
            if (day <= last) {
                const double share = (static_cast<double>(day - first) + 0.5) /
                                     static_cast<double>(last - first + 1);
                return left + column() * share;
            }
            left += column();
        }
        return left;
    }
};

// The middle half as a bar, the median as a mark on it and a line through the columns.
void draw_middle(Canvas& canvas, const PeriodReport& report, const Spans& spans, double bottom) {
    const auto median = value_of(report, "time", "median");
    const auto lower = value_of(report, "time", "lower-quartile");
    const auto upper = value_of(report, "time", "upper-quartile");
    if (!median || !lower || !upper) return;
    constexpr double bar_at = 24;
    const double x = spans.x(*median);
    canvas.line({{spans.x(*lower), bar_at}, {spans.x(*upper), bar_at}}, Tone::missed, 3, false);
    canvas.line({{x, bar_at}, {x, bottom}}, Tone::missed, 1.2, true);
    canvas.dot(x, bar_at, 4, Tone::missed);
    const std::string words = "Median " + days(*median) + "; half of the cases took " +
                              std::to_string(*lower) + " to " + std::to_string(*upper);
    const Lettering letters{.tone = Tone::ink, .size = size};
    const double length = canvas.width_of(words, letters);
    canvas.text(std::clamp(x - length / 2, 0.0, std::max(0.0, spans.width - length)), 12, words,
                letters);
}

struct Line {
    std::size_t column;
    const char* name;
    Tone tone;
    bool dashed;
    double label_y = 0;
};

void spread(std::array<Line, 3>& lines) {
    constexpr double least = 12;
    std::ranges::sort(lines, {}, &Line::label_y);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        lines.at(i).label_y = std::max(lines.at(i).label_y, lines.at(i - 1).label_y + least);
    }
}

}  // namespace

double draw_spans(Canvas& canvas, const PeriodReport& report, const ReportTable& table,
                  double width) {
    constexpr double top = 46;
    constexpr double bottom = top + ground;
    constexpr double between = 3;
    long most = 1;
    for (const ReportRow& row : table.rows) most = std::max(most, row.figures.front().value);
    const Spans spans{table, width};
    draw_middle(canvas, report, spans, bottom);  // behind the columns
    double x = 0;
    for (const ReportRow& row : table.rows) {
        const long cases = row.figures.front().value;
        const double height = ground * static_cast<double>(cases) / static_cast<double>(most);
        const double middle = x + spans.column() / 2;
        canvas.box(x + between, bottom - height, spans.column() - 2 * between, height,
                   Tone::accent);
        canvas.text(middle, bottom - height - 4, std::to_string(cases),
                    {.tone = Tone::ink, .size = size, .bold = true, .align = Align::middle});
        canvas.text(middle, bottom + 13, row.label,
                    {.tone = Tone::soft, .size = size, .align = Align::middle});
        x += spans.column();
    }
    canvas.line({{0, bottom}, {width, bottom}}, Tone::line, 1, false);
    canvas.text(width / 2, bottom + 28, "working days from the outset",
                {.tone = Tone::soft, .size = size, .align = Align::middle});
    return bottom + 34;
}

double draw_trend(Canvas& canvas, const PeriodReport&, const ReportTable& table, double width) {
    constexpr double top = 16;
    constexpr double bottom = top + ground;
    constexpr double label_room = 128;
    constexpr double left = 26;
    std::array<Line, 3> lines{{{0, "raised", Tone::accent, false},
                               {1, "resolved", Tone::met, false},
                               {3, "open at the end", Tone::missed, true}}};
    long most = 1;
    for (const ReportRow& row : table.rows) {
        for (const Line& line : lines) most = std::max(most, row.figures[line.column].value);
    }
    const double step = (width - left - label_room) /
                        static_cast<double>(std::max<std::size_t>(table.rows.size() - 1, 1));
    const auto y_of = [&](long value) {
        return bottom - ground * static_cast<double>(value) / static_cast<double>(most);
    };
    canvas.line({{0, bottom}, {width - label_room + 8, bottom}}, Tone::line, 1, false);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const std::string& quarter = table.rows[i].id;  // "2026-Q4"
        canvas.text(left + step * static_cast<double>(i), bottom + 13,
                    quarter.substr(5) + " " + quarter.substr(0, 4),
                    {.tone = Tone::soft, .size = size, .align = Align::middle});
    }
    for (Line& line : lines) {
        Canvas::Points points;
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            points.emplace_back(left + step * static_cast<double>(i),
                                y_of(table.rows[i].figures[line.column].value));
        }
        canvas.line(points, line.tone, 1.6, line.dashed);
        for (const auto& [px, py] : points) canvas.dot(px, py, 2.6, line.tone);
        line.label_y = points.back().second + 3;
    }
    spread(lines);
    for (const Line& line : lines) {
        const long last = table.rows.back().figures[line.column].value;
        canvas.text(width - label_room + 10, line.label_y, std::to_string(last) + " " + line.name,
                    {.tone = Tone::ink, .size = size, .bold = true});
    }
    return bottom + 20;
}

}  // namespace stageclock::report

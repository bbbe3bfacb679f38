// SPDX-License-Identifier: MIT
#include "adapters/report/plot/plots.h"

#include <algorithm>

#include "adapters/report/plot/drawings.h"

namespace stageclock::report {
namespace {

class Nothing : public Canvas {
public:
    void box(double, double, double, double, Tone) override {}
    void frame(double, double, double, double, Tone) override {}
    void line(const Points&, Tone, double, bool) override {}
    void dot(double, double, double, Tone) override {}
    void text(double, double, const std::string&, const Lettering&) override {}
    double width_of(const std::string& text, const Lettering& lettering) const override {
        return about_width(text, lettering);
    }
};

// "Stage 2: ... 12, Stage 3: ... fewer than 5": the first column, rows that are not 0.
std::string first_column(const PeriodReport& report, const ReportTable& table) {
    std::string text;
    for (const ReportRow& row : table.rows) {
        const Figure& figure = row.figures.front();
        if (figure == Figure{}) continue;
        text +=
            (text.empty() ? "" : "; ") + row.label + ": " + to_words(figure, report.suppress_below);
    }
    return text + ".";
}

bool has_anything(const ReportTable& table) {
    return std::ranges::any_of(table.rows, [](const ReportRow& row) {
        return std::ranges::any_of(row.figures,
                                   [](const Figure& figure) { return figure != Figure{}; });
    });
}

}  // namespace

Colour colour_of(Tone tone) {
    switch (tone) {
        case Tone::ink: return {29, 37, 48};
        case Tone::soft: return {82, 94, 110};
        case Tone::line: return {203, 210, 219};
        case Tone::accent: return {23, 82, 122};
        case Tone::pale: return {232, 239, 245};
        case Tone::met: return {42, 122, 110};
        case Tone::late: return {191, 122, 12};
        case Tone::missed: return {163, 20, 42};
    }
    return {};
}

double about_width(const std::string& text, const Lettering& lettering) {
    const auto letters = std::ranges::count_if(text, [](char c) { return (c & '\xC0') != '\x80'; });
    return static_cast<double>(letters) * lettering.size * (lettering.bold ? 0.65 : 0.58);
}

double Plot::draw(Canvas& canvas, double width) const {
    return drawing(canvas, *report, *table, width);
}

double height_of(const Plot& plot, double width) {
    Nothing nothing;
    return plot.draw(nothing, width);
}

Plot plot_of(const PeriodReport& report, const ReportTable& table) {
    Plot plot{.table = &table, .title = {}, .description = {}, .report = &report};
    if (!has_anything(table)) return plot;
    if (table.id == "trend") {
        plot.drawing = draw_trend;
        plot.title = "Cases quarter by quarter, as lines";
        plot.description =
            "Lines of the cases raised, resolved and open at the end of each quarter.";
    } else if (table.id == "time-spans") {
        plot.drawing = draw_spans;
        plot.title = "Working days to resolve, as bars with the median";
        plot.description = "Cases by the working days they took. " + first_column(report, table);
    } else if (table.id == "limits-stage") {
        plot.drawing = draw_outcomes;
        plot.title = "Deadlines met, met late and missed, as a bar for each stage";
        plot.description = "How many deadlines of each stage were met in time, met late or missed.";
    } else if (table.id == "stage-closed" || table.id == "agencies" || table.id == "reason") {
        plot.drawing = table.id == "stage-closed" ? draw_bars : draw_sorted_bars;
        plot.title = table.title + ", as bars";
        plot.description = first_column(report, table);
    }
    return plot;
}

}  // namespace stageclock::report

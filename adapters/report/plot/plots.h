// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "adapters/report/plot/canvas.h"
#include "bot/core/report.h"

namespace stageclock::report {

// The plot of a table. What it shows stands in the table too, which is its text alternative.
struct Plot {
    const ReportTable* table = nullptr;
    std::string title;        // "Stage reached: bars"
    std::string description;  // what is to be seen, in a sentence or two; numbers where shown
    // Draws it from y = 0 on; gives its height. Drawn on nothing it is only measured.
    double draw(Canvas& canvas, double width) const;

    double (*drawing)(Canvas&, const PeriodReport&, const ReportTable&, double width) = nullptr;
    const PeriodReport* report = nullptr;
};

// The plot that belongs to a table; no `drawing`: it has none, or nothing to show.
Plot plot_of(const PeriodReport& report, const ReportTable& table);

// A canvas on which nothing appears, to measure a plot; text as wide as in DejaVu Sans, about.
double height_of(const Plot& plot, double width);
double about_width(const std::string& text, const Lettering& lettering);

}  // namespace stageclock::report

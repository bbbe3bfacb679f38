// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/report/plot/canvas.h"
#include "bot/core/report.h"

// The plots themselves. Each draws its table from y = 0 on and gives the height it took.
namespace stageclock::report {

// A bar for each row, in the table's order, with its number at its end.
double draw_bars(Canvas& canvas, const PeriodReport& report, const ReportTable& table,
                 double width);
// The same, the longest first; what is not shown comes last. At most twelve.
double draw_sorted_bars(Canvas& canvas, const PeriodReport& report, const ReportTable& table,
                        double width);
// A bar for each stage, made of what was met, met late and missed.
double draw_outcomes(Canvas& canvas, const PeriodReport& report, const ReportTable& table,
                     double width);
// A column for each span of days, with the median and the middle half of the cases above.
double draw_spans(Canvas& canvas, const PeriodReport& report, const ReportTable& table,
                  double width);
// A line for each number of cases, named at its end.
double draw_trend(Canvas& canvas, const PeriodReport& report, const ReportTable& table,
                  double width);

}  // namespace stageclock::report

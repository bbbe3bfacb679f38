// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bot/core/report.h"

// How the tables of a report are made; for report*.cpp only.
namespace stageclock::report_parts {

// What every table is made from.
struct Source {
    const Tally& tally;
    Period period;
    const Rules& rules;
    Instant made;

    long below() const { return rules.board.suppress_below; }
    // The quarters of the period, and of the one before it.
    std::vector<const PeriodTally*> quarters(const Period& of) const;
};

using Labels = std::vector<std::pair<std::string, std::string>>;  // id, label: the rows
using Column = std::vector<Figure>;

// One way to divide a set of cases.
struct Division {
    Labels rows;
    std::function<long(const PeriodTally&)> whole;  // the number of cases divided
    std::function<long(const PeriodTally&, const std::string& id)> part;
    bool overlaps = false;    // a case may count in several rows, or in none
    bool at_the_end = false;  // of the last day: a year's figures are those of its last quarter
};

Figure exact(long value);
// A year's figure: their sum where each of them is shown, so that a quarter's cannot be worked out.
Figure sum(const std::vector<Figure>& of_quarters);
Figure change(const Figure& now, const Figure& before);
std::vector<std::string> compared(const Period& period);  // the columns: now, before, change
bool is_small(long value, long below);
std::string stage_label(const Policy& policy, const std::string& id);
// The present policy's stages in the order of its ladders, steps left out; of procedures beside the
// first those only that have something to count.
Labels stage_rows(const Source& from);
std::string too_few(long below);

// A table of the division, compared with the period before.
ReportTable divided(const Source& from, const std::string& id, const std::string& title,
                    const std::string& about, const Division& division);

void add_cases(const Source& from, std::vector<ReportTable>& tables);
void add_times(const Source& from, std::vector<ReportTable>& tables);
void add_limits(const Source& from, std::vector<ReportTable>& tables);
std::vector<std::string> counting_rules(const Source& from);

}  // namespace stageclock::report_parts

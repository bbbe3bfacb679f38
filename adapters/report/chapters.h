// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/report.h"

// How a report is told, whatever it is written as.
namespace stageclock::report {

struct Chapter {
    std::string title;
    std::vector<const ReportTable*> tables;  // those the report has
};
std::vector<Chapter> chapters_of(const PeriodReport& report);

// "Disagreements between agencies: October to December 2026".
std::string title_of(const PeriodReport& report);
// "Camden escalation policy, version 2024. Made on Monday 4 January 2027 at 09:00."
std::string made_of(const PeriodReport& report);
// What the report comes to, in a few sentences.
std::vector<std::string> in_short(const PeriodReport& report);
// The words of a cell: a change has its sign.
std::string cell_of(const PeriodReport& report, const ReportTable& table, const ReportRow& row,
                    std::size_t column);

}  // namespace stageclock::report

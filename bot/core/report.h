// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/tally.h"

// The report of a board on a quarter or a year: figures that may be handed round. It holds no
// names, no free text and no number that is withheld: whatever is made of it can give none away.
namespace stageclock {

struct Figure {
    enum class How {
        exact,
        small,     // from 1 to one below the board's limit: "fewer than 5"
        withheld,  // or another figure could be worked out from it
        none       // there is none: nothing to compare with
    };
    How how = How::exact;
    long value = 0;  // exact only; else 0
    bool operator==(const Figure&) const = default;
};

struct ReportRow {
    std::string id;               // "2", "camden-council>whittington", "resolve-2"
    std::string label;            // "Stage 2: Discussion between frontline managers"
    std::string group;            // of a limit: the label of its stage
    std::vector<Figure> figures;  // one for each column
};

struct ReportTable {
    std::string id;              // "stage-closed"
    std::string title;           // "Stage reached"
    std::string about;           // which cases are counted, in a sentence
    std::string not_shown = {};  // why there are no rows; empty: there are
    std::vector<std::string> columns = {};
    std::vector<ReportRow> rows = {};
};

struct PeriodReport {
    std::string board;   // "Camden Safeguarding Children Partnership"
    std::string prefix;  // "CSCP"
    std::string policy;  // title and version of the policy as it is now
    Period period;
    Instant made;
    Zone zone = Zone::utc();
    int suppress_below = 0;
    std::vector<ReportTable> tables;
    std::vector<std::string> rules;  // how it was counted and what is withheld, a sentence each
    bool over = true;                // the period had ended when the report was made
};

// nullptr: the report has no such table.
const ReportTable* find_table(const PeriodReport& report, std::string_view id);

// "CSCP-2026-Q4".
std::string name_of(const PeriodReport& report);
// "12", "fewer than 5", "withheld", "–".
std::string to_words(const Figure& figure, int suppress_below);

// The quarters a report counts, oldest first: of a quarter it and the four before it, of a year its
// own and those of the year before.
std::vector<Period> quarters_of(const Period& period);

// `rules`: the present policy, board and directory. `tally` was made for quarters_of(period).
PeriodReport make_report(const Tally& tally, const Period& period, const Rules& rules,
                         Instant made);

}  // namespace stageclock

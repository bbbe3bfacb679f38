// SPDX-License-Identifier: MIT
//
// How long it took.
#include <algorithm>
#include <array>
#include <limits>

#include "bot/core/report_parts.h"

namespace stageclock::report_parts {
namespace {

using Days = std::map<int, long>;

constexpr int for_ever = std::numeric_limits<int>::max();
// The last day of each span, as long as no span has to be joined to another.
constexpr std::array<int, 8> ends{5, 10, 15, 20, 30, 40, 60, for_ever};

struct Bin {
    int first = 0;
    int last = 0;
    long cases = 0;
};

long number_of(const Days& days) {
    long all = 0;
    for (const auto& [day, cases] : days) all += cases;
    return all;
}

// The least number of days within which `part` quarters of the cases were resolved.
int within(const Days& days, long part) {
    const long rank = (number_of(days) * part + 3) / 4;
    long so_far = 0;
    for (const auto& [day, cases] : days) {
        so_far += cases;
        if (so_far >= rank) return day;
    }
    return 0;
}

Days days_of(const std::vector<const PeriodTally*>& quarters) {
    Days all;
    for (const PeriodTally* tally : quarters) {
        for (const auto& [day, cases] : tally->days) all[day] += cases;
    }
    return all;
}

std::vector<Bin> bins_of(const Days& days, const std::vector<int>& last_days) {
    std::vector<Bin> bins;
    int first = 0;
    for (const int last : last_days) {
        Bin bin{first, last, 0};
        for (const auto& [day, cases] : days) {
            if (day >= first && day <= last) bin.cases += cases;
        }
        bins.push_back(bin);
        if (last == for_ever) break;
        first = last + 1;
    }
    return bins;
}

// Joins each span with a small number to the lesser of its neighbours.
std::vector<Bin> joined(std::vector<Bin> bins, long below) {
    const auto small = [below](const Bin& bin) { return is_small(bin.cases, below); };
    for (;;) {
        const auto found = std::ranges::find_if(bins, small);
        if (found == bins.end() || bins.size() == 1) return bins;
        const bool has_left = found != bins.begin();
        const bool has_right = found + 1 != bins.end();
        const bool to_left = has_left && (!has_right || (found - 1)->cases <= (found + 1)->cases);
        const auto left = to_left ? found - 1 : found;
        const auto right = left + 1;
        left->last = right->last;
        left->cases += right->cases;
        bins.erase(right);
    }
}

// The spans of each quarter end where the year's do, so that none can be subtracted.
std::vector<int> common_ends(const std::vector<const PeriodTally*>& quarters, long below) {
    std::vector<int> common(ends.begin(), ends.end());
    for (const PeriodTally* tally : quarters) {
        const auto bins = joined(bins_of(tally->days, {ends.begin(), ends.end()}), below);
        std::erase_if(common, [&](int end) {
            return std::ranges::find(bins, end, &Bin::last) == bins.end();
        });
    }
    return common;
}

std::string label_of(const Bin& bin) {
    if (bin.last == for_ever) {
        return bin.first == 0 ? "any number of days" : std::to_string(bin.first) + " or more";
    }
    return std::to_string(bin.first) + " to " + std::to_string(bin.last);
}

ReportTable spans(const Source& from) {
    ReportTable table{.id = "time-spans",
                      .title = "Working days to resolve",
                      .about = "Cases resolved in the period, by the working days it took.",
                      .columns = {to_words(from.period)}};
    const auto quarters = from.quarters(from.period);
    const bool hides = std::ranges::any_of(quarters, [&](const PeriodTally* tally) {
        return is_small(tally->resolved, from.below());
    });
    if (hides) {
        table.not_shown = from.period.is_year()
                              ? "In one of its quarters the number of cases is too small for this."
                              : too_few(from.below());
        return table;
    }
    for (const Bin& bin : bins_of(days_of(quarters), common_ends(quarters, from.below()))) {
        const std::string last = bin.last == for_ever ? "" : std::to_string(bin.last);
        table.rows.push_back(
            {std::to_string(bin.first) + "-" + last, label_of(bin), {}, {exact(bin.cases)}});
    }
    return table;
}

Column figures_of(const Days& days, long below) {
    const long cases = number_of(days);
    constexpr std::size_t rows = 5;
    if (cases == 0) return Column(rows, Figure{Figure::How::none, 0});
    if (is_small(cases, below)) return Column(rows, Figure{Figure::How::withheld, 0});
    return {exact(within(days, 2)), exact(within(days, 1)), exact(within(days, 3)),
            exact(days.begin()->first), exact(days.rbegin()->first)};
}

}  // namespace

void add_times(const Source& from, std::vector<ReportTable>& tables) {
    ReportTable table{.id = "time",
                      .title = "Time to resolve",
                      .about = "Working days from the outset, of cases resolved in the period.",
                      .columns = compared(from.period)};
    const Column now = figures_of(days_of(from.quarters(from.period)), from.below());
    const Column then = figures_of(days_of(from.quarters(before(from.period))), from.below());
    const std::array<std::pair<const char*, const char*>, 5> rows{{
        {"median", "Median: half took no longer"},
        {"lower-quartile", "Lower quartile: a quarter took no longer"},
        {"upper-quartile", "Upper quartile: three quarters took no longer"},
        {"shortest", "Shortest"},
        {"longest", "Longest"},
    }};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        table.rows.push_back(
            {rows[i].first, rows[i].second, {}, {now[i], then[i], change(now[i], then[i])}});
    }
    tables.push_back(std::move(table));
    tables.push_back(spans(from));
}

}  // namespace stageclock::report_parts

// SPDX-License-Identifier: MIT
#include "bot/core/report.h"

#include <algorithm>
#include <set>

#include "bot/core/report_parts.h"
#include "bot/core/withhold.h"

namespace stageclock {
namespace report_parts {
namespace {

using How = Figure::How;

Figure shown(const Flow& flow) {
    if (flow.mark == Flow::Mark::small) return {How::small, 0};
    if (flow.mark == Flow::Mark::withheld) return {How::withheld, 0};
    return exact(flow.value);
}

// The rows add up to the whole.
Column parts_of_a_whole(const Division& division, const PeriodTally& tally, long below) {
    std::vector<Flow> flows{{.value = division.whole(tally), .from = 0, .to = 1, .always = true}};
    for (const auto& [id, label] : division.rows) {
        flows.push_back({.value = division.part(tally, id), .from = 1, .to = 0});
    }
    withhold_small(flows, below);
    Column column;
    for (std::size_t i = 1; i < flows.size(); ++i) column.push_back(shown(flows[i]));
    return column;
}

// Each row stands for itself: it divides the whole in two, those it counts and the rest.
Column shares_of_a_whole(const Division& division, const PeriodTally& tally, long below) {
    Column column;
    for (const auto& [id, label] : division.rows) {
        const long part = division.part(tally, id);
        const bool rest_is_small = is_small(division.whole(tally) - part, below);
        const Figure rest = rest_is_small && part > 0 ? Figure{How::withheld, 0} : exact(part);
        column.push_back(is_small(part, below) ? Figure{How::small, 0} : rest);
    }
    return column;
}

Column of_quarter(const Division& division, const PeriodTally& tally, long below) {
    if (is_small(division.whole(tally), below)) {
        return Column(division.rows.size(), Figure{How::withheld, 0});
    }
    return division.overlaps ? shares_of_a_whole(division, tally, below)
                             : parts_of_a_whole(division, tally, below);
}

Column column_of(const Source& from, const Division& division, const Period& period) {
    auto quarters = from.quarters(period);
    if (division.at_the_end) quarters = {quarters.back()};
    std::vector<Column> columns;
    for (const PeriodTally* tally : quarters) {
        columns.push_back(of_quarter(division, *tally, from.below()));
    }
    Column all;
    for (std::size_t row = 0; row < division.rows.size(); ++row) {
        std::vector<Figure> figures;
        for (const Column& column : columns) figures.push_back(column[row]);
        all.push_back(sum(figures));
    }
    return all;
}

long whole_of(const Source& from, const Division& division) {
    auto quarters = from.quarters(from.period);
    if (division.at_the_end) quarters = {quarters.back()};
    long whole = 0;
    for (const PeriodTally* tally : quarters) whole += division.whole(*tally);
    return whole;
}

}  // namespace

std::vector<const PeriodTally*> Source::quarters(const Period& of) const {
    if (!of.is_year()) return {tally.of(of)};
    std::vector<const PeriodTally*> all;
    for (int quarter = 1; quarter <= 4; ++quarter) all.push_back(tally.of({of.year, quarter}));
    return all;
}

Figure exact(long value) { return {How::exact, value}; }

Figure sum(const std::vector<Figure>& of_quarters) {
    if (of_quarters.size() == 1) return of_quarters.front();
    long value = 0;
    for (const Figure& figure : of_quarters) {
        if (figure.how != How::exact) return {How::withheld, 0};
        value += figure.value;
    }
    return exact(value);
}

Figure change(const Figure& now, const Figure& before) {
    if (now.how != How::exact || before.how != How::exact) return {How::none, 0};
    return exact(now.value - before.value);
}

std::vector<std::string> compared(const Period& period) {
    return {to_words(period), to_words(before(period)), "Change"};
}

bool is_small(long value, long below) { return value > 0 && value < below; }

std::string stage_label(const Policy& policy, const std::string& id) {
    const Stage* stage = find_stage(policy, id);
    const bool numbered = !id.empty() && id.find_first_not_of("0123456789") == std::string::npos;
    if (stage == nullptr) return "Stage " + id;
    return numbered ? "Stage " + id + ": " + stage->title : stage->title;
}

Labels stage_rows(const Source& from) {
    const Policy& policy = from.rules.policy;
    std::set<std::string> used;
    const auto use = [&](const std::string& id) {
        if (const Stage* stage = find_stage(policy, id)) used.insert(stage->procedure);
    };
    if (!policy.stages.empty()) used.insert(policy.stages.front().procedure);
    for (const Period& period : {from.period, before(from.period)}) {
        for (const PeriodTally* tally : from.quarters(period)) {
            for (const auto& [id, number] : tally->closed_at) use(id);
            for (const auto& [id, number] : tally->open_at) use(id);
            for (const auto& [key, counts] : tally->limits) use(key.first);
        }
    }
    Labels rows;
    for (const Stage& stage : policy.stages) {
        if (!stage.within.empty() || !used.contains(stage.procedure)) continue;
        rows.emplace_back(stage.id, stage_label(policy, stage.id));
    }
    return rows;
}

std::string too_few(long below) {
    return "There are fewer than " + std::to_string(below) +
           " of these cases: they are not divided any further.";
}

ReportTable divided(const Source& from, const std::string& id, const std::string& title,
                    const std::string& about, const Division& division) {
    ReportTable table{.id = id, .title = title, .about = about, .columns = compared(from.period)};
    if (is_small(whole_of(from, division), from.below())) {
        table.not_shown = too_few(from.below());
        return table;
    }
    const Column now = column_of(from, division, from.period);
    const Column then = column_of(from, division, before(from.period));
    for (std::size_t row = 0; row < division.rows.size(); ++row) {
        table.rows.push_back({.id = division.rows[row].first,
                              .label = division.rows[row].second,
                              .group = {},
                              .figures = {now[row], then[row], change(now[row], then[row])}});
    }
    return table;
}

}  // namespace report_parts

const ReportTable* find_table(const PeriodReport& report, std::string_view id) {
    const auto found = std::ranges::find(report.tables, id, &ReportTable::id);
    return found == report.tables.end() ? nullptr : &*found;
}

std::string name_of(const PeriodReport& report) {
    return report.prefix + "-" + to_text(report.period);
}

std::string to_words(const Figure& figure, int suppress_below) {
    switch (figure.how) {
        case Figure::How::exact: return std::to_string(figure.value);
        case Figure::How::small: return "fewer than " + std::to_string(suppress_below);
        case Figure::How::withheld: return "withheld";
        case Figure::How::none: break;
    }
    return "–";
}

std::vector<Period> quarters_of(const Period& period) {
    constexpr int quarters_back = 4;
    std::vector<Period> quarters{period.is_year() ? Period{period.year, 4} : period};
    const int more = period.is_year() ? 2 * 4 - 1 : quarters_back;
    for (int i = 0; i < more; ++i) quarters.push_back(before(quarters.back()));
    std::ranges::reverse(quarters);
    return quarters;
}

PeriodReport make_report(const Tally& tally, const Period& period, const Rules& rules,
                         Instant made) {
    PeriodReport report{.board = rules.board.name,
                        .prefix = rules.board.reference_prefix,
                        .policy = rules.policy.title + ", version " + rules.policy.version,
                        .period = period,
                        .made = made,
                        .zone = rules.calendar.zone(),
                        .suppress_below = rules.board.suppress_below,
                        .tables = {},
                        .rules = {},
                        .over = span_of(period, rules.calendar).to <= made};
    const report_parts::Source from{tally, period, rules, made};
    report_parts::add_cases(from, report.tables);
    report_parts::add_times(from, report.tables);
    report_parts::add_limits(from, report.tables);
    report.rules = report_parts::counting_rules(from);
    return report;
}

}  // namespace stageclock

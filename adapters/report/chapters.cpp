// SPDX-License-Identifier: MIT
#include "adapters/report/chapters.h"

#include <algorithm>
#include <optional>

namespace stageclock::report {
namespace {

const Figure* figure(const PeriodReport& report, std::string_view table, std::string_view row,
                     std::size_t column = 0) {
    const ReportTable* found = find_table(report, table);
    if (found == nullptr) return nullptr;
    const auto at = std::ranges::find(found->rows, row, &ReportRow::id);
    return at == found->rows.end() ? nullptr : &at->figures[column];
}

std::optional<long> value(const PeriodReport& report, std::string_view table, std::string_view row,
                          std::size_t column = 0) {
    const Figure* found = figure(report, table, row, column);
    if (found == nullptr || found->how != Figure::How::exact) return std::nullopt;
    return found->value;
}

std::string cases(long number) {
    return std::to_string(number) + (number == 1 ? " case" : " cases");
}

std::string compared(const PeriodReport& report, std::string_view row) {
    const long change = value(report, "headline", row, 2).value_or(0);
    const std::string than = report.period.is_year() ? "the year before" : "the quarter before";
    if (change == 0) return ", as many as in " + than;
    return ", " + std::to_string(change < 0 ? -change : change) +
           (change < 0 ? " fewer than in " : " more than in ") + than;
}

}  // namespace

std::vector<Chapter> chapters_of(const PeriodReport& report) {
    struct Plan {
        const char* title;
        std::vector<const char*> tables;
    };
    const std::vector<Plan> plans{
        {"Numbers of cases", {"headline", "trend"}},
        {"How far they went", {"stage-closed", "stage-open"}},
        {"How long it took", {"time-spans", "time"}},
        {"Deadlines", {"limits", "limits-stage", "limits-duty"}},
        {"Who disagreed, and why", {"agencies", "reason", "subject", "priority", "circumstance"}},
        {"What was learnt", {"theme", "forms-back", "forms"}},
    };
    std::vector<Chapter> chapters;
    for (const Plan& plan : plans) {
        Chapter chapter{plan.title, {}};
        for (const char* id : plan.tables) {
            const ReportTable* table = find_table(report, id);
            const bool shown =
                table != nullptr && (!table->rows.empty() || !table->not_shown.empty());
            if (shown) chapter.tables.push_back(table);
        }
        if (!chapter.tables.empty()) chapters.push_back(std::move(chapter));
    }
    return chapters;
}

std::string title_of(const PeriodReport& report) {
    return "Disagreements between agencies: " + to_words(report.period);
}

std::string made_of(const PeriodReport& report) {
    return report.policy + ". Made on " + to_words(report.made, report.zone) + ".";
}

std::vector<std::string> in_short(const PeriodReport& report) {
    const long raised = value(report, "headline", "raised").value_or(0);
    const long resolved = value(report, "headline", "resolved").value_or(0);
    const long open = value(report, "headline", "open").value_or(0);
    std::vector<std::string> sentences;
    if (!report.over) {
        sentences.emplace_back(
            "The period is not over: the figures are those of the part that has passed.");
    }
    sentences.push_back(cases(raised) + (raised == 1 ? " was raised" : " were raised") +
                        compared(report, "raised") + ". " + cases(resolved) +
                        (resolved == 1 ? " was resolved" : " were resolved") +
                        compared(report, "resolved") + ". " + cases(open) +
                        (open == 1 ? " was open at the end." : " were open at the end."));
    if (const auto median = value(report, "time", "median")) {
        sentences.push_back("Half of those resolved took no longer than " +
                            std::to_string(*median) +
                            (*median == 1 ? " working day." : " working days."));
    }
    const auto due = value(report, "limits", "due");
    const auto met = value(report, "limits", "met");
    if (due && met && *due > 0) {
        sentences.push_back("Of " + std::to_string(*due) + " deadlines that ended, " +
                            std::to_string(*met) + " were met in time (" +
                            std::to_string((*met * 100 + *due / 2) / *due) + "%).");
    }
    return sentences;
}

std::string cell_of(const PeriodReport& report, const ReportTable& table, const ReportRow& row,
                    std::size_t column) {
    const Figure& figure = row.figures[column];
    const bool change = table.columns[column] == "Change";
    const std::string words = to_words(figure, report.suppress_below);
    const bool rises = change && figure.how == Figure::How::exact && figure.value > 0;
    if (rises) return "+" + words;
    const bool falls = change && figure.how == Figure::How::exact && figure.value < 0;
    return falls ? "−" + words.substr(1) : words;
}

}  // namespace stageclock::report

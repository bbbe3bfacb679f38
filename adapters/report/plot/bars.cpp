// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "adapters/report/plot/drawings.h"

namespace stageclock::report {
namespace {

constexpr double label_size = 9;
constexpr double label_line = 12;
constexpr double bar = 11;
constexpr double gap = 9;
constexpr double row_height = label_line + bar + gap;
constexpr double number_room = 84;  // to the right of the longest bar: "fewer than 5"
constexpr std::size_t most_rows = 12;
constexpr const char* ellipsis = "…";

bool is_exact(const Figure& figure) { return figure.how == Figure::How::exact; }

std::string shortened(const Canvas& canvas, std::string text, const Lettering& lettering,
                      double width) {
    if (canvas.width_of(text, lettering) <= width) return text;
    while (!text.empty() && canvas.width_of(text + ellipsis, lettering) > width) {
        do {
            const char last = text.back();
            text.pop_back();
            if ((last & '\xC0') != '\x80') break;  // a whole letter
        } while (!text.empty());
    }
    return text + ellipsis;
}

// From the most to the least; what is not shown after what is, so that its place says nothing.
std::vector<ReportRow> sorted(std::vector<ReportRow> rows) {
    const auto rank = [](const ReportRow& row) {
        const Figure& figure = row.figures.front();
        return std::pair(static_cast<int>(figure.how), -figure.value);
    };
    std::ranges::stable_sort(rows, {}, rank);
    return rows;
}

double draw_rows(Canvas& canvas, const PeriodReport& report, const std::vector<ReportRow>& rows,
                 double width) {
    long most = 1;
    for (const ReportRow& row : rows) most = std::max(most, row.figures.front().value);
    const double longest = width - number_room;
    double y = 0;
    for (const ReportRow& row : rows) {
        const Figure& figure = row.figures.front();
        const Lettering label{.tone = Tone::ink, .size = label_size};
        canvas.text(0, y + label_size, shortened(canvas, row.label, label, width), label);
        const double length =
            longest * static_cast<double>(figure.value) / static_cast<double>(most);
        const double top = y + label_line;
        if (length > 0) canvas.box(0, top, length, bar, Tone::accent);
        // Nothing is drawn where nothing is shown: a bar of any length would say something.
        canvas.text(length + (length > 0 ? 5 : 0), top + bar - 2,
                    to_words(figure, report.suppress_below),
                    {.tone = is_exact(figure) ? Tone::ink : Tone::soft,
                     .size = label_size,
                     .bold = is_exact(figure)});
        y += row_height;
    }
    return y - gap + 2;
}

// "45 met, fewer than 5 late, 0 missed".
std::string in_words(const PeriodReport& report, const ReportRow& row) {
    static constexpr std::array<const char*, 3> what{" met", " late", " missed"};
    std::string text;
    for (std::size_t i = 0; i < what.size(); ++i) {
        text +=
            (i == 0 ? "" : ", ") + to_words(row.figures[i + 1], report.suppress_below) + what.at(i);
    }
    return text;
}

struct Key {
    Tone tone;
    const char* word;
};
constexpr std::array<Key, 3> outcomes{
    {{Tone::met, "met in time"}, {Tone::late, "met late"}, {Tone::missed, "missed"}}};

double draw_keys(Canvas& canvas) {
    const Lettering small{.tone = Tone::soft, .size = label_size};
    double x = 0;
    for (const Key& key : outcomes) {
        canvas.box(x, 2, 9, 9, key.tone);
        canvas.text(x + 13, 10, key.word, small);
        x += 13 + canvas.width_of(key.word, small) + 18;
    }
    return 22;
}

// The part of a bar that is not shown by its outcomes, as a frame.
void draw_outcome_bar(Canvas& canvas, const ReportRow& row, double top, double per_one) {
    double x = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const Figure& figure = row.figures[i + 1];
        if (!is_exact(figure) || figure.value == 0) continue;
        const double length = per_one * static_cast<double>(figure.value);
        canvas.box(x, top, length, bar, outcomes.at(i).tone);
        x += length;
    }
    const Figure& due = row.figures.front();
    const double whole = per_one * static_cast<double>(due.value);
    if (is_exact(due) && whole > x + 0.5) canvas.frame(x, top, whole - x, bar, Tone::soft);
}

}  // namespace

double draw_bars(Canvas& canvas, const PeriodReport& report, const ReportTable& table,
                 double width) {
    std::vector<ReportRow> rows = table.rows;
    while (!rows.empty() && rows.back().figures.front() == Figure{}) rows.pop_back();
    return draw_rows(canvas, report, rows, width);
}

double draw_sorted_bars(Canvas& canvas, const PeriodReport& report, const ReportTable& table,
                        double width) {
    std::vector<ReportRow> rows = table.rows;
    std::erase_if(rows, [](const ReportRow& row) { return row.figures.front() == Figure{}; });
    rows = sorted(std::move(rows));
    const std::size_t all = rows.size();
    rows.resize(std::min(all, most_rows));
    double height = draw_rows(canvas, report, rows, width);
    if (all > rows.size()) {
        height += label_line + 2;
        canvas.text(0, height - 3,
                    "and " + std::to_string(all - rows.size()) + " more in the table",
                    {.tone = Tone::soft, .size = label_size});
    }
    return height;
}

double draw_outcomes(Canvas& canvas, const PeriodReport& report, const ReportTable& table,
                     double width) {
    long most = 1;
    for (const ReportRow& row : table.rows) most = std::max(most, row.figures.front().value);
    const double per_one = width / static_cast<double>(most);
    double y = draw_keys(canvas);
    for (const ReportRow& row : table.rows) {
        if (row.figures.front() == Figure{}) continue;  // none ended there
        const std::string numbers = in_words(report, row);
        const Lettering label{.tone = Tone::ink, .size = label_size};
        const Lettering counts{.tone = Tone::soft, .size = label_size, .align = Align::right};
        const double room = width - canvas.width_of(numbers, counts) - 12;
        canvas.text(0, y + label_size, shortened(canvas, row.label, label, room), label);
        canvas.text(width, y + label_size, numbers, counts);
        draw_outcome_bar(canvas, row, y + label_line, per_one);
        y += row_height;
    }
    return y - gap + 2;
}

}  // namespace stageclock::report

// SPDX-License-Identifier: MIT
//
// The report on paper: headings, plots and tables from the top down, a page after the other.
#include <algorithm>

#include "adapters/report/chapters.h"
#include "adapters/report/pdf/finish.h"
#include "adapters/report/pdf/page.h"
#include "adapters/report/plot/plots.h"
#include "adapters/report/writers.h"

namespace stageclock {
namespace {

using namespace report;

constexpr Lettering board_words{.tone = Tone::ink, .size = 10, .bold = true};
constexpr Lettering title_words{.tone = Tone::accent, .size = 20, .bold = true};
constexpr Lettering chapter_words{.tone = Tone::accent, .size = 14, .bold = true};
constexpr Lettering table_words{.tone = Tone::ink, .size = 10.5, .bold = true};
constexpr Lettering lead_words{.tone = Tone::ink, .size = 10.5};
constexpr Lettering body_words{.tone = Tone::ink, .size = 8.8};
constexpr Lettering soft_words{.tone = Tone::soft, .size = 8.2};
constexpr Lettering head_words{.tone = Tone::ink, .size = 8.2, .bold = true, .align = Align::right};
constexpr Lettering cell_words{.tone = Tone::ink, .size = 8.8, .align = Align::right};
constexpr Lettering not_shown_words{.tone = Tone::soft, .size = 8.2, .align = Align::right};

class Writer {
public:
    explicit Writer(const PeriodReport& report)
        : report_(report),
          pages_(title_of(report), to_rfc3339(report.made),
                 report.board + " · " + to_words(report.period)) {}

    Result<std::string> write() {
        pages_.open("Document");
        block("P", report_.board, board_words, 4);
        block("H1", title_of(report_), title_words, 4);
        block("P", made_of(report_), soft_words, 12);
        for (const std::string& sentence : in_short(report_)) block("P", sentence, lead_words, 5);
        for (const Chapter& chapter : chapters_of(report_)) write_chapter(chapter);
        heading("H2", "How it was counted", chapter_words, 60);
        for (const std::string& rule : report_.rules) block("P", rule, body_words, 6);
        pages_.close("Document");
        const auto drawn = pages_.finish();
        if (!drawn) return drawn.error();
        return finished(*drawn, figures_);
    }

private:
    void block(const char* tag, const std::string& text, const Lettering& words, double after) {
        const double height = pages_.height_of(text, words, text_width);
        if (height > pages_.room()) pages_.next_page();
        pages_.open(tag);
        pages_.write(text, words, margin, pages_.y(), text_width);
        pages_.close(tag);
        pages_.move_to(pages_.y() + height + after);
    }

    // Not at the foot of a page: `with` points of what follows go with it.
    void heading(const char* tag, const std::string& text, const Lettering& words, double with) {
        if (pages_.y() > margin) pages_.move_to(pages_.y() + words.size * 1.1);
        if (pages_.room() < with + words.size * 2) pages_.next_page();
        block(tag, text, words, 3);
    }

    void write_chapter(const Chapter& chapter) {
        constexpr double with_table = 170;
        heading("H2", chapter.title, chapter_words, with_table);
        for (const ReportTable* table : chapter.tables) write_table(*table);
    }

    void write_table(const ReportTable& table) {
        const Plot plot = plot_of(report_, table);
        const double plot_height = plot.drawing == nullptr ? 0 : height_of(plot, text_width) + 12;
        constexpr double few_rows = 100;
        heading("H3", table.title, table_words, plot_height + few_rows);
        block("P", table.about, soft_words, 6);
        if (!table.not_shown.empty()) {
            block("P", table.not_shown, body_words, 6);
            return;
        }
        if (plot.drawing != nullptr) {
            pages_.open("Figure");
            const auto canvas = pages_.canvas(margin, pages_.y());
            const double height = plot.draw(*canvas, text_width);
            pages_.close("Figure");
            figures_.push_back(plot.title + ". " + plot.description +
                               " The table that follows has the figures.");
            pages_.move_to(pages_.y() + height + 12);
        }
        write_rows(table);
    }

    double label_width(const ReportTable& table) const {
        return text_width - column_width() * static_cast<double>(table.columns.size());
    }
    static double column_width() { return 74; }

    void cell(const char* tag, const std::string& text, const Lettering& words, double x,
              double width) {
        pages_.open(tag);
        pages_.write(text, words, x, pages_.y(), width);
        pages_.close(tag);
    }

    void rule(Tone tone, double thickness) {
        pages_.canvas(margin, pages_.y() - 2)
            ->line({{0, 0}, {text_width, 0}}, tone, thickness, false);
    }

    // On the pages after a table's first its head is decoration: it has been read.
    void write_head(const ReportTable& table, bool first) {
        double height = 0;
        for (const std::string& column : table.columns) {
            height = std::max(height, pages_.height_of(column, head_words, column_width() - 8));
        }
        if (first) pages_.open("TR");
        double x = margin + label_width(table) + 8;
        for (const std::string& column : table.columns) {
            if (first) pages_.open("TH");
            pages_.write(column, head_words, x, pages_.y(), column_width() - 8);
            if (first) pages_.close("TH");
            x += column_width();
        }
        if (first) pages_.close("TR");
        pages_.move_to(pages_.y() + height + 5);
        rule(Tone::accent, 1.2);
        pages_.move_to(pages_.y() + 3);
    }

    void write_rows(const ReportTable& table) {
        pages_.open("Table");
        write_head(table, true);
        for (const ReportRow& row : table.rows) {
            const double label_room = label_width(table) - 6;
            const double label = pages_.height_of(row.label, body_words, label_room);
            const double group =
                row.group.empty() ? 0 : pages_.height_of(row.group, soft_words, label_room);
            if (label + group + 4 > pages_.room()) {
                pages_.next_page();
                write_head(table, false);
            }
            write_row(table, row, label);
            pages_.move_to(pages_.y() + label + group + 5);
            rule(Tone::line, 0.5);
            pages_.move_to(pages_.y() + 1);
        }
        pages_.close("Table");
        pages_.move_to(pages_.y() + 4);
    }

    void write_row(const ReportTable& table, const ReportRow& row, double label_height) {
        const double label_room = label_width(table) - 6;
        pages_.open("TR");
        pages_.open("TH");
        pages_.write(row.label, body_words, margin, pages_.y(), label_room);
        if (!row.group.empty()) {
            pages_.write(row.group, soft_words, margin, pages_.y() + label_height, label_room);
        }
        pages_.close("TH");
        double x = margin + label_width(table);
        for (std::size_t i = 0; i < row.figures.size(); ++i) {
            const bool exact = row.figures[i].how == Figure::How::exact;
            cell("TD", cell_of(report_, table, row, i), exact ? cell_words : not_shown_words, x,
                 column_width());
            x += column_width();
        }
        pages_.close("TR");
    }

    const PeriodReport& report_;
    Pages pages_;
    std::vector<std::string> figures_;
};

class PdfReport : public ReportWriter {
public:
    std::string_view format() const override { return "pdf"; }
    std::string_view content_type() const override { return "application/pdf"; }
    Result<std::string> write(const PeriodReport& report) const override {
        return Writer(report).write();
    }
};

}  // namespace

std::unique_ptr<ReportWriter> make_pdf_report() { return std::make_unique<PdfReport>(); }

}  // namespace stageclock

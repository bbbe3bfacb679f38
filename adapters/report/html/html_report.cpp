// SPDX-License-Identifier: MIT
//
// One page that needs nothing else: no script, no font, no picture from elsewhere.
#include "adapters/report/chapters.h"
#include "adapters/report/html/svg_canvas.h"
#include "adapters/report/writers.h"

namespace stageclock {
namespace {

using namespace report;

constexpr const char* style = R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif;
  color: #1d2530; background: #fff; }
body { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
header { border-bottom: 3px solid #17527a; margin-bottom: 1.5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .2rem 0 .5rem; color: #12344d; }
h2 { font-size: 1.4rem; margin: 2.8rem 0 .5rem; color: #12344d;
  border-bottom: 1px solid #cbd2db; padding-bottom: .2rem; }
h3 { font-size: 1.08rem; margin: 1.8rem 0 .1rem; }
p { margin: 0 0 .8rem; max-width: 46rem; }
.board { font-weight: 700; margin: 0; }
.made, .about { color: #525e6e; font-size: .92rem; }
.about { margin-bottom: .6rem; }
.lead p { font-size: 1.12rem; margin-bottom: .5rem; }
figure { margin: .4rem 0 1rem; }
svg { display: block; width: 100%; max-width: 42rem; height: auto;
  font-family: system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; margin-bottom: .6rem; }
caption { text-align: left; color: #525e6e; font-size: .92rem; padding-bottom: .3rem; }
th, td { padding: .32rem .6rem .32rem 0; border-bottom: 1px solid #dfe4ea; vertical-align: top;
  text-align: right; font-variant-numeric: tabular-nums; }
th:first-child { text-align: left; font-weight: 400; }
thead th, thead td, thead th:first-child { border-bottom: 2px solid #17527a; font-weight: 600;
  vertical-align: bottom; }
tbody th small { display: block; color: #525e6e; }
td.not { color: #525e6e; font-style: italic; }
.none { border-left: 4px solid #17527a; padding: .3rem .8rem; background: #e8eff5; }
ul { padding-left: 1.2rem; max-width: 46rem; } li { margin-bottom: .5rem; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; } figure, tr, li { break-inside: avoid; } thead {
  display: table-header-group; } }
)css";

std::string element(const std::string& name, const std::string& text, const char* kind = "") {
    const std::string attribute = *kind == '\0' ? "" : " class=\"" + std::string(kind) + '"';
    return '<' + name + attribute + '>' + escaped(text) + "</" + name + ">\n";
}

std::string head_row(const ReportTable& table) {
    std::string row = "<tr><td></td>";
    for (const std::string& column : table.columns) {
        row += "<th scope=\"col\">" + escaped(column) + "</th>";
    }
    return "<thead>" + row + "</tr></thead>\n";
}

std::string body_row(const PeriodReport& report, const ReportTable& table, const ReportRow& row) {
    std::string line = "<tr><th scope=\"row\">" + escaped(row.label);
    if (!row.group.empty()) line += "<small>" + escaped(row.group) + "</small>";
    line += "</th>";
    for (std::size_t i = 0; i < row.figures.size(); ++i) {
        const bool exact = row.figures[i].how == Figure::How::exact;
        line += (exact ? "<td>" : "<td class=\"not\">") + escaped(cell_of(report, table, row, i)) +
                "</td>";
    }
    return line + "</tr>\n";
}

std::string table_of(const PeriodReport& report, const ReportTable& table) {
    std::string text = element("h3", table.title);
    if (!table.not_shown.empty()) {
        return text + element("p", table.about, "about") + element("p", table.not_shown, "none");
    }
    if (const Plot plot = plot_of(report, table); plot.drawing != nullptr) {
        text += "<figure>" + svg_of(plot, "plot-" + table.id) + "</figure>\n";
    }
    text += "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table: " +
            escaped(table.title) + "\"><table>\n<caption>" + escaped(table.about) + "</caption>\n" +
            head_row(table) + "<tbody>\n";
    for (const ReportRow& row : table.rows) text += body_row(report, table, row);
    return text + "</tbody></table></div>\n";
}

class HtmlReport : public ReportWriter {
public:
    std::string_view format() const override { return "html"; }
    std::string_view content_type() const override { return "text/html"; }

    Result<std::string> write(const PeriodReport& report) const override {
        const std::string title = title_of(report);
        std::string page =
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
            element("title", title + ", " + report.board) + "<style>" + style +
            "</style>\n</head>\n<body>\n<header>\n" + element("p", report.board, "board") +
            element("h1", title) + element("p", made_of(report), "made") +
            "</header>\n<main>\n<div class=\"lead\">\n";
        for (const std::string& sentence : in_short(report)) page += element("p", sentence);
        page += "</div>\n";
        for (const Chapter& chapter : chapters_of(report)) {
            page += "<section>\n" + element("h2", chapter.title);
            for (const ReportTable* table : chapter.tables) page += table_of(report, *table);
            page += "</section>\n";
        }
        page += "<section>\n" + element("h2", "How it was counted") + "<ul>\n";
        for (const std::string& rule : report.rules) page += element("li", rule);
        return page + "</ul>\n</section>\n</main>\n</body>\n</html>\n";
    }
};

}  // namespace

std::unique_ptr<ReportWriter> make_html_report() { return std::make_unique<HtmlReport>(); }

}  // namespace stageclock

// SPDX-License-Identifier: MIT
//
// One tidy table of all figures, a line each, as RFC 4180 has it.
#include "adapters/report/writers.h"

namespace stageclock {
namespace {

// A cell a spreadsheet would take for a formula gets an apostrophe before it.
std::string cell(const std::string& text) {
    std::string safe = text;
    const bool formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
    if (formula) safe.insert(0, "'");
    if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string_view suppressed(const Figure& figure) {
    switch (figure.how) {
        case Figure::How::small: return "small";
        case Figure::How::withheld: return "withheld";
        case Figure::How::exact:
        case Figure::How::none: break;
    }
    return "";
}

class CsvReport : public ReportWriter {
public:
    std::string_view format() const override { return "csv"; }
    std::string_view content_type() const override { return "text/csv"; }

    Result<std::string> write(const PeriodReport& report) const override {
        std::string text = "board,period,table,group,row,label,column,value,suppressed\r\n";
        const std::string start = cell(report.prefix) + ',' + to_text(report.period) + ',';
        for (const ReportTable& table : report.tables) {
            for (const ReportRow& row : table.rows) {
                for (std::size_t i = 0; i < row.figures.size(); ++i) {
                    const Figure& figure = row.figures[i];
                    const bool exact = figure.how == Figure::How::exact;
                    text += start + cell(table.id) + ',' + cell(row.group) + ',' + cell(row.id) +
                            ',' + cell(row.label) + ',' + cell(table.columns[i]) + ',' +
                            (exact ? std::to_string(figure.value) : "") + ',';
                    text += suppressed(figure);
                    text += "\r\n";
                }
            }
        }
        return text;
    }
};

}  // namespace

std::unique_ptr<ReportWriter> make_csv_report() { return std::make_unique<CsvReport>(); }

}  // namespace stageclock

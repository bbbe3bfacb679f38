// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include <doctest/doctest.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "adapters/report/chapters.h"
#include "adapters/report/plot/plots.h"
#include "adapters/report/writers.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

using How = Figure::How;

Figure exact(long value) { return {How::exact, value}; }

// A report with one of each kind of table and names that would break what is not careful.
PeriodReport sample() {
    PeriodReport report;
    report.board = "Board of <Here> & There";
    report.prefix = "SB";
    report.policy = "A policy, version 1";
    report.period = {2026, 4};
    report.made = utc("2027-01-04T09:00:00Z");
    report.suppress_below = 5;
    report.rules = {"It was counted."};
    const std::vector<std::string> compared{"October to December 2026", "July to September 2026",
                                            "Change"};
    report.tables.push_back(
        {.id = "headline",
         .title = "In short",
         .about = "Numbers of cases.",
         .columns = compared,
         .rows = {{"raised", "Raised in the period", {}, {exact(12), exact(9), exact(3)}}}});
    report.tables.push_back(
        {.id = "agencies",
         .title = "Which agencies",
         .about = "Cases raised in the period.",
         .columns = compared,
         .rows = {{"a>b", "=SUM(\"A\", B) → <b>", {}, {exact(9), {How::small, 0}, {How::none, 0}}},
                  {"b>a", "B → A", {}, {{How::withheld, 0}, exact(0), {How::none, 0}}}}});
    report.tables.push_back({.id = "reason",
                             .title = "Why they disagree",
                             .about = "Cases raised in the period.",
                             .not_shown = "Too few.",
                             .columns = compared});
    return report;
}

std::string written(std::unique_ptr<ReportWriter> writer, const PeriodReport& report) {
    const auto bytes = writer->write(report);
    REQUIRE(bytes);
    return *bytes;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// How often each structure element occurs.
void count(QPDFObjectHandle element, std::map<std::string, int>& tags, int& described) {
    if (!element.isDictionary()) return;
    if (element.getKey("/S").isName()) ++tags[element.getKey("/S").getName()];
    if (element.hasKey("/Alt")) ++described;
    QPDFObjectHandle kids = element.getKey("/K");
    if (!kids.isArray()) return count(kids, tags, described);
    for (int i = 0; i < kids.getArrayNItems(); ++i) count(kids.getArrayItem(i), tags, described);
}

}  // namespace

TEST_CASE("a report on a period that is not over says so before anything else") {
    PeriodReport report = sample();
    CHECK(report::in_short(report).front().find("12 cases were raised") == 0);
    report.over = false;
    CHECK(report::in_short(report).front().find("The period is not over") == 0);
}

TEST_CASE("the CSV has every figure on a line of its own and quotes what needs it") {
    const std::string csv = written(make_csv_report(), sample());
    CHECK(csv.starts_with("board,period,table,group,row,label,column,value,suppressed\r\n"));
    CHECK(std::ranges::count(csv, '\n') == 1 + 3 * 3);
    CHECK(holds(csv, "SB,2026-Q4,headline,,raised,Raised in the period,Change,3,\r\n"));
    // No spreadsheet may take a name for a formula.
    CHECK(holds(csv, "\"'=SUM(\"\"A\"\", B) → <b>\""));
    CHECK(holds(csv, "July to September 2026,,small\r\n"));
    CHECK(holds(csv, "October to December 2026,,withheld\r\n"));
}

TEST_CASE("the page has a heading for each part and a table behind each plot, and no script") {
    const std::string page = written(make_html_report(), sample());
    CHECK(holds(page, "<html lang=\"en-GB\">"));
    CHECK(holds(page, "Board of &lt;Here&gt; &amp; There"));
    CHECK(holds(page, "→ &lt;b&gt;"));
    CHECK_FALSE(holds(page, "<script"));
    CHECK_FALSE(holds(page, "http"));  // nothing is fetched from anywhere
    CHECK(holds(page, "<th scope=\"col\">Change</th>"));
    CHECK(holds(page, "<th scope=\"row\">B → A</th>"));
    CHECK(holds(page, "aria-labelledby=\"plot-agencies-title plot-agencies-desc\""));
    CHECK(holds(page, "fewer than 5"));
    CHECK(holds(page, "Too few."));
    CHECK(holds(page, "+3"));
}

TEST_CASE("the PDF is tagged, says its language and describes its figures") {
    const std::string bytes = written(make_pdf_report(), sample());
    CHECK(written(make_pdf_report(), sample()) == bytes);
    QPDF pdf;
    pdf.processMemoryFile("report", bytes.data(), bytes.size());
    QPDFObjectHandle root = pdf.getRoot();
    CHECK(root.getKey("/Lang").getUTF8Value() == "en-GB");
    CHECK(root.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
    std::map<std::string, int> tags;
    int described = 0;
    count(root.getKey("/StructTreeRoot"), tags, described);
    CHECK(tags["/H1"] == 1);
    CHECK(tags["/H2"] == 3);
    CHECK(tags["/H3"] == 3);
    CHECK(tags["/Table"] == 2);
    CHECK(tags["/TR"] == 2 + 3);
    CHECK(tags["/TH"] == 2 * 3 + 3);
    CHECK(tags["/TD"] == 3 * 3);
    CHECK(tags["/Figure"] == 1);
    CHECK(described == 1);
}

TEST_CASE("a table longer than a page goes on under its head") {
    PeriodReport report = sample();
    ReportTable& table = report.tables[1];
    for (int i = 0; i < 150; ++i) {
        table.rows.push_back({"r", "Row " + std::to_string(i), {}, {exact(9), exact(9), exact(0)}});
    }
    const std::string bytes = written(make_pdf_report(), report);
    QPDF pdf;
    pdf.processMemoryFile("report", bytes.data(), bytes.size());
    CHECK(pdf.getAllPages().size() > 3);
    std::map<std::string, int> tags;
    int described = 0;
    count(pdf.getRoot().getKey("/StructTreeRoot"), tags, described);
    CHECK(tags["/TR"] == 2 + 3 + 150);
}

TEST_CASE("a plot draws nothing where nothing is shown") {
    const PeriodReport report = sample();
    const report::Plot plot = report::plot_of(report, report.tables[1]);
    REQUIRE((plot.drawing != nullptr));
    const std::string page = written(make_html_report(), report);
    // One bar for the one number that is shown.
    CHECK(page.find("<rect") == page.rfind("<rect"));
    CHECK((report::plot_of(report, report.tables[2]).drawing == nullptr));
}

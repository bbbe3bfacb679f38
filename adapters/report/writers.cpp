// SPDX-License-Identifier: MIT
#include "adapters/report/writers.h"

#include "adapters/registry.h"

namespace stageclock {

std::vector<std::unique_ptr<ReportWriter>> make_report_writers() {
    std::vector<std::unique_ptr<ReportWriter>> writers;
    writers.push_back(make_csv_report());
    writers.push_back(make_html_report());
    writers.push_back(make_pdf_report());
    return writers;
}

}  // namespace stageclock

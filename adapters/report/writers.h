// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "bot/ports/report_writer.h"

namespace stageclock {

std::unique_ptr<ReportWriter> make_csv_report();
std::unique_ptr<ReportWriter> make_html_report();
std::unique_ptr<ReportWriter> make_pdf_report();

}  // namespace stageclock

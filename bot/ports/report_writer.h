// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "bot/core/report.h"
#include "bot/core/result.h"

namespace stageclock {

// Makes a file of a report. Thread-safe.
class ReportWriter {
public:
    virtual ~ReportWriter() = default;

    virtual std::string_view format() const = 0;  // "csv", "html", "pdf": also the file's ending
    virtual std::string_view content_type() const = 0;  // "text/csv"
    // The same report gives the same bytes.
    virtual Result<std::string> write(const PeriodReport& report) const = 0;
};

}  // namespace stageclock

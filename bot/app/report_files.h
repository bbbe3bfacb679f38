// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bot/app/rulebook.h"
#include "bot/core/period.h"
#include "bot/ports/notifier.h"
#include "bot/ports/report_writer.h"

namespace stageclock {

// The files of a board's report, made from all its cases when they are sent. Thread-safe.
class ReportFiles {
public:
    using Look = std::function<void(const Case& the_case)>;
    // Shows each case of a board, one at a time.
    using Cases = std::function<Done(const std::string& board, const Look& look)>;

    ReportFiles(Cases cases, const Rulebook& rulebook,
                std::vector<std::unique_ptr<ReportWriter>> writers)
        : cases_(std::move(cases)), rulebook_(rulebook), writers_(std::move(writers)) {}

    // "report-CSCP-2026-Q4.pdf", ... as of `made`. Those of several readers are made once.
    Result<std::vector<Attachment>> of(const std::string& board, const Period& period,
                                       Instant made);

private:
    struct Made {
        std::string board;
        Period period;
        Instant at;
        std::vector<Attachment> files;
    };
    Result<std::vector<Attachment>> make(const std::string& board, const Period& period,
                                         Instant made) const;

    Cases cases_;
    const Rulebook& rulebook_;
    std::vector<std::unique_ptr<ReportWriter>> writers_;
    std::mutex mutex_;  // held while one is made: its other readers wait for it
    std::deque<Made> made_;
};

}  // namespace stageclock

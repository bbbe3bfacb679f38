// SPDX-License-Identifier: MIT
#include "bot/app/report_files.h"

namespace stageclock {
namespace {

constexpr std::size_t most_kept = 4;

}  // namespace

Result<std::vector<Attachment>> ReportFiles::make(const std::string& board, const Period& period,
                                                  Instant made) const {
    const ServedBoard* served = rulebook_.board(board);
    if (served == nullptr) return Error{Code::not_found, "its board is not served here", board};
    const Rules present = rulebook_.rules(*served);
    Tally tally(quarters_of(period), present.calendar);
    const Done counted = cases_(board, [&](const Case& the_case) {
        tally.add(the_case, rulebook_.rules(*served, the_case));
    });
    if (!counted) return counted.error();
    const PeriodReport report = make_report(tally, period, present, made);
    std::vector<Attachment> files;
    for (const auto& writer : writers_) {
        auto bytes = writer->write(report);
        if (!bytes) return bytes.error();
        files.push_back({"report-" + name_of(report) + "." + std::string(writer->format()),
                         std::string(writer->content_type()), std::move(*bytes)});
    }
    return files;
}

Result<std::vector<Attachment>> ReportFiles::of(const std::string& board, const Period& period,
                                                Instant made) {
    const std::lock_guard lock(mutex_);
    for (const Made& known : made_) {
        if (known.board == board && known.period == period && known.at == made) return known.files;
    }
    auto files = make(board, period, made);
    if (!files) return files.error();
    made_.push_back({board, period, made, *files});
    if (made_.size() > most_kept) made_.pop_front();
    return files;
}

}  // namespace stageclock

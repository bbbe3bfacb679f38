// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/app/agenda.h"
#include "bot/app/rulebook.h"
#include "bot/core/period.h"
#include "bot/ports/store.h"

namespace stageclock {

// What each board gets beside its cases: the report of every quarter or year its policy asks for,
// and the reminder that the policy is past its review date. Each is noted in the store with its
// notices, so that a restart sends it neither twice nor never. The report itself is made when it is
// sent (ReportFiles). On the engine's thread.
class BoardReports final : public Agenda {
public:
    BoardReports(Store& store, const Rulebook& rulebook) : store_(store), rulebook_(rulebook) {}

    std::optional<Instant> next() override { return next_; }
    Result<int> look(Instant now) override;

    // What a notice of a report says about its period, and back.
    static int occurrence_of(const Period& period) { return period.year * 10 + period.quarter; }
    static Period period_of(int occurrence) { return {occurrence / 10, occurrence % 10}; }

private:
    // Notices that were noted under an id, or were before.
    Result<int> once(const std::string& id, const std::vector<Notice>& notices, Instant now);
    Result<Instant> start_of(const std::string& board, Instant now);
    Result<int> look_at_reports(const Rules& rules, Instant start, Instant now);
    Result<int> look_at_review(const Rules& rules, Instant start, Instant now);
    std::vector<Notice> to_groups(const Rules& rules, const std::vector<Target>& to,
                                  const Notice& said, Instant now);
    void wait_for(Instant instant);

    Store& store_;
    const Rulebook& rulebook_;
    std::optional<Instant> next_ = Instant{};    // at once, to begin with
    std::map<std::string, Period> next_period_;  // of a row, "BOARD/ROW": known to be the next
};

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bot/core/decide.h"
#include "bot/core/period.h"

// What is counted of the cases of a board. docs/reports.md says how, for those who read it.
namespace stageclock {

// What became of limits that were due within the period, as it stood at its end.
struct LimitCounts {
    long met = 0;
    long late = 0;
    long missed = 0;  // not met by the end of the period
    long due() const { return met + late + missed; }
    LimitCounts& operator+=(const LimitCounts& more);
    bool operator==(const LimitCounts&) const = default;
};

using Counts = std::map<std::string, long>;

// The figures of one period. Three sets of cases: those raised in it, those closed in it, those
// open at its end; a case may be of several. Ids are the policy's and the directory's.
struct PeriodTally {
    Period period;
    PeriodSpan span;
    long raised = 0;
    long resolved = 0;
    long withdrawn = 0;
    long open = 0;
    // Of those raised.
    std::map<std::pair<std::string, std::string>, long> pairs;  // raising agency, receiving agency
    Counts reasons;                                             // empty id: not given
    Counts subjects;
    Counts priorities;  // the highest level up to the end of the period; empty id: standard
    Counts circumstances;
    // Of those closed.
    Counts closed_at;  // stage
    Counts tags;
    Counts forms;  // that came back by the end of the period, by id; and said_how_it_worked
    std::map<int, long> days;  // resolved: working days from the outset (R-3, S-9) -> cases
    // Of those open at the end.
    Counts open_at;  // stage
    // Of all.
    std::map<std::pair<std::string, std::string>, LimitCounts> limits;  // stage, duty
};

// Takes one case at a time and keeps the figures only.
class Tally {
public:
    // Quarters: the figures of a year are the sums of theirs.
    Tally(const std::vector<Period>& quarters, const Calendar& calendar);

    // `rules`: those the case is judged by. A case of another board is not to be given.
    void add(const Case& the_case, const Rules& rules);

    // nullptr: it was not asked for.
    const PeriodTally* of(const Period& period) const;
    // What the duties counted are called, by id: some may be of an earlier policy.
    const std::map<std::string, std::string>& duty_titles() const { return duty_titles_; }

private:
    void add_limits(const Case& the_case, const Rules& rules);
    void add_to(PeriodTally& tally, const Case& the_case, const Rules& rules);

    std::vector<PeriodTally> periods_;
    std::map<std::string, std::string> duty_titles_;
};

// Cases of which a form came back that says how the policy worked.
constexpr std::string_view said_how_it_worked = "/effectiveness";

// An agency that is not in the directory was written in by hand: its name is somebody's free text.
constexpr std::string_view other_agency = "other";

}  // namespace stageclock

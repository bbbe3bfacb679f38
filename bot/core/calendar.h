// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/core/time.h"

namespace stageclock {

struct Holiday {
    Date date;
    std::string title;  // "Boxing Day (substitute day)"
};

// Which days are working days (R-2: Monday to Friday except the listed holidays) and what the wall
// clock shows. A plain value: it knows no file and no present time.
class Calendar {
public:
    enum class Day { working, weekend, holiday };

    // The list of holidays is complete from `first` to `last` inclusive; outside it nothing is
    // known, and `covers` says so. `version` names the list in traces, e.g.
    // "england-and-wales to 2028-12-31".
    Calendar(Zone zone, std::string version, Date first, Date last, std::vector<Holiday> holidays);

    const Zone& zone() const { return zone_; }
    const std::string& version() const { return version_; }
    Date last() const { return last_; }
    bool covers(Date date) const { return first_ <= date && date <= last_; }

    Day kind(Date date) const;
    bool is_working_day(Date date) const { return kind(date) == Day::working; }
    // The title of the holiday on that day; empty when there is none.
    std::string_view holiday(Date date) const;

    // The day on which the instant falls, and the instant of a time on a day.
    Date date(Instant instant) const;
    Instant at(Date date, TimeOfDay time) const;

    // The first working day after `date`, or before it.
    Date next_working_day(Date date) const;
    Date previous_working_day(Date date) const;
    // Working days by R-3: the day of `from` is day 0. Used for "time taken" (S-9): 0 on the same
    // day or when `to` is not later.
    int working_days_between(Date from, Date to) const;

private:
    Zone zone_;
    std::string version_;
    Date first_;
    Date last_;
    std::map<Date, std::string> holidays_;
};

}  // namespace stageclock

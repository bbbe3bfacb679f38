// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/calendar.h"

// Calendars for tests, without a file: London's clock changes by their rule and the bank holidays
// of England and Wales of 2019 to 2028. A test of the zone adapter holds both against the data the
// daemon uses.
namespace stageclock::testing {

// "2026-12-24": a test that misspells a day fails at once.
inline Date date(std::string_view text) { return parse_date(text).value(); }
// "2026-12-24T17:00:00Z".
inline Instant utc(std::string_view text) { return parse_rfc3339(text).value(); }

// The clocks change at 01:00 UTC on the last Sundays of March and October.
inline Zone london() {
    namespace time = std::chrono;
    const auto last_sunday = [](time::year year, time::month month) {
        return time::sys_days{year / month / time::Sunday[time::last]};
    };
    const time::seconds winter{0};
    const time::hours summer{1};
    std::vector<Zone::Transition> changes{{utc("2000-01-01T00:00:00Z"), winter, "GMT"}};
    for (time::year year{2000}; year <= time::year{2060}; ++year) {
        changes.push_back({last_sunday(year, time::March) + time::hours{1}, summer, "BST"});
        changes.push_back({last_sunday(year, time::October) + time::hours{1}, winter, "GMT"});
    }
    return Zone{"Europe/London", changes};
}

struct HolidayRow {
    std::string_view date;
    std::string_view title;
};
inline constexpr HolidayRow bank_holiday_rows[] = {
    {"2019-01-01", "New Year's Day"},
    {"2019-04-19", "Good Friday"},
    {"2019-04-22", "Easter Monday"},
    {"2019-05-06", "Early May bank holiday"},
    {"2019-05-27", "Spring bank holiday"},
    {"2019-08-26", "Summer bank holiday"},
    {"2019-12-25", "Christmas Day"},
    {"2019-12-26", "Boxing Day"},
    {"2020-01-01", "New Year's Day"},
    {"2020-04-10", "Good Friday"},
    {"2020-04-13", "Easter Monday"},
    {"2020-05-08", "Early May bank holiday (VE day)"},
    {"2020-05-25", "Spring bank holiday"},
    {"2020-08-31", "Summer bank holiday"},
    {"2020-12-25", "Christmas Day"},
    {"2020-12-28", "Boxing Day (substitute day)"},
    {"2021-01-01", "New Year's Day"},
    {"2021-04-02", "Good Friday"},
    {"2021-04-05", "Easter Monday"},
    {"2021-05-03", "Early May bank holiday"},
    {"2021-05-31", "Spring bank holiday"},
    {"2021-08-30", "Summer bank holiday"},
    {"2021-12-27", "Christmas Day (substitute day)"},
    {"2021-12-28", "Boxing Day (substitute day)"},
    {"2022-01-03", "New Year's Day (substitute day)"},
    {"2022-04-15", "Good Friday"},
    {"2022-04-18", "Easter Monday"},
    {"2022-05-02", "Early May bank holiday"},
    {"2022-06-02", "Spring bank holiday"},
    {"2022-06-03", "Platinum Jubilee bank holiday"},
    {"2022-08-29", "Summer bank holiday"},
    {"2022-09-19", "Bank Holiday for the State Funeral of Queen Elizabeth II"},
    {"2022-12-26", "Boxing Day"},
    {"2022-12-27", "Christmas Day (substitute day)"},
    {"2023-01-02", "New Year's Day (substitute day)"},
    {"2023-04-07", "Good Friday"},
    {"2023-04-10", "Easter Monday"},
    {"2023-05-01", "Early May bank holiday"},
    {"2023-05-08", "Bank holiday for the coronation of King Charles III"},
    {"2023-05-29", "Spring bank holiday"},
    {"2023-08-28", "Summer bank holiday"},
    {"2023-12-25", "Christmas Day"},
    {"2023-12-26", "Boxing Day"},
    {"2024-01-01", "New Year's Day"},
    {"2024-03-29", "Good Friday"},
    {"2024-04-01", "Easter Monday"},
    {"2024-05-06", "Early May bank holiday"},
    {"2024-05-27", "Spring bank holiday"},
    {"2024-08-26", "Summer bank holiday"},
    {"2024-12-25", "Christmas Day"},
    {"2024-12-26", "Boxing Day"},
    {"2025-01-01", "New Year's Day"},
    {"2025-04-18", "Good Friday"},
    {"2025-04-21", "Easter Monday"},
    {"2025-05-05", "Early May bank holiday"},
    {"2025-05-26", "Spring bank holiday"},
    {"2025-08-25", "Summer bank holiday"},
    {"2025-12-25", "Christmas Day"},
    {"2025-12-26", "Boxing Day"},
    {"2026-01-01", "New Year's Day"},
    {"2026-04-03", "Good Friday"},
    {"2026-04-06", "Easter Monday"},
    {"2026-05-04", "Early May bank holiday"},
    {"2026-05-25", "Spring bank holiday"},
    {"2026-08-31", "Summer bank holiday"},
    {"2026-12-25", "Christmas Day"},
    {"2026-12-28", "Boxing Day (substitute day)"},
    {"2027-01-01", "New Year's Day"},
    {"2027-03-26", "Good Friday"},
    {"2027-03-29", "Easter Monday"},
    {"2027-05-03", "Early May bank holiday"},
    {"2027-05-31", "Spring bank holiday"},
    {"2027-08-30", "Summer bank holiday"},
    {"2027-12-27", "Christmas Day (substitute day)"},
    {"2027-12-28", "Boxing Day (substitute day)"},
    {"2028-01-03", "New Year's Day (substitute day)"},
    {"2028-04-14", "Good Friday"},
    {"2028-04-17", "Easter Monday"},
    {"2028-05-01", "Early May bank holiday"},
    {"2028-05-29", "Spring bank holiday"},
    {"2028-08-28", "Summer bank holiday"},
    {"2028-12-25", "Christmas Day"},
    {"2028-12-26", "Boxing Day"},
};

inline std::vector<Holiday> bank_holidays() {
    std::vector<Holiday> holidays;
    for (const HolidayRow& row : bank_holiday_rows) {
        holidays.push_back({date(row.date), std::string(row.title)});
    }
    return holidays;
}

inline const Calendar& england_and_wales() {
    static const Calendar calendar{london(), "england-and-wales to 2028-12-31",
                                   date("2019-01-01"), date("2028-12-31"), bank_holidays()};
    return calendar;
}

// The instant of a London wall-clock reading: london_time("2026-12-24 17:00").
inline Instant london_time(std::string_view text) {
    return england_and_wales().at(date(text.substr(0, 10)),
                                  parse_time_of_day(text.substr(11)).value());
}

}  // namespace stageclock::testing

// SPDX-License-Identifier: MIT
#include "bot/core/period.h"

#include <algorithm>
#include <array>

namespace stageclock {
namespace {

using std::chrono::local_days;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr int first_year = 2000;
constexpr int last_year = 2199;
constexpr std::size_t year_length = 4;

int first_month(const Period& period) { return period.is_year() ? 1 : period.quarter * 3 - 2; }

year_month_day calendar_day(Date date) { return year_month_day(date); }

}  // namespace

std::string to_text(const Period& period) {
    const std::string text = std::to_string(period.year);
    return period.is_year() ? text : text + "-Q" + std::to_string(period.quarter);
}

std::optional<Period> parse_period(std::string_view text) {
    const bool quarter = text.size() == year_length + 3;
    if (text.size() != year_length && !quarter) return std::nullopt;
    Period period;
    for (const char c : text.substr(0, year_length)) {
        if (c < '0' || c > '9') return std::nullopt;
        period.year = period.year * 10 + (c - '0');
    }
    if (period.year < first_year || period.year > last_year) return std::nullopt;
    if (!quarter) return period;
    const char number = text.back();
    const bool dashed = text[year_length] == '-';
    const bool named = text[year_length + 1] == 'Q' || text[year_length + 1] == 'q';
    if (!dashed || !named || number < '1' || number > '4') return std::nullopt;
    period.quarter = number - '0';
    return period;
}

std::string to_words(const Period& period) {
    static constexpr std::array<std::string_view, 4> quarters{
        "January to March", "April to June", "July to September", "October to December"};
    const std::string text = std::to_string(period.year);
    if (period.is_year()) return text;
    return std::string(quarters.at(static_cast<std::size_t>(period.quarter) - 1)) + " " + text;
}

Period before(const Period& period) {
    if (period.is_year()) return {period.year - 1, 0};
    if (period.quarter == 1) return {period.year - 1, 4};
    return {period.year, period.quarter - 1};
}

Period after(const Period& period) {
    if (period.is_year()) return {period.year + 1, 0};
    if (period.quarter == 4) return {period.year + 1, 1};
    return {period.year, period.quarter + 1};
}

Date first_day(const Period& period) {
    const auto number = static_cast<unsigned>(first_month(period));
    return local_days(year(period.year) / month(number) / 1);
}

Date last_day(const Period& period) { return first_day(after(period)) - std::chrono::days(1); }

Period quarter_of(Date date) {
    const year_month_day day = calendar_day(date);
    const auto number = (static_cast<unsigned>(day.month()) - 1) / 3 + 1;
    return {static_cast<int>(day.year()), static_cast<int>(number)};
}

Period year_of(Date date) { return {static_cast<int>(calendar_day(date).year()), 0}; }

PeriodSpan span_of(const Period& period, const Calendar& calendar) {
    constexpr TimeOfDay midnight{0};
    return {calendar.at(first_day(period), midnight),
            calendar.at(first_day(after(period)), midnight)};
}

}  // namespace stageclock

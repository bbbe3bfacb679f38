// SPDX-License-Identifier: MIT
#include "bot/core/report_dates.h"

namespace stageclock {
namespace {

using std::chrono::days;

Date on_or_after(Date date, const Calendar& calendar) {
    return calendar.is_working_day(date) ? date : calendar.next_working_day(date);
}

}  // namespace

Instant report_due(const BoardReport& report, const Period& period, const Readings& readings,
                   const Calendar& calendar) {
    const Date last = last_day(period);
    if (!report.after) return calendar.at(calendar.next_working_day(last), readings.opening);
    // Counted like any limit: the last day of the period is day 0.
    const Instant close = calendar.at(last, readings.close_of_business);
    const auto due = deadline(*report.after, close, readings, calendar).due;
    const Date day = due ? calendar.date(*due) : calendar.next_working_day(last);
    return calendar.at(on_or_after(day, calendar), readings.opening);
}

Period first_period(const BoardReport& report, Instant start, const Calendar& calendar) {
    const Date day = calendar.date(start);
    return report.every == BoardReport::Every::year ? year_of(day) : quarter_of(day);
}

Instant review_prompt_due(Date review_due, int number, const Readings& readings,
                          const Calendar& calendar) {
    if (number == 0) return calendar.at(calendar.next_working_day(review_due), readings.opening);
    const std::chrono::year_month_day first(review_due);
    std::chrono::year_month_day day = first + std::chrono::months(number);
    // The 31st of a shorter month is its last day.
    if (!day.ok()) {
        day =
            std::chrono::year_month_day_last(day.year(), std::chrono::month_day_last(day.month()));
    }
    return calendar.at(on_or_after(std::chrono::local_days(day), calendar), readings.opening);
}

int last_review_prompt(Date review_due, Instant now, const Readings& readings,
                       const Calendar& calendar) {
    constexpr int days_of_month = 31;
    const auto passed = (calendar.date(now) - review_due).count();
    if (passed < 0) return -1;
    // Months are at most 31 days long: no later one can be due than this first guess and a few on.
    int number = static_cast<int>(passed / days_of_month) - 1;
    while (review_prompt_due(review_due, number + 1, readings, calendar) <= now) ++number;
    return number < 0 ? -1 : number;
}

}  // namespace stageclock

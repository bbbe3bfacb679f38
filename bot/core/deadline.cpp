// SPDX-License-Identifier: MIT
#include "bot/core/deadline.h"

#include <array>
#include <utility>

namespace stageclock {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

struct CountedUnit {
    Unit unit;
    std::string_view one;
    std::string_view many;
};
constexpr std::array<CountedUnit, 6> counted_units{{
    {Unit::working_days, "working day", "working days"},
    {Unit::working_weeks, "working week", "working weeks"},
    {Unit::calendar_days, "calendar day", "calendar days"},
    {Unit::calendar_months, "calendar month", "calendar months"},
    {Unit::working_hours, "working hour", "working hours"},
    {Unit::hours, "hour", "hours"},
}};

struct PlainUnit {
    Unit unit;
    std::string_view text;
};
constexpr std::array<PlainUnit, 4> plain_units{{
    {Unit::same_working_day, "same working day"},
    {Unit::at_once, "at once"},
    {Unit::by_agreement, "by agreement"},
    {Unit::none, "none"},
}};

// "1" to "999" without sign or leading zero: more is a slip of the pen.
std::optional<int> parse_count(std::string_view text) {
    if (text.empty() || text.size() > 3 || text.front() == '0') return std::nullopt;
    int count = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        count = count * 10 + (c - '0');
    }
    return count;
}

std::string counted(int count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

// Walks the days of one deadline and writes down what it makes of each.
class Count {
public:
    Count(const Term& term, Instant start, const Readings& readings, const Calendar& calendar)
        : start_(start), readings_(readings), calendar_(calendar), day_(calendar.date(start)) {
        result_.trace.rule = to_text(term);
        result_.trace.start = start;
        result_.trace.calendar = calendar.version();
    }

    Deadline working_days(int count, std::string_view references) {
        int number = 1;
        const bool late = starts_late();
        if (late) {
            line(0, "too late to count for this day");
            to_next_working_day("day 0, as if it arose then", 0);
        }
        if (readings_.first_day_counts && calendar_.is_working_day(day_)) {
            line(number, "working day 1, the day itself");
            ++number;
        } else if (!late) {
            line(0, "day 0");
        }
        for (; number <= count; ++number) {
            to_next_working_day("working day " + std::to_string(number), number);
        }
        const std::string unit = counted(count, "working day", "working days");
        return on_last_day(unit, references);
    }

    // Every day counts; an end on a day nobody works is the next working day's.
    Deadline calendar_days(int count) {
        line(0, "day 0");
        day_ += days{count};
        return on_calendar_day(counted(count, "calendar day", "calendar days"));
    }

    // A month too short for the day ends on its last one.
    Deadline calendar_months(int count) {
        using namespace std::chrono;
        line(0, "day 0");
        const year_month_day from{day_};
        const year_month_day to = from + months{count};
        day_ = to.ok() ? local_days{to} : local_days{to.year() / to.month() / last};
        return on_calendar_day(counted(count, "calendar month", "calendar months"));
    }

    // Time outside the opening hours of working days stands still.
    Deadline working_hours(int count) {
        const seconds open{readings_.opening}, close{readings_.close_of_business};
        seconds left = hours{count};
        for (Instant from = start_;; day_ += days{1}) {
            note_coverage();
            const Instant begins = calendar_.at(day_, readings_.opening);
            const Instant ends = calendar_.at(day_, readings_.close_of_business);
            const bool works = calendar_.is_working_day(day_) && open < close;
            if (works && from < ends) {
                const Instant at = std::max(from, begins);
                if (ends - at >= left) {
                    result_.due = at + left;
                    line(0, "the hours end here");
                    break;
                }
                left -= ends - at;
                line(0, "its working hours count");
            } else {
                line(0, works ? "after close" : std::string(off_day()));
            }
            if (result_.trace.lines.size() > longest_walk) return never("opens at no hour");
        }
        result_.trace.reading = counted(count, "working hour", "working hours") + " between " +
                                to_text(readings_.opening) + " and " +
                                to_text(readings_.close_of_business) + " of working days";
        return result_;
    }

    // R-4, the alternative: the same weekday, whatever lies between.
    Deadline same_weekday(int weeks) {
        line(0, "day 0");
        const std::string later = counted(weeks, "week", "weeks") + " later";
        day_ += days{7 * weeks - 1};
        to_next_working_day(later + ", or the next working day", 0);
        return on_last_day("the same weekday " + later, "R-4, the alternative");
    }

    Deadline elapsed(hours count) {
        result_.due = start_ + count;
        const Date last = calendar_.date(*result_.due);
        const std::string whole = counted(static_cast<int>(count.count()), "hour", "hours");
        for (bool first = true; day_ <= last; day_ += days{1}, first = false) {
            std::string why = first ? "day 0" : day_ == last ? whole + " end" : "every hour counts";
            if (first && day_ == last) why += ", " + whole + " end";
            line(0, why + clock_change());
        }
        result_.trace.reading = whole + " through nights, weekends and holidays (R-5)";
        return result_;
    }

    // R-10 and "same working day": the close of the working day it arises on, else of the next.
    Deadline close_of_day(Unit term) {
        note_coverage();
        const bool works = calendar_.is_working_day(day_);
        if (works && start_ < calendar_.at(day_, readings_.close_of_business)) {
            line(0, "day 0");
        } else {
            line(0, works ? "day 0, after close of business" : "day 0, not a working day");
            to_next_working_day("the next working day", 1);
        }
        result_.due = calendar_.at(day_, readings_.close_of_business);
        const bool told = term == Unit::at_once;
        result_.trace.reading =
            told ? "told at once, overdue after " + close() + " (R-10)"
                 : "by " + close() + " of the working day, or of the next (R-10)";
        return result_;
    }

    Deadline never(std::string_view reading) {
        result_.trace.reading = reading;
        return result_;
    }

private:
    void line(int number, std::string why) {
        result_.trace.lines.push_back({day_, number, std::move(why)});
    }

    static constexpr std::size_t longest_walk = 4000;

    std::string off_day() const {
        const bool weekend = calendar_.kind(day_) == Calendar::Day::weekend;
        return std::string(weekend ? weekday_name(day_) : calendar_.holiday(day_));
    }

    bool starts_late() const {
        if (!readings_.late_start) return false;
        return !calendar_.is_working_day(day_) ||
               start_ >= calendar_.at(day_, *readings_.late_start);
    }

    Deadline on_calendar_day(const std::string& term) {
        note_coverage();
        if (calendar_.is_working_day(day_)) {
            line(0, term + " later");
        } else {
            line(0, term + " later, " + off_day());
            to_next_working_day("the next working day", 0);
        }
        result_.due = calendar_.at(day_, readings_.close_of_business);
        result_.trace.reading = term + ", every day counted, due at " + close() +
                                " of that day or of the next working day";
        return result_;
    }

    void note_coverage() {
        if (!calendar_.covers(day_)) result_.beyond_calendar = true;
    }

    void to_next_working_day(const std::string& why, int number) {
        for (day_ += days{1};; day_ += days{1}) {
            note_coverage();
            const Calendar::Day kind = calendar_.kind(day_);
            if (kind == Calendar::Day::working) return line(number, why);
            const bool weekend = kind == Calendar::Day::weekend;
            line(0, std::string(weekend ? weekday_name(day_) : calendar_.holiday(day_)));
        }
    }

    Deadline on_last_day(const std::string& term, std::string_view references) {
        const LocalTime local = calendar_.zone().local(start_);
        const seconds since_midnight = local - LocalTime{std::chrono::floor<days>(local)};
        const bool same_time = readings_.same_clock_time_on_last_day;
        result_.due = same_time ? calendar_.zone().instant(LocalTime{day_} + since_midnight)
                                : calendar_.at(day_, readings_.close_of_business);
        result_.trace.reading = term + ", due at " + (same_time ? "the same clock time" : close()) +
                                " (" + std::string(references) +
                                (same_time ? "; R-3, the alternative)" : ")");
        return result_;
    }

    std::string close() const {
        return "close of business " + to_text(readings_.close_of_business);
    }

    // A day of 23 or 25 hours explains why the clock on the wall reads an hour off.
    std::string clock_change() const {
        const seconds length =
            calendar_.at(day_ + days{1}, TimeOfDay{0}) - calendar_.at(day_, TimeOfDay{0});
        if (length == days{1}) return {};
        return length < days{1} ? ", the clocks go forward" : ", the clocks go back";
    }

    Instant start_;
    const Readings& readings_;
    const Calendar& calendar_;
    Date day_;
    Deadline result_;
};

}  // namespace

Result<Term> parse_term(std::string_view text) {
    for (const PlainUnit& plain : plain_units) {
        if (text == plain.text) return Term{plain.unit, 0};
    }
    const std::size_t space = text.find(' ');
    if (space != std::string_view::npos) {
        const auto count = parse_count(text.substr(0, space));
        const std::string_view word = text.substr(space + 1);
        for (const CountedUnit& unit : counted_units) {
            if (count && (word == unit.one || word == unit.many)) return Term{unit.unit, *count};
        }
    }
    std::string what = "\"";
    what.append(text.substr(0, 40));
    what +=
        "\" is not a time limit; permitted are \"N working days\", \"N working weeks\", "
        "\"N calendar days\", \"N calendar months\", \"N working hours\", "
        "\"N hours\" (N from 1 to 999), \"same working day\", \"at once\", \"by agreement\" and "
        "\"none\"";
    return Error{Code::invalid_input, std::move(what), ""};
}

std::string to_text(const Term& term) {
    for (const CountedUnit& unit : counted_units) {
        if (term.unit == unit.unit) return counted(term.count, unit.one, unit.many);
    }
    for (const PlainUnit& plain : plain_units) {
        if (term.unit == plain.unit) return std::string(plain.text);
    }
    return {};
}

Deadline deadline(const Term& term, Instant start, const Readings& readings,
                  const Calendar& calendar) {
    Count count{term, start, readings, calendar};
    switch (term.unit) {
        case Unit::working_days: return count.working_days(term.count, "R-3");
        case Unit::working_weeks:
            if (readings.week_is_same_weekday) return count.same_weekday(term.count);
            return count.working_days(5 * term.count, "R-3, R-4");
        case Unit::calendar_days: return count.calendar_days(term.count);
        case Unit::calendar_months: return count.calendar_months(term.count);
        case Unit::working_hours: return count.working_hours(term.count);
        case Unit::hours: return count.elapsed(hours{term.count});
        case Unit::same_working_day:
        case Unit::at_once: return count.close_of_day(term.unit);
        case Unit::by_agreement: return count.never("no deadline until one is agreed (R-8)");
        case Unit::none: break;
    }
    return count.never("no deadline");
}

}  // namespace stageclock

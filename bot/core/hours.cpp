// SPDX-License-Identifier: MIT
#include "bot/core/hours.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace stageclock {
namespace {

using std::chrono::days;

constexpr std::string_view outside_word = "outside ";
constexpr days farthest_opening{366};
constexpr std::chrono::hours repeated_hour{1};

constexpr std::array<std::pair<Days, std::string_view>, 5> kinds{{
    {Days::every, "every day"},
    {Days::working, "working days"},
    {Days::non_working, "non-working days"},
    {Days::weekends, "weekends"},
    {Days::holidays, "bank holidays"},
}};

constexpr std::array<std::string_view, 7> weekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};

int weekday_number(std::string_view word) {
    for (std::size_t i = 0; i < weekdays.size(); ++i) {
        if (weekdays.at(i) == word) return static_cast<int>(i) + 1;
    }
    return 0;
}

// The days before the range; false when they are none of the permitted ones.
bool read_days(std::string_view text, Hours& hours) {
    if (text.empty()) return true;
    for (const auto& [kind, words] : kinds) {
        if (words != text) continue;
        hours.days = kind;
        return true;
    }
    constexpr std::string_view joint = " to ";
    const auto between = text.find(joint);
    hours.days = Days::weekdays;
    hours.from_day = weekday_number(text.substr(0, between));
    hours.to_day = between == std::string_view::npos
                       ? hours.from_day
                       : weekday_number(text.substr(between + joint.size()));
    return hours.from_day > 0 && hours.to_day >= hours.from_day;
}

bool read_range(std::string_view text, Hours& hours) {
    if (text.size() != 11 || text[5] != '-') return false;
    const auto from = parse_time_of_day(text.substr(0, 5));
    const auto to = parse_time_of_day(text.substr(6));
    if (!from || !to || *from == *to || *from == TimeOfDay{24 * 60}) return false;
    hours.from = *from;
    hours.to = *to;
    return true;
}

bool begins_on(const Hours& hours, Date day, const Calendar& calendar) {
    const Calendar::Day kind = calendar.kind(day);
    const int number = static_cast<int>(
        std::chrono::weekday(std::chrono::sys_days(day.time_since_epoch())).iso_encoding());
    switch (hours.days) {
        case Days::every: return true;
        case Days::working: return kind == Calendar::Day::working;
        case Days::non_working: return kind != Calendar::Day::working;
        case Days::weekends: return number >= 6;
        case Days::holidays: return !calendar.holiday(day).empty();
        case Days::weekdays: return hours.from_day <= number && number <= hours.to_day;
    }
    return false;
}

}  // namespace

Result<Hours> parse_hours(std::string_view text) {
    Hours hours;
    std::string_view rest = text;
    if (rest.starts_with(outside_word)) {
        hours.outside = true;
        rest.remove_prefix(outside_word.size());
    }
    const auto space = rest.rfind(' ');
    const bool dayless = space == std::string_view::npos;
    const std::string_view range = dayless ? rest : rest.substr(space + 1);
    if (read_days(dayless ? "" : rest.substr(0, space), hours) && read_range(range, hours)) {
        return hours;
    }
    return Error{Code::invalid_input,
                 "\"" + std::string(text.substr(0, 60)) +
                     "\" are no hours. Permitted: \"07:00-21:00\", with \"working days\", "
                     "\"non-working days\", \"weekends\", \"bank holidays\", \"Saturday\" or "
                     "\"Monday to Friday\" before it, and \"outside\" before all.",
                 ""};
}

std::string to_text(const Hours& hours) {
    std::string text(hours.outside ? outside_word : "");
    if (hours.days == Days::weekdays) {
        text += weekdays.at(static_cast<std::size_t>(hours.from_day - 1));
        if (hours.to_day != hours.from_day) {
            text += " to " + std::string(weekdays.at(static_cast<std::size_t>(hours.to_day - 1)));
        }
        text += " ";
    } else if (hours.days != Days::every) {
        for (const auto& [kind, words] : kinds) {
            if (kind == hours.days) text += std::string(words) + " ";
        }
    }
    return text + to_text(hours.from) + "-" + to_text(hours.to);
}

bool holds(const Hours& hours, Instant at, const Calendar& calendar) {
    const LocalTime local = calendar.zone().local(at);
    const Date day = std::chrono::floor<days>(local);
    const auto since = local - LocalTime{day};
    bool inside = false;
    if (hours.from < hours.to) {
        inside = begins_on(hours, day, calendar) && hours.from <= since && since < hours.to;
    } else {
        inside = (begins_on(hours, day, calendar) && hours.from <= since) ||
                 (begins_on(hours, day - days{1}, calendar) && since < hours.to);
    }
    return inside != hours.outside;
}

std::optional<Instant> opening(const std::vector<Hours>& hours, Instant at,
                               const Calendar& calendar) {
    const auto open = [&](Instant moment) {
        return std::any_of(hours.begin(), hours.end(),
                           [&](const Hours& one) { return holds(one, moment, calendar); });
    };
    if (open(at)) return at;
    const Date today = calendar.date(at);
    for (Date day = today; day <= today + farthest_opening; day += days{1}) {
        std::optional<Instant> first;
        for (const Hours& one : hours) {
            for (const TimeOfDay edge : {TimeOfDay{0}, one.from, one.to}) {
                const Instant early = calendar.at(day, edge);
                // A reading that the clock shows twice: the window may open at the second.
                for (const Instant edge_at : {early, early + repeated_hour}) {
                    if (edge_at < at || (first && *first <= edge_at) || !open(edge_at)) continue;
                    first = edge_at;
                }
            }
        }
        if (first) return first;
    }
    return std::nullopt;
}

}  // namespace stageclock

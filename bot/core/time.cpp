// SPDX-License-Identifier: MIT
#include "bot/core/time.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stageclock {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::string padded(long long number, std::size_t width) {
    std::string digits = std::to_string(number);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// Takes exactly `width` digits off the front of `rest`; nullopt when they are not there.
std::optional<int> take_number(std::string_view& rest, std::size_t width) {
    if (rest.size() < width) return std::nullopt;
    int number = 0;
    for (char c : rest.substr(0, width)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    rest.remove_prefix(width);
    return number;
}

bool take(std::string_view& rest, char expected) {
    if (rest.empty() || rest.front() != expected) return false;
    rest.remove_prefix(1);
    return true;
}

std::optional<Date> take_date(std::string_view& rest) {
    const auto year = take_number(rest, 4);
    if (!year || !take(rest, '-')) return std::nullopt;
    const auto month = take_number(rest, 2);
    if (!month || !take(rest, '-')) return std::nullopt;
    const auto day = take_number(rest, 2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return Date{date};
}

// "17:00" with hours up to `last_hour`.
std::optional<minutes> take_hours_minutes(std::string_view& rest, int last_hour) {
    const auto hour = take_number(rest, 2);
    if (!hour || *hour > last_hour || !take(rest, ':')) return std::nullopt;
    const auto minute = take_number(rest, 2);
    if (!minute || *minute > 59) return std::nullopt;
    return hours{*hour} + minutes{*minute};
}

bool drop_fraction(std::string_view& rest) {
    if (!take(rest, '.')) return true;
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    rest.remove_prefix(digits);
    return digits > 0;
}

// "Z" or "+01:00": local time minus this is UTC.
std::optional<minutes> take_offset(std::string_view& rest) {
    if (take(rest, 'Z') || take(rest, 'z')) return minutes{0};
    const bool west = !rest.empty() && rest.front() == '-';
    if (!take(rest, '+') && !take(rest, '-')) return std::nullopt;
    const auto size = take_hours_minutes(rest, 23);
    if (!size) return std::nullopt;
    return west ? -*size : *size;
}

struct WeekdayNames {
    std::string_view brief;
    std::string_view full;
};
constexpr std::array<WeekdayNames, 7> weekdays{{{"Sun", "Sunday"},
                                                {"Mon", "Monday"},
                                                {"Tue", "Tuesday"},
                                                {"Wed", "Wednesday"},
                                                {"Thu", "Thursday"},
                                                {"Fri", "Friday"},
                                                {"Sat", "Saturday"}}};
constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

const WeekdayNames& names_of(Date date) {
    return weekdays[std::chrono::weekday{date}.c_encoding()];
}

}  // namespace

Zone::Zone(std::string name, std::vector<Transition> transitions)
    : name_(std::move(name)), transitions_(std::move(transitions)) {
    if (transitions_.empty()) transitions_.push_back({Instant{}, seconds{0}, "UTC"});
}

Zone Zone::utc() { return Zone{"UTC", {{Instant{}, seconds{0}, "UTC"}}}; }

const Zone::Transition& Zone::in_force(Instant instant) const {
    const auto next = std::upper_bound(
        transitions_.begin(), transitions_.end(), instant,
        [](Instant at, const Transition& transition) { return at < transition.at; });
    return next == transitions_.begin() ? *next : *(next - 1);
}

LocalTime Zone::local(Instant instant) const {
    return LocalTime{instant.time_since_epoch() + in_force(instant).offset};
}

std::string_view Zone::abbreviation(Instant instant) const {
    return in_force(instant).abbreviation;
}

Instant Zone::instant(LocalTime reading) const {
    // No offset is larger than a day, so the answer is at or after what was in force a day before
    // the reading taken as UTC. The first offset that fits gives the earlier of two instants.
    const Instant as_utc{reading.time_since_epoch()};
    const Transition* held = &in_force(as_utc - days{1});
    const Transition* const last = &transitions_.back();
    for (;; ++held) {
        const Instant candidate = as_utc - held->offset;
        if (held == last || candidate < (held + 1)->at) return candidate;
        const Transition& next = *(held + 1);
        if (as_utc - next.offset < next.at) return next.at;  // skipped by the change
    }
}

std::string to_text(Date date) {
    const std::chrono::year_month_day parts{date};
    return padded(static_cast<int>(parts.year()), 4) + "-" +
           padded(static_cast<unsigned>(parts.month()), 2) + "-" +
           padded(static_cast<unsigned>(parts.day()), 2);
}

std::optional<Date> parse_date(std::string_view text) {
    const auto date = take_date(text);
    return text.empty() ? date : std::nullopt;
}

std::string to_text(TimeOfDay time) {
    return padded(time.count() / 60, 2) + ":" + padded(time.count() % 60, 2);
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
    const auto time = take_hours_minutes(text, 24);
    if (!time || !text.empty() || *time > hours{24}) return std::nullopt;
    return time;
}

std::string to_rfc3339(Instant instant) {
    const auto day = std::chrono::floor<days>(instant);
    const auto second = instant - day;
    const auto minute = std::chrono::floor<minutes>(second);
    return to_text(Date{day.time_since_epoch()}) + "T" + to_text(TimeOfDay{minute}) + ":" +
           padded((second - minute).count(), 2) + "Z";
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
    const auto date = take_date(text);
    if (!date || (!take(text, 'T') && !take(text, 't'))) return std::nullopt;
    const auto time = take_hours_minutes(text, 23);
    if (!time || !take(text, ':')) return std::nullopt;
    const auto second = take_number(text, 2);
    if (!second || *second > 59 || !drop_fraction(text)) return std::nullopt;
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    return Instant{date->time_since_epoch()} + *time + seconds{*second} - *offset;
}

std::string to_words(Date date) {
    const std::chrono::year_month_day parts{date};
    return std::string(weekday_name(date)) + " " +
           std::to_string(static_cast<unsigned>(parts.day())) + " " +
           std::string(months[static_cast<unsigned>(parts.month()) - 1]) + " " +
           std::to_string(static_cast<int>(parts.year()));
}

std::string to_words(Instant instant, const Zone& zone) {
    const LocalTime local = zone.local(instant);
    const Date date = std::chrono::floor<days>(local);
    std::string words =
        to_words(date) + " at " + to_text(std::chrono::floor<minutes>(local - LocalTime{date}));
    const auto shift_around =
        zone.local(instant + days{1}) - zone.local(instant - days{1}) - days{2};
    if (shift_around != seconds{0}) words.append(" ").append(zone.abbreviation(instant));
    return words;
}

std::string_view weekday_short(Date date) { return names_of(date).brief; }
std::string_view weekday_name(Date date) { return names_of(date).full; }

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "bot/core/check_week.h"

#include <algorithm>
#include <array>
#include <set>

namespace stageclock::checking {
namespace {

using std::chrono::days;

constexpr TimeOfDay midnight{24 * 60};
constexpr std::array<const char*, 9> names{"Monday",   "Tuesday",       "Wednesday",
                                           "Thursday", "Friday",        "Saturday",
                                           "Sunday",   "bank holidays", "the day after"};
constexpr int bank_holiday = 7, day_after = 8;

// A Monday, with no holiday of the sample near it.
constexpr Date first_monday = Date{days{0}} + days{4};

// The plain week, then the next one's Wednesday and Thursday.
Date date_of(int day) { return first_monday + days{day < bank_holiday ? day : day + 2}; }

const Calendar& sample_calendar() {
    static const Calendar calendar(Zone::utc(), "sample", first_monday - days{7},
                                   first_monday + days{28},
                                   {{date_of(bank_holiday), "a bank holiday"}});
    return calendar;
}

}  // namespace

Week Week::both(const Week& other) const {
    Week made(slices_, on_);
    for (std::size_t i = 0; i < made.on_.size(); ++i) made.on_[i] = on_[i] && other.on_[i];
    return made;
}

Week Week::either(const Week& other) const {
    if (slices_ == nullptr) return other;
    Week made(slices_, on_);
    for (std::size_t i = 0; i < made.on_.size(); ++i) made.on_[i] = on_[i] || other.on_[i];
    return made;
}

Week Week::others() const {
    Week made(slices_, on_);
    made.on_.flip();
    return made;
}

// "00:00-09:00 and 17:00-24:00"; empty: at no time of this day.
std::string Week::words_of(int day) const {
    std::string text;
    TimeOfDay from = midnight, to{0};
    const auto flush = [&] {
        if (from >= to) return;
        text += (text.empty() ? "" : " and ") + to_text(from) + "-" + to_text(to);
        from = midnight;
    };
    for (std::size_t i = 0; i < on_.size(); ++i) {
        const Slice& slice = (*slices_)[i];
        if (slice.day != day) continue;
        if (!on_[i]) {
            flush();
            to = TimeOfDay{0};
            continue;
        }
        from = std::min(from, slice.from);
        to = slice.to;
    }
    flush();
    return text;
}

std::string Week::words() const {
    constexpr std::size_t thursday = 3, friday = 4, saturday = 5, sunday = 6;
    std::array<std::string, names.size()> hours;
    for (std::size_t day = 0; day < hours.size(); ++day) {
        hours.at(day) = words_of(static_cast<int>(day));
    }
    const auto alike = [&](std::size_t from, std::size_t to) {
        return std::all_of(hours.begin() + static_cast<std::ptrdiff_t>(from),
                           hours.begin() + static_cast<std::ptrdiff_t>(to) + 1,
                           [&](const std::string& text) { return text == hours.at(from); });
    };
    std::string text;
    const auto say = [&](const std::string& which, const std::string& when) {
        if (!when.empty()) text += (text.empty() ? "" : ", ") + which + " " + when;
    };
    if (alike(0, bank_holiday)) {
        say("every day", hours.front());
    } else {
        for (std::size_t day = 0, last = 0; day <= friday; day = last + 1) {
            for (last = day; last < friday && alike(day, last + 1);) ++last;
            std::string span = names.at(day);
            if (last > day) span += std::string(" to ") + names.at(last);
            say(day == 0 && last == friday ? "working days" : span, hours.at(day));
        }
        if (alike(saturday, bank_holiday)) {
            say("non-working days", hours.at(saturday));
        } else {
            const bool weekend = alike(saturday, sunday);
            say(weekend ? "weekends" : names.at(saturday), hours.at(saturday));
            if (!weekend) say(names.at(sunday), hours.at(sunday));
            say(names.at(bank_holiday), hours.at(bank_holiday));
        }
    }
    if (hours.at(day_after) != hours.at(thursday)) {
        say("the day after a bank holiday", hours.at(day_after));
    }
    return text;
}

SampleWeek::SampleWeek(const std::vector<Hours>& hours) {
    std::set<TimeOfDay> cuts{TimeOfDay{0}, midnight};
    for (const Hours& one : hours) {
        cuts.insert(one.from);
        cuts.insert(one.to);
    }
    for (int day = 0; day < static_cast<int>(names.size()); ++day) {
        for (auto cut = cuts.begin(); std::next(cut) != cuts.end(); ++cut) {
            slices_.push_back({day, *cut, *std::next(cut)});
        }
    }
}

Week SampleWeek::when(const std::vector<Hours>& hours, const std::vector<Hours>& except) const {
    std::vector<bool> on;
    for (const Slice& slice : slices_) {
        const Instant at = sample_calendar().at(date_of(slice.day), slice.from);
        const auto now = [&](const Hours& one) { return holds(one, at, sample_calendar()); };
        const bool counts = hours.empty() || std::any_of(hours.begin(), hours.end(), now);
        on.push_back(counts && std::none_of(except.begin(), except.end(), now));
    }
    return {&slices_, std::move(on)};
}

}  // namespace stageclock::checking

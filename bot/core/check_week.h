// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/hours.h"

namespace stageclock::checking {

// A day of the sample week, cut at the hours something changes.
struct Slice {
    int day = 0;  // 0 = Monday ... 6 = Sunday, 7 = a bank holiday, 8 = the day after one
    TimeOfDay from{0};
    TimeOfDay to{0};
};

// The minutes of a sample week at which something holds. All weeks made from one SampleWeek can be
// compared; one made from none holds never.
class Week {
public:
    Week() = default;
    Week(const std::vector<Slice>* slices, std::vector<bool> on)
        : slices_(slices), on_(std::move(on)) {}

    Week both(const Week& other) const;
    Week either(const Week& other) const;
    Week others() const;  // all other minutes
    // "working days 00:00-09:00 and 17:00-24:00, non-working days 00:00-24:00"; empty: never.
    std::string words() const;

private:
    std::string words_of(int day) const;

    const std::vector<Slice>* slices_ = nullptr;
    std::vector<bool> on_;
};

// Seven plain days, a bank holiday on a Wednesday and the day after it, cut wherever one of `hours`
// begins or ends: between two cuts nothing changes, so that one look at each slice is a look at
// each of its minutes. Must outlive the weeks made from it.
class SampleWeek {
public:
    explicit SampleWeek(const std::vector<Hours>& hours);

    // When a row of these hours counts; none: always.
    Week when(const std::vector<Hours>& hours, const std::vector<Hours>& except) const;

private:
    std::vector<Slice> slices_;
};

}  // namespace stageclock::checking

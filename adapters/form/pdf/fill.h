// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "adapters/form/pdf/prepared.h"

namespace stageclock::pdf {

// What differs from case to case, clean and within the limits.
struct Filling {
    std::string reference;
    std::string subtitle;
    std::string mark;  // empty: the form was prepared without
    std::string made;  // RFC 3339
    Values values;     // as they are drawn
    Values whole;      // those that are too long to be drawn whole, as they are kept
};

// The line beside the reference; nothing when it is too long for one.
std::optional<Text> subtitle_line(Shaper& shaper, const Filling& filling);

// The file; nothing when a value does not fit its box, so that the form has to be prepared with
// boxes of another height. `certain`: it has been prepared with these values.
std::optional<std::string> fill(const Prepared& form, const Filling& filling, bool certain);

}  // namespace stageclock::pdf

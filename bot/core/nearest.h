// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stageclock {

// How many single letters must be put in, left out, changed, or swapped with their neighbour to
// make `a` into `b`; ASCII letter case is ignored.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to `text`, for "did you mean": the first of the nearest ones, and only when
// at most a third of its letters are wrong. Empty when none is close, or `text` is absurdly long.
std::string nearest(std::string_view text, const std::vector<std::string>& candidates);

}  // namespace stageclock

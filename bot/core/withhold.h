// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

// Small numbers in tables that are handed round: which figures may be shown, so that none of the
// small ones can be worked out from the others.
namespace stageclock {

// One figure of a table on its way to print. The sums of a table tie its figures together like the
// water in pipes: at every joint what flows in flows out. A total flows into the joint from which
// its parts flow; joint 0 is the world outside, where all begins and ends. Every figure is a pipe.
struct Flow {
    long value = 0;
    std::size_t from = 0;
    std::size_t to = 0;
    bool always = false;  // shown whatever it is: a number of cases that is known anyway
    int level = 0;        // of a sum of sums: the higher, the rather others are withheld
    enum class Mark { shown, small, withheld };
    Mark mark = Mark::shown;
};

// Marks figures from 1 to `below` - 1 as small, and others as withheld (as small ones as will do),
// until every marked one is open to doubt: somebody who knows all that is shown, which sums hold
// and how figures are marked still finds two values or more for each. `below` 0: all are shown;
// else at least 3 ("fewer than 2" would be 1).
void withhold_small(std::vector<Flow>& flows, long below);

// True when a marked figure could have another value, given everything shown (see above).
bool open_to_doubt(const std::vector<Flow>& flows, std::size_t which, long below);

}  // namespace stageclock

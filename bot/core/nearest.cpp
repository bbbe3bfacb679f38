// SPDX-License-Identifier: MIT
#include "bot/core/nearest.h"

#include <algorithm>

namespace stageclock {
namespace {

// Whoever writes more than this did not mistype a name; it also bounds the work.
constexpr std::size_t longest_name = 120;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

// The optimal string alignment distance, row by row; `before` and `above` are the two last rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(before, above);
        std::swap(above, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
            const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                                 lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::string nearest(std::string_view text, const std::vector<std::string>& candidates) {
    if (text.empty() || text.size() > longest_name) return {};
    const std::string* best = nullptr;
    std::size_t best_distance = 0;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > longest_name) continue;
        const std::size_t distance = edit_distance(text, candidate);
        const std::size_t longer = std::max(text.size(), candidate.size());
        if (distance * 3 > longer) continue;
        if (!best || distance < best_distance) {
            best = &candidate;
            best_distance = distance;
        }
    }
    return best ? *best : std::string{};
}

}  // namespace stageclock

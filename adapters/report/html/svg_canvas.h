// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "adapters/report/plot/plots.h"

namespace stageclock::report {

// Text as it stands between tags or in an attribute in double quotes.
std::string escaped(std::string_view text);

// The plot as one <svg> element with a title and a description; `id` makes their ids unique.
std::string svg_of(const Plot& plot, const std::string& id);

}  // namespace stageclock::report

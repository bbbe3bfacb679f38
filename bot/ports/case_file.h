// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "bot/ports/store.h"

namespace stageclock {

// Everything a store holds about one case, as it stood at one moment.
struct CaseFile {
    Case the_case;
    std::vector<Event> events;
    std::vector<NoticeRow> notices;
};

}  // namespace stageclock

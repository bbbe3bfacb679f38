// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "bot/core/result.h"

namespace stageclock {

// Puts `bytes` in the file, in the place of what was there, in one step, for its owner alone (mode
// 0600): after done() they are on the disk, whatever happens to the machine; before, the file is
// what it was. Its folder is made when it is missing (mode 0700). Not for two writers of one file
// at a time. Error: Code::unavailable, with the path.
Done write_durably(const std::string& path, std::string_view bytes);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "adapters/form/pdf/prepared.h"

namespace stageclock::pdf {

// Writes what the document says about itself: title, subject, language, time, for old readers and
// as XMP. `made`: RFC 3339 in UTC.
void describe(Objects& objects, const Prepared& form, const std::string& subject,
              const std::string& made);

}  // namespace stageclock::pdf

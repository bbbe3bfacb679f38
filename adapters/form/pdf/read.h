// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "bot/core/result.h"
#include "bot/ports/form_reader.h"

namespace stageclock::pdf {

// A PDF begins within its first kilobyte.
bool knows(std::string_view bytes);

// The fields of a PDF with an AcroForm, whoever made it. See FormReader::read.
Result<FilledForm> read(std::string_view bytes);

}  // namespace stageclock::pdf

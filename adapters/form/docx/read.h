// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "bot/ports/form_reader.h"

// The Word half of FormReader (bot/ports/form_reader.h), whose contract both functions keep.
// Thread-safe.
namespace stageclock::docx {

// An archive, or a file of an older kind, in which a Word file with a password is wrapped.
bool knows(std::string_view bytes);

// The values of the content controls, by name (controls.h). Of several of one name the first that
// is filled in counts.
Result<FilledForm> read(std::string_view bytes);

}  // namespace stageclock::docx

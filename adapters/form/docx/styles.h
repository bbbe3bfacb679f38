// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace stageclock::docx {

// word/styles.xml of a form in this language (BCP 47).
std::string styles(const std::string& language);

}  // namespace stageclock::docx

// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "bot/core/form_layout.h"
#include "bot/ports/form_renderer.h"

namespace stageclock::docx {

// word/document.xml of a form: each field a content control whose tag is the id of its value. The
// values are clean and within the limits.
std::string document(const FormLayout& layout, const FormValues& values);

// The last paragraph of a form that is sent out: its mark, in a control that cannot be changed.
std::string mark_paragraph(const FormLayout& layout, const std::string& mark, int number);

}  // namespace stageclock::docx

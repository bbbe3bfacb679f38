// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "adapters/form/pdf/fill.h"
#include "bot/core/form_layout.h"
#include "bot/core/result.h"

namespace stageclock::pdf {

// A board's own form: a PDF with fields that somebody else made.
struct OwnPdf {
    std::string bytes;
    std::vector<std::string> gaps;  // sentences: what is left empty, no reason to stop
};

// Reads FormLayout::own.pdf and compares it with the map. The error has a line for each problem:
// "own.pdf: the map names the field "Name1", which the file does not have".
Result<OwnPdf> load_own(const FormLayout& layout);

// The file with the values in its fields, drawn by us. What does not fit a box is in the field
// whole. Throws when the file cannot be written.
std::string fill_own(const OwnPdf& own, const FormLayout& layout, const Filling& filling);

}  // namespace stageclock::pdf

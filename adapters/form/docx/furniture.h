// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "adapters/form/docx/archive.h"
#include "bot/core/form_layout.h"
#include "bot/ports/form_renderer.h"

// Every part of a form in Word but its document: what Word needs to know how it looks, and what it
// is.
namespace stageclock::docx {

// The parts that are the same for every form of a layout, in the order of the archive; those that
// differ are there too, empty.
std::vector<Part> furniture(const FormLayout& layout);

// The parts that differ, without the document: header, and what the file says of itself.
std::vector<Part> particulars(const FormLayout& layout, const FormValues& values);

constexpr const char* document_part = "word/document.xml";

}  // namespace stageclock::docx

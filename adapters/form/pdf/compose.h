// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/form/layout/layouts.h"
#include "adapters/form/pdf/sheet.h"

namespace stageclock::pdf {

using Values = std::map<std::string, std::string>;  // by id; clean and within the limits

// The line of the reference and what is said beside it, drawn under the name "Subtitle".
constexpr double subtitle_height = 12;

// Lays a form out on the sheet. Values are not drawn: their lines say how high boxes must be.
// `subtitle`: empty where the line is drawn under its name, else what is printed instead, because
// it is too long for a line.
//
// Where pages break: a heading stays with what follows it, short fields stay whole, two fields
// side by side stay together; a long text flows on, its label repeated on each further page.
void compose(const FormLayout& layout, const Values& values, const std::string& subtitle,
             Sheet& sheet);

// Who holds the post a form returns to, on a line of its own: printed, no field.
std::string return_person(const FormLayout& layout, const Values& values);

}  // namespace stageclock::pdf

// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/form/layout/layouts.h"
#include "adapters/form/pdf/sheet.h"
#include "bot/ports/form_renderer.h"

namespace stageclock::pdf {

// Lays a form out on the sheet. `values` are clean and within the limits.
//
// Where pages break: a heading stays with what follows it, short fields stay whole, two fields
// side by side stay together; a long text flows on, its label repeated on each further page.
void compose(const FormLayout& layout, const FormValues& values, Sheet& sheet);

}  // namespace stageclock::pdf

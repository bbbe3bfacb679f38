// SPDX-License-Identifier: MIT
#pragma once

#include "bot/core/form_layout.h"
#include "bot/core/result.h"
#include "bot/ports/form_renderer.h"

namespace stageclock::forms {

// A value the layout does not show is fine when the daemon offers it to every layout; any other id
// is a mistake. A reference fits the corner of a page.
Done check_values(const FormLayout& layout, const FormValues& values);

// The values made fit for paper: clean, and within the limits; what is longer is cut with the
// layout's sentence that says so.
FormValues fit_for_paper(const FormValues& values, const FormLayout& layout);

// The first value of its id; empty when there is none.
const std::string& value_of(const FormValues& values, const std::string& id);

// "Robin Example, robin@example.org": the values that follow the return notice, and whether there
// is a notice at all.
std::string return_person(const FormLayout& layout, const FormValues& values);
bool has_return_notice(const FormLayout& layout, const FormValues& values);

}  // namespace stageclock::forms

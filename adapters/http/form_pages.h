// SPDX-License-Identifier: MIT
#pragma once

#include "adapters/http/link_pages.h"

// "/f/SEAL": what was read in a form that came back, for its sender to confirm.
namespace stageclock::front {

// The values of the choices on the page.
constexpr std::string_view form_is_right = "record";
constexpr std::string_view form_resolves = "resolve";
constexpr std::string_view form_is_wrong = "wrong";

Response form_page(const Setting& setting, const FormPage& page, const LinkForm& form,
                   int status = 200);
Response form_answered_page(const Setting& setting, const FormAnswered& answered);

}  // namespace stageclock::front

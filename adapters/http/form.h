// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "adapters/http/exchange.h"

namespace stageclock::front {

inline constexpr std::string_view form_type = "application/x-www-form-urlencoded";

// The fields of a form's body, decoded (WHATWG URL, application/x-www-form-urlencoded); of two
// fields of a name the last one.
using FormFields = std::map<std::string, std::string, std::less<>>;
FormFields form_fields(std::string_view body);
// Empty when it was not sent.
std::string field_of(const FormFields& fields, std::string_view name);

// True when the browser says that a page of another site sent this.
bool is_from_elsewhere(const Request& request);

}  // namespace stageclock::front

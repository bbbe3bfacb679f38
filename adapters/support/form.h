// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

// Bodies of HTML forms (WHATWG URL, application/x-www-form-urlencoded). Pure functions.
namespace stageclock::form {

inline constexpr std::string_view media_type = "application/x-www-form-urlencoded";

// The fields of a body, decoded; of two fields of a name the last one.
using Fields = std::map<std::string, std::string, std::less<>>;
Fields fields_of(std::string_view body);
// Empty when it was not sent.
std::string field_of(const Fields& fields, std::string_view name);

}  // namespace stageclock::form

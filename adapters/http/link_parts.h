// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "adapters/http/link_pages.h"

// What the pages behind the links in our mails are put together from. All text is escaped.
namespace stageclock::front::link_parts {

Response link_page(const Setting& setting, int status, std::string_view title, Html& html);

// A row of a <dl>; nothing when it has no value.
void fact(Html& html, std::string_view name, std::string_view value);
void sentence(Html& html, std::string_view text);
void list(Html& html, const std::vector<std::string>& lines);
// What is wrong with the form that was sent; nothing when it was not.
void summary(Html& html, const LinkForm& form);
// The tag, with where it goes and what proves that it is ours.
void open_form(Html& html, const LinkForm& form);

}  // namespace stageclock::front::link_parts

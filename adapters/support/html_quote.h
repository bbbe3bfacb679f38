// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace stageclock::mail {

// What an element is to a quotation.
enum class Container {
    none,
    element,  // it holds a quotation or a signature
    rest      // a quotation begins with it and takes the rest of the mail
};
// Tells the elements mail programs quote in by their id, class and style. `name` in lower case,
// `attributes` as they stand in the tag.
Container container_of(std::string_view name, std::string_view attributes);

}  // namespace stageclock::mail

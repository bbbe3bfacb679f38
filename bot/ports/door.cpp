// SPDX-License-Identifier: MIT
#include "bot/ports/door.h"

#include <algorithm>

namespace stageclock::front {

const std::string* Request::header(std::string_view lower_case_name) const {
    const std::string* found = nullptr;
    for (const Header& header : headers) {
        if (header.name != lower_case_name) continue;
        if (found != nullptr) return nullptr;
        found = &header.value;
    }
    return found;
}

bool Request::has(std::string_view lower_case_name) const {
    return std::any_of(headers.begin(), headers.end(),
                       [&](const Header& header) { return header.name == lower_case_name; });
}

std::string Request::media_type() const {
    const std::string* value = header("content-type");
    if (value == nullptr) return {};
    std::string type = value->substr(0, value->find(';'));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return type;
}

}  // namespace stageclock::front

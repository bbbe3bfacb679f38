// SPDX-License-Identifier: MIT
#include "adapters/support/form.h"

#include <algorithm>
#include <charconv>

namespace stageclock::form {
namespace {

// One value of a form body, decoded (WHATWG URL, application/x-www-form-urlencoded).
std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned int byte = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr ==
                text.data() + i + 3) {
            out += static_cast<char>(byte);
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

}  // namespace

Fields fields_of(std::string_view body) {
    Fields fields;
    while (!body.empty()) {
        const std::string_view pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(pair.size() + 1, body.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        fields[decoded(pair.substr(0, equals))] =
            decoded(pair.substr(std::min(equals + 1, pair.size())));
    }
    return fields;
}

std::string field_of(const Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

}  // namespace stageclock::form

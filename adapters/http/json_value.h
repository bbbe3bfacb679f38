// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "bot/core/result.h"

namespace stageclock::front {

// A JSON value as far as webhooks need it. Numbers are known to be numbers, no more: no field of
// ours is one, and none is silently rounded.
class JsonValue {
public:
    struct Number {};
    using Array = std::vector<JsonValue>;
    using Object = std::vector<std::pair<std::string, JsonValue>>;  // in order, keys unique
    std::variant<std::monostate, bool, Number, std::string, Array, Object> held;

    const std::string* text() const { return std::get_if<std::string>(&held); }
    const bool* yes() const { return std::get_if<bool>(&held); }
    const Array* array() const { return std::get_if<Array>(&held); }
    const Object* object() const { return std::get_if<Object>(&held); }
    bool null() const { return std::holds_alternative<std::monostate>(held); }
    // "a string", "a list", ...: for error texts.
    std::string_view kind() const;
};

// Strict reading: RFC 8259, valid UTF-8, no key twice in one object, at most 32 levels and 4096
// values. The error names line and column, or in `where` the JSON pointer; it quotes no content.
Result<JsonValue> parse_json(std::string_view text);

// One step of a JSON pointer (RFC 6901, section 3): "/" and the escaped key.
std::string pointer_step(std::string_view key);

}  // namespace stageclock::front

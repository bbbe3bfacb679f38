// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/exchange.h"
#include "adapters/http/json_value.h"
#include "bot/core/time.h"

namespace stageclock::front {

// How the text of a field must look.
enum class Text {
    line,   // one line, no control characters
    prose,  // line breaks and tabs too
    email   // one address (bot/core/directory.h)
};

// Reads the members of one object, and notes everything that is wrong with them: a wrong type, a
// missing or overlong text, in the end every member nobody asked for, with the nearest known name.
// A member that is null counts as absent. Error texts quote keys' places, never values.
class Fields {
public:
    // `value` may be nullptr: then nothing is there, and nothing is noted but missing members.
    Fields(const JsonValue* value, std::string pointer, std::vector<FieldProblem>& problems);

    bool present() const { return object_ != nullptr; }
    const std::string& pointer() const { return pointer_; }

    std::string required(std::string_view name, std::size_t most, Text kind = Text::line);
    std::string optional(std::string_view name, std::size_t most, Text kind = Text::line);
    bool yes(std::string_view name);
    std::optional<Instant> instant(std::string_view name, bool required);
    // The members of an object below this one.
    Fields inner(std::string_view name, bool required);
    // The elements of a list, each an object; at most `most`.
    std::vector<Fields> list(std::string_view name, std::size_t most);
    // A list of single words; at most `most`, each of at most `bytes`.
    std::vector<std::string> words(std::string_view name, std::size_t most, std::size_t bytes);
    void note(std::string_view name, std::string detail);
    // To be called last: notes the members nobody asked for.
    void no_others();

private:
    const JsonValue* find(std::string_view name);
    std::string text(std::string_view name, std::size_t most, Text kind, bool required);

    const JsonValue::Object* object_ = nullptr;
    std::string pointer_;
    std::vector<FieldProblem>* problems_;
    std::vector<std::string> asked_;
};

// What is wrong with a text; empty when nothing is.
std::string fault_of(std::string_view text, std::size_t most, Text kind);

}  // namespace stageclock::front

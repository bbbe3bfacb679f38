// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace stageclock {

// What kind of thing went wrong: callers branch on this, never on text.
enum class Code {
    invalid_input,  // the caller gave something we do not accept
    not_found,      // the named thing does not exist
    conflict,       // somebody else changed it first, or an id was used for something else
    unavailable,    // the world is in the way (disk full, locked, network): try again later
    refused,        // understood, and not permitted
    internal        // our fault
};

// An error for people: what is wrong, and where (file:line:field, a JSON pointer, an object id).
// Neither may hold a secret, a person's name or free text of a case.
struct Error {
    Code code{};
    std::string what;
    std::string where;
};

// A value or an Error. The names are those of std::expected, so that it can become an alias for
// it once the compiler has one.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return held_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& operator*() & { return std::get<0>(held_); }
    const T& operator*() const& { return std::get<0>(held_); }
    T&& operator*() && { return std::get<0>(std::move(held_)); }
    T* operator->() { return &std::get<0>(held_); }
    const T* operator->() const { return &std::get<0>(held_); }

    const Error& error() const { return std::get<1>(held_); }

private:
    std::variant<T, Error> held_;
};

// The result of something that has no value to give.
using Done = Result<std::monostate>;
inline Done done() { return std::monostate{}; }

}  // namespace stageclock

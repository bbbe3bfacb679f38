// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace stageclock::simulate {

// A JSON value that keeps the order in which its members were set: what we print stays the same
// from one run to the next.
class Json {
public:
    using List = std::vector<Json>;
    using Members = std::vector<std::pair<std::string, Json>>;

    Json() = default;  // null
    Json(bool value) : held_(value) {}
    Json(int value) : held_(value) {}
    Json(const char* value) : held_(std::string(value)) {}
    Json(std::string_view value) : held_(std::string(value)) {}
    Json(std::string value) : held_(std::move(value)) {}
    Json(List value) : held_(std::move(value)) {}
    Json(const std::vector<std::string>& values);
    static Json object() { return Json(Members{}); }

    // The member of an object, added when it is new.
    Json& operator[](std::string_view name);
    void push_back(Json value);

    // With two blanks for each depth; ends with a line end.
    std::string print() const;
    // On one line; ends with a line end.
    std::string print_line() const;

private:
    explicit Json(Members members) : held_(std::move(members)) {}
    void print_to(std::string& text, std::size_t depth) const;

    std::variant<std::monostate, bool, int, std::string, List, Members> held_;
};

// [make(item) for each item].
template <class Items, class Make>
Json list_of(const Items& items, Make make) {
    Json::List list;
    for (const auto& item : items) list.push_back(make(item));
    return Json(std::move(list));
}

}  // namespace stageclock::simulate

// SPDX-License-Identifier: MIT
#include "adapters/http/json_value.h"

#include <algorithm>
#include <cstdint>

#include <nlohmann/json.hpp>

#include "adapters/http/limits.h"

namespace stageclock::front {
namespace {

using nlohmann::json;

// Builds the tree from the parser's events, and stops it at the first thing that is not permitted.
// Events rather than nlohmann's own tree: its parser keeps the last of two equal keys and knows no
// depth.
class Builder {
public:
    bool null() { return add(std::monostate{}); }
    bool boolean(bool yes) { return add(yes); }
    bool number_integer(std::int64_t) { return add(JsonValue::Number{}); }
    bool number_unsigned(std::uint64_t) { return add(JsonValue::Number{}); }
    bool number_float(double, const std::string&) { return add(JsonValue::Number{}); }
    bool string(std::string& text) { return add(std::move(text)); }
    bool binary(std::vector<std::uint8_t>&) { return false; }
    bool start_object(std::size_t) { return open(JsonValue::Object{}); }
    bool start_array(std::size_t) { return open(JsonValue::Array{}); }
    bool end_object() { return shut(); }
    bool end_array() { return shut(); }

    bool key(std::string& name) {
        auto& members = std::get<JsonValue::Object>(open_.back()->held);
        const bool twice = std::any_of(members.begin(), members.end(),
                                       [&](const auto& member) { return member.first == name; });
        if (twice) return stop("this key is written twice", pointer() + pointer_step(name));
        members.emplace_back(std::move(name), JsonValue{});
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const json::exception&) {
        syntax_error_at = position;
        return false;
    }

    JsonValue root;
    Error error{Code::invalid_input, "", ""};
    std::size_t syntax_error_at = 0;

private:
    template <class Held>
    bool add(Held held) {
        JsonValue* value = next();
        if (value == nullptr) return false;
        value->held = std::move(held);
        return true;
    }

    template <class Container>
    bool open(Container container) {
        if (open_.size() >= limits::json_depth) {
            return stop("nested more than 32 levels deep", pointer());
        }
        JsonValue* value = next();
        if (value == nullptr) return false;
        value->held = std::move(container);
        open_.push_back(value);
        return true;
    }

    bool shut() {
        open_.pop_back();
        return true;
    }

    // The place of the next value; nullptr when there are too many. Pointers stay good: a container
    // grows only while it is the innermost open one.
    JsonValue* next() {
        if (++count_ > limits::json_values) {
            stop("more than 4096 values", pointer());
            return nullptr;
        }
        if (open_.empty()) return &root;
        auto& held = open_.back()->held;
        if (auto* list = std::get_if<JsonValue::Array>(&held)) return &list->emplace_back();
        return &std::get<JsonValue::Object>(held).back().second;
    }

    // Where the innermost open container is.
    std::string pointer() const {
        std::string text;
        for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
            if (const auto* list = open_[i]->array()) {
                text.append("/").append(std::to_string(list->size() - 1));
            } else {
                text += pointer_step(open_[i]->object()->back().first);
            }
        }
        return text;
    }

    bool stop(const char* what, std::string where) {
        error.what = what;
        error.where = std::move(where);
        return false;
    }

    std::vector<JsonValue*> open_;
    std::size_t count_ = 0;
};

std::string line_and_column(std::string_view text, std::size_t position) {
    // The parser counts the byte it could not take as read.
    const std::string_view before = text.substr(0, position > 0 ? position - 1 : 0);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t last = before.rfind('\n');
    const std::size_t column = last == before.npos ? before.size() + 1 : before.size() - last;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

std::string_view JsonValue::kind() const {
    constexpr std::string_view names[] = {"null",     "true or false", "a number",
                                          "a string", "a list",        "an object"};
    return names[held.index()];
}

Result<JsonValue> parse_json(std::string_view text) {
    Builder builder;
    try {
        if (json::sax_parse(text.begin(), text.end(), &builder)) return std::move(builder.root);
    } catch (const json::exception&) {
        return Error{Code::invalid_input, "this is not JSON that can be read", ""};
    }
    if (!builder.error.what.empty()) return builder.error;
    return Error{Code::invalid_input,
                 "not valid JSON in UTF-8 at " + line_and_column(text, builder.syntax_error_at),
                 ""};
}

std::string pointer_step(std::string_view key) {
    std::string step = "/";
    for (const char c : key) {
        if (c == '~') {
            step += "~0";
        } else if (c == '/') {
            step += "~1";
        } else {
            step += c;
        }
    }
    return step;
}

}  // namespace stageclock::front

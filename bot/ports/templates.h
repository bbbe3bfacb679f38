// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "bot/core/result.h"

namespace stageclock {

// What a template sees: text, yes/no, lists and named parts. templates/README.md lists the names.
class Model {
public:
    using List = std::vector<Model>;
    using Parts = std::map<std::string, Model, std::less<>>;

    Model() : held_(Parts{}) {}
    Model(std::string text) : held_(std::move(text)) {}
    Model(std::string_view text) : held_(std::string(text)) {}
    Model(const char* text) : held_(std::string(text)) {}
    Model(bool yes) : held_(yes) {}
    Model(List list) : held_(std::move(list)) {}
    Model(Parts parts) : held_(std::move(parts)) {}

    const std::string* text() const { return std::get_if<std::string>(&held_); }
    const bool* yes() const { return std::get_if<bool>(&held_); }
    const List* list() const { return std::get_if<List>(&held_); }
    const Parts* parts() const { return std::get_if<Parts>(&held_); }
    // Makes this a set of parts if it is none, and gives the part of that name.
    Model& operator[](std::string_view name) {
        if (!std::holds_alternative<Parts>(held_)) held_ = Parts{};
        return std::get<Parts>(held_)[std::string(name)];
    }

private:
    std::variant<std::string, bool, List, Parts> held_;
};

// Turns a model into text. Templates are read and compiled once; thread-safe afterwards.
class Templates {
public:
    virtual ~Templates() = default;

    // `name` is a path below templates/ ("email/stage-entered.txt"). HTML templates (".html")
    // escape, all others do not. Strict: a name the model does not have is an error that says so.
    // An empty text counts as absent in a section.
    virtual Result<std::string> render(std::string_view name, const Model& model) const = 0;
    virtual bool has(std::string_view name) const = 0;
    // Every template there is, "email/stage-entered.txt", by name.
    virtual std::vector<std::string> names() const = 0;

    // A JSON template (".json"): parsed first, then each string value rendered by itself, so that
    // no value can break out of its place. An object with "$when": "name" is left out unless that
    // part of the model is present and not empty or false; one with "$each": "list" is repeated.
    virtual Result<std::string> render_json(std::string_view name, const Model& model) const = 0;
};

}  // namespace stageclock

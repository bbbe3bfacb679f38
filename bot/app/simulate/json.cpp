// SPDX-License-Identifier: MIT
#include "bot/app/simulate/json.h"

#include <nlohmann/json.hpp>

namespace stageclock::simulate {
namespace {

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void new_line(std::string& text, std::size_t depth) { text.append("\n").append(2 * depth, ' '); }

}  // namespace

Json::Json(const std::vector<std::string>& values) : held_(List(values.begin(), values.end())) {}

Json& Json::operator[](std::string_view name) {
    auto& members = std::get<Members>(held_);
    for (auto& [known, value] : members) {
        if (known == name) return value;
    }
    members.emplace_back(std::string(name), Json());
    return members.back().second;
}

void Json::push_back(Json value) { std::get<List>(held_).push_back(std::move(value)); }

std::string Json::print() const {
    std::string text;
    print_to(text, 0);
    return text + "\n";
}

std::string Json::print_line() const {
    // Line ends within words are escaped: every other one, with its blanks, is ours.
    const std::string printed = print();
    std::string line;
    for (std::size_t i = 0; i < printed.size(); ++i) {
        if (printed[i] == '\n') {
            while (i + 1 < printed.size() && printed[i + 1] == ' ') ++i;
        } else {
            line += printed[i];
        }
    }
    return line + "\n";
}

void Json::print_to(std::string& text, std::size_t depth) const {
    if (const auto* flag = std::get_if<bool>(&held_)) {
        text += *flag ? "true" : "false";
    } else if (const auto* number = std::get_if<int>(&held_)) {
        text += std::to_string(*number);
    } else if (const auto* words = std::get_if<std::string>(&held_)) {
        text += quoted(*words);
    } else if (const auto* list = std::get_if<List>(&held_)) {
        text += '[';
        for (std::size_t i = 0; i < list->size(); ++i) {
            if (i > 0) text += ',';
            new_line(text, depth + 1);
            (*list)[i].print_to(text, depth + 1);
        }
        if (!list->empty()) new_line(text, depth);
        text += ']';
    } else if (const auto* members = std::get_if<Members>(&held_)) {
        text += '{';
        for (std::size_t i = 0; i < members->size(); ++i) {
            if (i > 0) text += ',';
            new_line(text, depth + 1);
            text += quoted((*members)[i].first) + ": ";
            (*members)[i].second.print_to(text, depth + 1);
        }
        if (!members->empty()) new_line(text, depth);
        text += '}';
    } else {
        text += "null";
    }
}

}  // namespace stageclock::simulate

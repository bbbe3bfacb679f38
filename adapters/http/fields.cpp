// SPDX-License-Identifier: MIT
#include "adapters/http/fields.h"

#include <algorithm>

#include "bot/core/directory.h"
#include "bot/core/nearest.h"

namespace stageclock::front {
namespace {

// C0 controls and DEL, and the C1 controls as UTF-8 writes them: they hide text and split lines.
bool has_control(std::string_view text, bool lines) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (lines && (c == '\n' || c == '\r' || c == '\t')) continue;
        if (c < 0x20 || c == 0x7f) return true;
        if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
            return true;
        }
    }
    return false;
}

// Keys come from outside and may hold anything: only a plain one is said back.
bool plain(std::string_view key) {
    return key.size() <= 40 && std::all_of(key.begin(), key.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (c >= '0' && c <= '9') || c == '_' || c == '-';
           });
}

}  // namespace

std::string fault_of(std::string_view text, std::size_t most, Text kind) {
    if (text.size() > most) {
        return "longer than " + std::to_string(most) + " bytes of UTF-8";
    }
    if (has_control(text, kind == Text::prose)) {
        return kind == Text::prose ? "has control characters other than line breaks and tabs"
                                   : "must be one line without control characters";
    }
    if (kind == Text::email && !text.empty() && !is_address(text)) {
        return "must be one email address such as name@example.org";
    }
    return {};
}

Fields::Fields(const JsonValue* value, std::string pointer, std::vector<FieldProblem>& problems)
    : pointer_(std::move(pointer)), problems_(&problems) {
    if (value == nullptr || value->null()) return;
    object_ = value->object();
    if (object_ == nullptr) {
        problems_->push_back({pointer_, "must be an object, not " + std::string(value->kind())});
    }
}

const JsonValue* Fields::find(std::string_view name) {
    asked_.emplace_back(name);
    if (object_ == nullptr) return nullptr;
    const auto found = std::find_if(object_->begin(), object_->end(),
                                    [&](const auto& member) { return member.first == name; });
    return found == object_->end() || found->second.null() ? nullptr : &found->second;
}

void Fields::note(std::string_view name, std::string detail) {
    problems_->push_back({pointer_ + pointer_step(name), std::move(detail)});
}

std::string Fields::text(std::string_view name, std::size_t most, Text kind, bool required) {
    const JsonValue* value = find(name);
    if (value == nullptr) {
        if (required) note(name, "is missing");
        return {};
    }
    const std::string* text = value->text();
    if (text == nullptr) {
        note(name, "must be a string, not " + std::string(value->kind()));
        return {};
    }
    const std::string fault = fault_of(*text, most, kind);
    if (!fault.empty()) {
        note(name, fault);
        return {};
    }
    if (required && folded(*text).empty()) note(name, "is empty");
    return *text;
}

std::string Fields::required(std::string_view name, std::size_t most, Text kind) {
    return text(name, most, kind, true);
}

std::string Fields::optional(std::string_view name, std::size_t most, Text kind) {
    return text(name, most, kind, false);
}

bool Fields::yes(std::string_view name) {
    const JsonValue* value = find(name);
    if (value == nullptr) return false;
    const bool* yes = value->yes();
    if (yes == nullptr) note(name, "must be true or false, not " + std::string(value->kind()));
    return yes != nullptr && *yes;
}

std::optional<Instant> Fields::instant(std::string_view name, bool required) {
    const std::size_t before = problems_->size();
    const std::string written = text(name, 40, Text::line, required);
    if (written.empty()) return std::nullopt;
    const auto instant = parse_rfc3339(written);
    if (!instant && problems_->size() == before) {
        note(name, "must be a time of RFC 3339 such as 2026-12-24T17:00:00Z");
    }
    return instant;
}

Fields Fields::inner(std::string_view name, bool required) {
    const JsonValue* value = find(name);
    if (value == nullptr && required) note(name, "is missing");
    return Fields(value, pointer_ + pointer_step(name), *problems_);
}

std::vector<std::string> Fields::words(std::string_view name, std::size_t most,
                                       std::size_t bytes) {
    std::vector<std::string> made;
    const JsonValue* value = find(name);
    if (value == nullptr) return made;
    const auto* elements = value->array();
    if (elements == nullptr) {
        note(name, "must be a list of words, not " + std::string(value->kind()));
        return made;
    }
    if (elements->size() > most) {
        note(name, "has more than " + std::to_string(most) + " elements");
        return made;
    }
    for (const JsonValue& element : *elements) {
        const std::string* word = element.text();
        const std::string fault = word == nullptr ? "must be a list of words"
                                                  : fault_of(*word, bytes, Text::line);
        if (!fault.empty()) {
            note(name, fault);
            return {};
        }
        made.push_back(*word);
    }
    return made;
}

std::vector<Fields> Fields::list(std::string_view name, std::size_t most) {
    std::vector<Fields> made;
    const JsonValue* value = find(name);
    if (value == nullptr) return made;
    const auto* elements = value->array();
    if (elements == nullptr) {
        note(name, "must be a list, not " + std::string(value->kind()));
        return made;
    }
    if (elements->size() > most) {
        note(name, "has more than " + std::to_string(most) + " elements");
        return made;
    }
    const std::string pointer = pointer_ + pointer_step(name) + "/";
    for (std::size_t i = 0; i < elements->size(); ++i) {
        made.emplace_back(&(*elements)[i], pointer + std::to_string(i), *problems_);
        if ((*elements)[i].null()) {
            problems_->push_back({made.back().pointer(), "must be an object, not null"});
        }
    }
    return made;
}

void Fields::no_others() {
    if (object_ == nullptr) return;
    for (const auto& [name, value] : *object_) {
        if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) continue;
        std::string detail = "is not known here";
        const std::string likely = nearest(name, asked_);
        if (!likely.empty()) detail += ": did you mean \"" + likely + "\"?";
        problems_->push_back(
            {plain(name) ? pointer_ + pointer_step(name) : pointer_, std::move(detail), true});
    }
}

}  // namespace stageclock::front

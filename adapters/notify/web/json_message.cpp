// SPDX-License-Identifier: MIT
#include "adapters/notify/web/json_message.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "adapters/notify/plain_words.h"
#include "adapters/support/mime_compose.h"

namespace stageclock::web {
namespace {

using Json = nlohmann::json;

constexpr const char* cut_mark = " ... (cut here: the whole is behind the link)";
constexpr std::array texts{"text", "markdown", "body", "formatted_body", "content"};
constexpr std::array addresses{"link",       "page",   "action_page",
                               "claim_page", "mailto", "action_seal"};

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_text(const std::string& key) {
    return std::find(texts.begin(), texts.end(), key) != texts.end();
}

// The longest text of the message; nullptr when there is none.
std::string* longest_text(Json& message) {
    std::string* longest = nullptr;
    std::vector<Json*> open{&message};
    while (!open.empty()) {
        Json& at = *open.back();
        open.pop_back();
        for (auto& [key, value] : at.items()) {
            if (value.is_structured()) open.push_back(&value);
            if (!value.is_string() || !is_text(key)) continue;
            auto* text = value.get_ptr<std::string*>();
            if (longest == nullptr || text->size() > longest->size()) longest = text;
        }
    }
    return longest;
}

}  // namespace

std::optional<std::string> from_template(const Outgoing& outgoing, const Templates& templates,
                                         const std::string& folder) {
    std::string name = folder + "/" + std::string(to_text(outgoing.notice.reason)) + ".json";
    if (!templates.has(name)) name = folder + "/notice.json";
    const auto text = templates.render_json(name, outgoing.model);
    if (!text) {
        notify::report_broken_template(name, text.error());
        return std::nullopt;
    }
    if (Json::parse(*text, nullptr, false).is_object()) return *text;
    notify::report_broken_template(name, Error{Code::invalid_input, "is no JSON object", ""});
    return std::nullopt;
}

bool is_shallow(std::string_view json) {
    constexpr int deepest = 32;
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_text && c == '\\') {
            ++i;
        } else if (c == '"') {
            in_text = !in_text;
        } else if (!in_text && (c == '[' || c == '{')) {
            if (++depth > deepest) return false;
        } else if (!in_text && (c == ']' || c == '}')) {
            --depth;
        }
    }
    return true;
}

Model with_escapes(const Model& model, const std::function<std::string(std::string_view)>& escape) {
    if (const auto* text = model.text()) return escape(*text);
    if (const auto* list = model.list()) {
        Model::List out;
        for (const Model& item : *list) out.push_back(with_escapes(item, escape));
        return out;
    }
    if (model.yes() != nullptr) return model;
    Model out;
    for (const auto& [name, part] : *model.parts()) {
        const bool as_it_is =
            std::find(addresses.begin(), addresses.end(), name) != addresses.end();
        out[name] = as_it_is ? part : with_escapes(part, escape);
    }
    return out;
}

std::vector<std::string> plain_lines(const Notice& notice) {
    std::vector<std::string> lines{notify::plain_subject(notice)};
    if (!notice.stage_title.empty()) lines.push_back(notice.stage_title);
    if (notice.deadline) lines.push_back("Deadline (UTC): " + to_rfc3339(*notice.deadline));
    return lines;
}

// Halving loses at most half of what would have fitted, and ends after a few rounds whatever the
// JSON escapes add.
std::optional<std::string> shortened(const std::string& message,
                                     const std::function<bool(const std::string&)>& fits) {
    constexpr std::size_t shortest = 200;
    if (fits(message)) return message;
    Json json = Json::parse(message, nullptr, false);
    while (!json.is_discarded()) {
        auto* text = longest_text(json);
        if (text == nullptr || text->size() < shortest) return std::nullopt;
        *text = std::string(mime::cut(*text, text->size() / 2)) + cut_mark;
        std::string shorter = written(json);
        if (fits(shorter)) return shorter;
    }
    return std::nullopt;
}

}  // namespace stageclock::web

// SPDX-License-Identifier: MIT
#include "adapters/notify/slack/slack_message.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/support/mime_compose.h"

namespace stageclock::slack {
namespace {

using Json = nlohmann::json;

constexpr std::size_t text_limit = 3000;  // of a section
constexpr std::size_t most_buttons = 10;
constexpr std::array<std::pair<char, std::string_view>, 3> entities{
    {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}}};

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Characters, not bytes. Nothing when it is no text.
std::size_t length(const Json& text) {
    if (!text.is_string()) return 0;
    const auto& bytes = text.get_ref<const std::string&>();
    return static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

// A member, null when there is none.
const Json& at(const Json& json, const char* key) {
    static const Json none;
    const auto found = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && found != json.end() ? *found : none;
}

std::size_t words(const Json& holder) { return length(at(at(holder, "text"), "text")); }

bool element_fits(const Json& element) {
    return words(element) <= 75 && length(at(element, "value")) <= 2000 &&
           length(at(element, "url")) <= 3000 && length(at(element, "action_id")) <= 255;
}

bool block_fits(const Json& block) {
    const Json& type = at(block, "type");
    const Json& elements = at(block, "elements");
    const Json& fields = at(block, "fields");
    if (type == "header") return words(block) <= 150;
    if (type == "context") return elements.size() <= 10;
    if (type == "actions") {
        return !elements.empty() && elements.size() <= 25 &&
               std::all_of(elements.begin(), elements.end(), element_fits);
    }
    return words(block) <= text_limit && fields.size() <= 10 &&
           std::all_of(fields.begin(), fields.end(),
                       [](const Json& field) { return length(at(field, "text")) <= 2000; });
}

Json plain_text(const std::string& text) {
    return {{"type", "plain_text"}, {"text", escaped(text)}, {"emoji", false}};
}

Json section(const std::string& text) {
    return {{"type", "section"}, {"text", plain_text(std::string(mime::cut(text, 2000)))}};
}

// The blocks without text fields, and without buttons that lead to no address.
Json kept(const Json& blocks) {
    Json out = Json::array();
    for (Json block : blocks) {
        const Json& type = at(block, "type");
        if (type == "input") continue;
        if (type == "actions") {
            Json links = Json::array();
            for (const Json& element : at(block, "elements")) {
                if (!at(element, "url").is_null()) links.push_back(element);
            }
            if (links.empty()) continue;
            block["elements"] = std::move(links);
        }
        out.push_back(std::move(block));
    }
    return out;
}

std::string changed(std::string_view text, bool to_entities) {
    std::string out;
    while (!text.empty()) {
        std::string_view from = text.substr(0, 1);
        std::string_view to = from;
        for (const auto& [sign, entity] : entities) {
            if (to_entities && text.front() == sign) to = entity;
            if (to_entities || !text.starts_with(entity)) continue;
            from = entity;
            to = {&sign, 1};
        }
        out += to;
        text.remove_prefix(from.size());
    }
    return out;
}

}  // namespace

std::string escaped(std::string_view value) { return changed(value, true); }
std::string unescaped(std::string_view text) { return changed(text, false); }

std::string completed(const std::string& message) {
    Json json = Json::parse(message, nullptr, false);
    if (length(at(json, "text")) == 0) json["text"] = "A message about a safeguarding escalation";
    json["unfurl_links"] = false;
    json["unfurl_media"] = false;
    return written(json);
}

std::string without_answers(const std::string& message) {
    Json json = Json::parse(message, nullptr, false);
    if (at(json, "blocks").is_array()) json["blocks"] = kept(json["blocks"]);
    return written(json);
}

bool fits(const std::string& message) {
    if (message.size() > message_limit) return false;
    const Json json = Json::parse(message, nullptr, false);
    const Json& blocks = at(json, "blocks");
    return blocks.size() <= 50 && std::all_of(blocks.begin(), blocks.end(), block_fits);
}

std::string error_word(const std::string& body) {
    const Json json = Json::parse(body, nullptr, false);
    const Json& error = at(json, "error");
    const std::string word = error.is_string() ? error.get<std::string>() : body;
    const bool plain = word.size() <= 60 &&
                       word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    return plain ? word : std::string();
}

std::string answer_of(const ChatReply& reply) {
    Json blocks = Json::array({section(reply.text)});
    Json buttons = Json::array();
    for (const ChatCase& each : reply.cases) {
        if (each.page.empty() || buttons.size() == most_buttons) continue;
        buttons.push_back({{"type", "button"},
                           {"text", plain_text("Open " + each.ref)},
                           {"action_id", "open:" + each.ref},
                           {"url", each.page}});
    }
    if (!buttons.empty()) blocks.push_back({{"type", "actions"}, {"elements", buttons}});
    return written({{"response_type", "ephemeral"},
                    {"replace_original", false},
                    {"text", escaped(mime::cut(reply.text, text_limit))},
                    {"blocks", std::move(blocks)}});
}

std::string replaced(const std::string& original, const ChatReply& reply) {
    const Json before = Json::parse(original, nullptr, false);
    const Json& blocks = at(before, "blocks");
    Json after = blocks.is_array() ? kept(blocks) : Json::array();
    after.push_back(section(reply.text));
    return written(
        {{"text", escaped(mime::cut(reply.text, text_limit))}, {"blocks", std::move(after)}});
}

}  // namespace stageclock::slack

// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/teams_message.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "adapters/notify/plain_words.h"
#include "adapters/support/mime_compose.h"

namespace stageclock::teams {
namespace {

using Json = nlohmann::json;

constexpr const char* cut_mark = " ... (cut here: the whole is behind the link)";

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json message_with(Json card) {
    Json attachment{{"contentType", "application/vnd.microsoft.card.adaptive"},
                    {"contentUrl", nullptr}};
    attachment["content"] = std::move(card);
    return Json{{"type", "message"}, {"attachments", Json::array({std::move(attachment)})}};
}

// For chat: reference, stage and deadline only.
Json plain_card(const Notice& notice) {
    Json body = Json::array();
    const auto line = [&body](const std::string& text) {
        body.push_back(Json{{"type", "TextBlock"}, {"text", text}, {"wrap", true}});
    };
    line(notify::plain_subject(notice));
    if (!notice.stage_title.empty()) line(notice.stage_title);
    if (notice.deadline) line("Deadline (UTC): " + to_rfc3339(*notice.deadline));
    return Json{{"type", "AdaptiveCard"}, {"version", "1.3"}, {"body", std::move(body)}};
}

// The longest "text" value of the card; nullptr when there is none.
std::string* longest_text(Json& card) {
    std::string* longest = nullptr;
    std::vector<Json*> open{&card};
    while (!open.empty()) {
        Json& at = *open.back();
        open.pop_back();
        for (auto& [key, value] : at.items()) {
            if (value.is_structured()) open.push_back(&value);
            if (key != "text" || !value.is_string()) continue;
            auto* text = value.get_ptr<std::string*>();
            if (longest == nullptr || text->size() > longest->size()) longest = text;
        }
    }
    return longest;
}

// Halving loses at most half of what would have fitted, and ends after a few rounds whatever the
// JSON escapes add.
bool shorten(Json& message) {
    constexpr std::size_t shortest = 200;
    while (written(message).size() > message_limit) {
        auto* text = longest_text(message);
        if (text == nullptr || text->size() < shortest) return false;
        *text = std::string(mime::cut(*text, text->size() / 2)) + cut_mark;
    }
    return true;
}

std::optional<Json> rendered_card(const Outgoing& outgoing, const Templates& templates) {
    std::string name = "teams/" + std::string(to_text(outgoing.notice.reason)) + ".json";
    if (!templates.has(name)) name = "teams/notice.json";
    const auto text = templates.render_json(name, outgoing.model);
    if (!text) {
        notify::report_broken_template(name, text.error());
        return std::nullopt;
    }
    auto card = Json::parse(*text, nullptr, false);
    if (card.is_object()) return card;
    notify::report_broken_template(name, Error{Code::invalid_input, "is no JSON object", ""});
    return std::nullopt;
}

bool reports_throttling(std::string body) {
    std::transform(body.begin(), body.end(), body.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (body.find("throttl") != std::string::npos) return true;
    const auto at = body.find("429");
    if (at == std::string::npos) return false;
    const auto is_part = [&body](std::size_t i) {
        return i < body.size() && std::isalnum(static_cast<unsigned char>(body[i])) != 0;
    };
    return !is_part(at + 3) && (at == 0 || !is_part(at - 1));  // not within an id
}

}  // namespace

std::string message_for(const Outgoing& outgoing, const Templates& templates) {
    if (auto card = rendered_card(outgoing, templates)) {
        auto message = message_with(*std::move(card));
        if (shorten(message)) return written(message);
    }
    return written(message_with(plain_card(outgoing.notice)));
}

Delivery judge(int status, const std::string& body, std::chrono::seconds retry_after) {
    // Longer waits would outlast the deadlines the message is about.
    const auto after = std::min<std::chrono::seconds>(retry_after, std::chrono::hours(1));
    const auto said = "HTTP " + std::to_string(status);
    const bool good = status >= 200 && status < 300;
    if (status == 429 || (good && reports_throttling(body))) {
        return {Delivered::try_again, said + ": throttled", after};
    }
    if (good) return {Delivered::accepted, said};
    if (status == 408 || status >= 500) return {Delivered::try_again, said, after};
    return {Delivered::never, said};
}

}  // namespace stageclock::teams

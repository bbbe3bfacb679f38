// SPDX-License-Identifier: MIT
#include "adapters/notify/teams/card.h"

#include <nlohmann/json.hpp>

#include "adapters/support/mime_compose.h"

namespace stageclock::teams {
namespace {

using Json = nlohmann::json;

std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

constexpr std::size_t longest_text = 20'000;
constexpr const char* about_mark = ": ";

// A TextBlock would read its text as Markdown.
Json as_it_is(const std::string& text, bool heading) {
    Json run{{"type", "TextRun"}, {"text", text}};
    if (heading) run.update({{"size", "Medium"}, {"weight", "Bolder"}});
    return Json{{"type", "RichTextBlock"}, {"inlines", Json::array({std::move(run)})}};
}

std::string heading_of(ChatReply::Kind kind) {
    switch (kind) {
        case ChatReply::Kind::told: return {};
        case ChatReply::Kind::recorded: return "Recorded";
        case ChatReply::Kind::over: return "There is nothing to do here any more";
        default: return "Not recorded";
    }
}

std::string line_of(const ChatCase& about) {
    std::string line = about.ref;
    const auto add = [&line](const std::string& part) {
        if (!part.empty()) line += (line.ends_with(about_mark) ? "" : "; ") + part;
    };
    line += about_mark;
    add(about.stage);
    add(about.deadline.empty() ? "" : "due " + about.deadline + (about.passed ? " (passed)" : ""));
    add(about.urgent ? "urgent" : "");
    add(about.status == "open" ? "" : about.status);
    return line;
}

Json facts_of(const ChatCase& about, const std::string& capacity) {
    Json facts = Json::array();
    const auto add = [&facts](const char* title, const std::string& value) {
        if (!value.empty()) facts.push_back(Json{{"title", title}, {"value", value}});
    };
    add("Case", about.ref);
    add("Stage", about.stage);
    add("Deadline", about.passed ? about.deadline + " (passed)" : about.deadline);
    add("Status", about.status);
    add("Board", about.board);
    add("Recorded for", capacity);
    return Json{{"type", "FactSet"}, {"facts", std::move(facts)}};
}

}  // namespace

std::string reply_card(const ChatReply& reply, bool own) {
    Json body = Json::array();
    Json actions = Json::array();
    const std::string heading = heading_of(reply.kind);
    if (!heading.empty()) body.push_back(as_it_is(heading, true));
    body.push_back(as_it_is(std::string(mime::cut(reply.text, longest_text)), false));
    if (reply.cases.size() == 1) {
        const ChatCase& about = reply.cases.front();
        body.push_back(facts_of(about, reply.capacity));
        if (own && !about.page.empty()) {
            actions.push_back(
                Json{{"type", "Action.OpenUrl"}, {"title", "Answer"}, {"url", about.page}});
        }
    }
    return written(Json{{"type", "AdaptiveCard"},
                        {"version", "1.3"},
                        {"fallbackText", heading.empty() ? "Stageclock" : heading},
                        {"body", std::move(body)},
                        {"actions", std::move(actions)}});
}

std::string text_message(const std::string& text) {
    return written(Json{{"type", "message"},
                        {"textFormat", "plain"},
                        {"text", std::string(mime::cut(text, longest_text))}});
}

std::string text_message(const ChatReply& reply) {
    std::string text = reply.text;
    const bool shows =
        reply.kind == ChatReply::Kind::told || reply.kind == ChatReply::Kind::not_understood;
    for (const ChatCase& each : reply.cases) {
        if (shows) text += "\n" + line_of(each);
    }
    return text_message(text);
}

std::string message_with(const std::string& card) {
    Json attachment{{"contentType", "application/vnd.microsoft.card.adaptive"},
                    {"contentUrl", nullptr}};
    attachment["content"] = Json::parse(card, nullptr, false);
    return written(
        Json{{"type", "message"}, {"attachments", Json::array({std::move(attachment)})}});
}

std::string plain_card(const std::vector<std::string>& lines) {
    Json body = Json::array();
    for (const std::string& line : lines) {
        body.push_back(Json{{"type", "TextBlock"}, {"text", line}, {"wrap", true}});
    }
    return written(Json{{"type", "AdaptiveCard"}, {"version", "1.3"}, {"body", std::move(body)}});
}

}  // namespace stageclock::teams

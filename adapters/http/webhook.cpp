// SPDX-License-Identifier: MIT
#include "adapters/http/webhook.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "adapters/http/limits.h"
#include "adapters/support/crypto.h"

namespace stageclock::front {
namespace {

// The front says 503 for as long as the store is in the way: soon enough for a sender's next try.
constexpr const char* retry_after_seconds = "5";

bool is_binary(const Request& request) {
    return request.media_type() == "application/json" && request.has("ce-specversion");
}

// What makes a repeat a repeat. In binary form the attributes are outside the body.
std::string digest_of(const Request& request) {
    if (!is_binary(request)) return crypto::sha256_hex(request.body);
    std::string whole;
    for (const char* name : {"ce-type", "ce-subject", "ce-time"}) {
        const std::string* value = request.header(name);
        whole += std::to_string(value != nullptr ? value->size() : 0) + ":" +
                 (value != nullptr ? *value : "");
    }
    return crypto::sha256_hex(whole + request.body);
}

// For the list of refusals: which fields, never what was in them.
std::string noted(const Problem& problem) {
    std::string text = std::to_string(problem.status) + " " + problem.word;
    const std::size_t shown = std::min<std::size_t>(problem.errors.size(), 5);
    for (std::size_t i = 0; i < shown; ++i) {
        const FieldProblem& error = problem.errors[i];
        text += i == 0 ? ": " : ", ";
        text += error.foreign ? "a field of the sender's own" : error.pointer;
    }
    if (problem.errors.size() > shown) {
        text += " and " + std::to_string(problem.errors.size() - shown) + " more";
    }
    return text;
}

// An id goes into the list of refusals only when it looks like one.
std::string sayable_id(const std::string& id) {
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.' || c == ':' || c == '/';
    });
    return plain ? id.substr(0, 80) : "";
}

Problem unreadable(const Translated& translated) {
    const bool syntax = translated.status == 400;
    const std::size_t count = translated.problems.size();
    std::string detail =
        syntax ? "The body could not be read: " + translated.problems.front().detail + "."
               : std::to_string(count) + (count == 1 ? " field is" : " fields are") +
                     " not as they must be; see \"errors\".";
    return {translated.status, syntax ? "malformed-json" : "malformed-field",
            syntax ? "The body is not readable JSON" : "Some fields are not as they must be",
            std::move(detail), translated.problems, {}};
}

Problem refused(const Refusal& refusal) {
    Problem problem{422, std::string(to_text(refusal.reason)), "The update was not permitted",
                    refusal.what, {}, refusal.clauses};
    std::string pointer = refusal.field;
    if (!pointer.empty() && pointer.front() != '/') {
        std::replace(pointer.begin(), pointer.end(), '.', '/');
        pointer.insert(pointer.begin(), '/');
    }
    if (!pointer.empty()) problem.errors.push_back({pointer, refusal.what});
    return problem;
}

}  // namespace

bool Replays::fresh(const std::string& source, const std::string& webhook_id,
                    const std::string& content) {
    // Digests: ids come from outside and may be long, and half of one is plenty to tell them apart.
    const std::string key = crypto::sha256(source + "\n" + webhook_id).substr(0, 16);
    const std::string value = crypto::sha256(content).substr(0, 16);
    const std::lock_guard lock(mutex_);
    const auto [place, added] = seen_.try_emplace(key, value);
    if (!added) return place->second == value;
    order_.push_back(key);
    if (order_.size() > limits::remembered_ids) {
        seen_.erase(order_.front());
        order_.pop_front();
    }
    return true;
}

void RefusalNotes::note(const std::string& source, const std::string& id, const std::string& why) {
    int dropped = 0;
    {
        const std::lock_guard lock(mutex_);
        const auto now = std::chrono::steady_clock::now();
        if (now - minute_ >= std::chrono::minutes(1)) {
            dropped = std::max(0, lines_ - limits::refusal_lines);
            minute_ = now;
            lines_ = 0;
        }
        if (++lines_ > limits::refusal_lines) return;
    }
    if (dropped > 0) {
        desk_.note_refusal("http", "", std::to_string(dropped) + " more requests were refused");
    }
    desk_.note_refusal(source, id, why);
}

Webhook::Webhook(const std::vector<SourceSettings>& sources, Desk& desk, RefusalNotes& notes)
    : sources_(sources), desk_(desk), notes_(notes) {}

std::optional<Response> Webhook::admit(const Request& head) const {
    const std::string type = head.media_type();
    if (type == "application/cloudevents+json") return std::nullopt;
    if (type == "application/json") return std::nullopt;
    return to_response({415, "media-type", "Unsupported media type",
                        "Send a CloudEvent as application/cloudevents+json or application/json.",
                        {}, {}});
}

Response Webhook::refuse(const std::string& source, const std::string& id,
                         const Problem& problem) {
    notes_.note(source, sayable_id(id), noted(problem));
    return to_response(problem);
}

Response Webhook::answer(const std::string& source_id, const Request& request) {
    const SourceSettings* source = sources_.sender(source_id, request, desk_.now());
    if (source == nullptr) {
        notes_.note(sources_.known(source_id) ? source_id : "unknown", "", "401 unauthorised");
        return unauthorised("The signature or token of this source is missing, wrong or too old.");
    }
    Translated translated = is_binary(request)
                                ? translate_binary(request.headers, request.body)
                                : translate(request.body);
    if (!translated.update) return refuse(source->id, translated.id, unreadable(translated));
    const std::string digest = digest_of(request);
    const std::string* webhook_id = request.header("webhook-id");
    if (request.has("webhook-signature") && webhook_id != nullptr &&
        !replays_.fresh(source->id, *webhook_id, translated.id + "\n" + digest)) {
        return refuse(source->id, translated.id,
                      {409, "replayed", "This webhook id was used before",
                       "The same webhook-id came with another event: give each its own.", {}, {}});
    }
    return submit(*source, std::move(*translated.update), digest);
}

bool Webhook::may_touch(const SourceSettings& source, const Update& update) {
    if (source.boards.empty()) return true;
    std::string board = update.board;
    if (update.kind != UpdateKind::raise) {
        const auto seen = desk_.look(update.ref);
        // Not found or not readable: the desk itself says which.
        if (!seen) return true;
        board = seen->the_case.board;
    }
    return std::find(source.boards.begin(), source.boards.end(), board) != source.boards.end();
}

Response Webhook::submit(const SourceSettings& source, Update update, std::string digest) {
    if (!may_touch(source, update)) {
        // As if it did not exist: a source learns nothing of other boards.
        const bool raise = update.kind == UpdateKind::raise;
        return refuse(source.id, update.id,
                      refused({raise ? Refused::unknown_board : Refused::unknown_case,
                               raise ? "/data/board" : "/subject",
                               raise ? "No such board is served here."
                                     : "There is no case of this reference.",
                               {}}));
    }
    update.source = source.id;
    update.digest = std::move(digest);
    update.received = desk_.now();
    return respond(source.id, update, desk_.submit(update));
}

Response Webhook::respond(const std::string& source, const Update& update, const Answer& answer) {
    switch (answer.kind) {
        case Answer::Kind::accepted:
        case Answer::Kind::repeated: {
            Response response;
            response.content_type = "application/json";
            response.body = answer_json(answer);
            if (update.kind != UpdateKind::raise) return response;
            response.status = 201;
            response.headers.push_back({"Location", "/api/v1/cases/" + answer.ref});
            return response;
        }
        case Answer::Kind::refused:
            return refuse(source, update.id, refused(answer.refusal.value_or(Refusal{})));
        case Answer::Kind::conflict:
            return refuse(source, update.id,
                          {409, "conflict", "This id was used before",
                           "An event of this id with another content was accepted before. Give "
                           "each event its own id.", {{"/id", "was used for another event"}}, {}});
        case Answer::Kind::unavailable: break;
    }
    Response response = to_response({503, "unavailable", "Not stored: try again",
                                     "Nothing was stored. Send the same event again.", {}, {}});
    response.headers.push_back({"Retry-After", retry_after_seconds});
    return response;
}

std::string answer_json(const Answer& answer) {
    nlohmann::ordered_json json;
    json["case"] = answer.ref;
    json["stage"] = answer.stage;
    json["stage_title"] = answer.stage_title;
    json["deadlines"] = nlohmann::ordered_json::array();
    for (const Answer::Due& due : answer.deadlines) {
        json["deadlines"].push_back({{"duty", due.duty},
                                     {"title", due.title},
                                     {"due", to_rfc3339(due.due)},
                                     {"words", due.words}});
    }
    json["guards"] = answer.guards;
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace stageclock::front

// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

#include "adapters/http/access.h"
#include "adapters/http/exchange.h"
#include "adapters/http/translate.h"
#include "bot/ports/desk.h"

namespace stageclock::front {

// The webhook ids of the last while and what came with them: one that comes again with something
// else is a replay. What came again unchanged is the desk's to recognise, durably, by its id.
// Thread-safe; holds the last 65 536.
class Replays {
public:
    // False when the source used this webhook id for something else. Remembers it otherwise.
    bool fresh(const std::string& source, const std::string& webhook_id,
               const std::string& content);

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::string> seen_;
    std::deque<std::string> order_;
};

// The list of refusals, kept from being flooded: after so many lines in a minute the rest of that
// minute becomes one line with their number. Thread-safe.
class RefusalNotes {
public:
    explicit RefusalNotes(Desk& desk) : desk_(desk) {}
    void note(const std::string& source, const std::string& id, const std::string& why);

private:
    Desk& desk_;
    std::mutex mutex_;
    std::chrono::steady_clock::time_point minute_;
    int lines_ = 0;
};

// POST /hooks/v1/{source}: an update from a system, as a CloudEvent.
class Webhook {
public:
    Webhook(const std::vector<SourceSettings>& sources, Desk& desk, RefusalNotes& notes);

    // Before the body is read.
    std::optional<Response> admit(const Request& head) const;
    Response answer(const std::string& source, const Request& request);

private:
    Response refuse(const std::string& source, const std::string& id, const Problem& problem);
    Response submit(const SourceSettings& source, Update update, std::string digest);
    bool may_touch(const SourceSettings& source, const Update& update);
    Response respond(const std::string& source, const Update& update, const Answer& answer);

    Sources sources_;
    Desk& desk_;
    RefusalNotes& notes_;
    Replays replays_;
};

// The body of an accepted update's answer, as JSON.
std::string answer_json(const Answer& answer);

}  // namespace stageclock::front

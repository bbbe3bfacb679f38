// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/notify/web/verdict.h"
#include "adapters/support/http_client.h"
#include "bot/ports/notifier.h"
#include "bot/ports/settings.h"
#include "bot/ports/templates.h"

// What every channel that speaks to a web address has in common: finding the place, wording from a
// template, cutting to size, calling, judging. A channel says only in what it differs.
namespace stageclock::web {

// Where a message goes: a [[chat]] of the settings, or one person.
struct Place {
    ChatSettings chat;    // of a person: only its channel
    ChatAppSettings app;  // that posts there; without an id: none does
    std::string person;   // account or address; empty: the place is `chat`
};

struct Channel {
    std::string name;       // "slack"
    std::string templates;  // their folder: "slack"
    // The whole message from the JSON object its template gave.
    std::function<std::string(const std::string& json)> wrapped;
    // Such an object from lines of plain text, for when a template is broken.
    std::function<std::string(const std::vector<std::string>& lines)> plain;
    // What the platform takes; a message that does not is cut.
    std::function<bool(const std::string& message)> fits;
    // The call that delivers `message`. An error: it cannot be sent there, and why; unavailable:
    // not now; not_found: the person cannot be reached, and no setting is wrong.
    std::function<Result<http::Request>(const Place& place, const Rendered& message)> request;
    std::function<Delivery(const http::Answer& answer)> judged = by_status;
    // Keeps a value of the model from becoming markup: a link, a mention. Empty: there is none.
    std::function<std::string(std::string_view value)> escaped = {};
    // The message with what only the place and the notice know, such as the room. Empty: it is
    // whole without.
    std::function<std::string(const std::string& message, const Place& place,
                              const Outgoing& outgoing)>
        placed = {};
    // In the place of `judged`, where the verdict depends on the place or the call.
    std::function<Delivery(const Place& place, const http::Request& request,
                           const http::Answer& answer)>
        concluded = nullptr;
};

// 32 hex digits, the same for every attempt at a notice and for no other: for platforms that know a
// repeat by it. Nothing can be read from them.
std::string repeat_id(const Rendered& message);

// The notifier of that channel. `templates` outlive it; secrets of the settings appear in no reply.
std::unique_ptr<Notifier> make_channel(Channel channel, const Settings& settings,
                                       const Templates& templates, http::ClientOptions options);

}  // namespace stageclock::web

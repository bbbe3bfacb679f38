// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

// What Teams tells a bot or an outgoing webhook, as far as we have a use for it (Bot Framework
// "Activity", docs/adapters/teams.md). Pure functions.
namespace stageclock::teams {

struct Activity {
    std::string type;    // "message", "invoke", "installationUpdate", "conversationUpdate"
    std::string name;    // of an invoke: "adaptiveCard/action"
    std::string action;  // of an installationUpdate: "add", "remove"
    std::string id;
    std::string timestamp;  // RFC 3339
    std::string channel;    // channelId: "msteams"
    std::string service_url;
    std::string conversation;       // id
    std::string conversation_type;  // "personal", "channel", "groupChat"
    std::string tenant;
    std::string from;      // id of the speaker within the conversation
    std::string account;   // aadObjectId of the speaker in lower case, without one `from`
    std::string bot;       // our own id there
    std::string text;      // what was said, without the mention of us and without markup
    std::string card;      // id of the message whose button was pressed
    bool pressed = false;  // a button of a card of ours: `verb`, `link`, `words`
    std::string verb;
    std::string link;
    std::string words;
    std::vector<std::string> removed;  // ids of who left
};

// None: no such JSON.
std::optional<Activity> read_activity(const std::string& body);

// What names this message or click for ever: within one conversation the platform's id does, and
// without one the same bytes are the same act.
std::string id_of(const Activity& activity, const std::string& body);

// What is left of a message's text once the mentions and the markup are gone, on one line end each.
std::string said_in(const std::string& text);

}  // namespace stageclock::teams

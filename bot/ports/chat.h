// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

// What people ask and say in a chat, and what a chat may be told. Nothing in an answer is the name
// of a person or what people wrote.
namespace stageclock {

// Who speaks, as the platform proved it.
struct Speaker {
    std::string channel;  // "slack": `account` is one of this platform
    std::string account;  // "U0123ABCD"
    std::string address;  // mail address the platform vouches for; empty: not known
    std::vector<std::string> boards;  // whose cases the app may speak of; empty: all
};

// A sentence written to us: "list", "show CSCP-2026-0042", "ack REF", "resolve REF: what was
// agreed", "escalate REF".
struct Said {
    Speaker who;
    std::string text;  // with or without the mention of our own name; UTF-8
    std::string id;    // the platform's, of this message, never empty: the same id is one act
};

// A button on a message of ours.
struct Pressed {
    Speaker who;
    std::string link;    // the seal the button carries (SealFor::link)
    std::string choice;  // id of a Choice (links.h)
    std::string text;    // what was written beside it
    std::string id;      // the platform's, of this click, never empty: the same id is one act
};

// One case, as a chat may show it.
struct ChatCase {
    std::string ref;
    std::string stage;     // "Stage 2: Discussion between frontline managers"
    std::string deadline;  // "Thursday 24 December 2026 at 17:00"; empty: none
    bool passed = false;
    bool urgent = false;
    std::string status;    // "open", "resolved on Thursday 24 December 2026"
    std::string board;     // its name
    // Address at which this reader may act; empty: none. Whoever has it may: it is for an answer
    // that nobody but the speaker sees.
    std::string page;
};

struct ChatReply {
    enum class Kind {
        told,         // what was asked for
        recorded,     // an act, now or by the same id before
        refused,      // understood, not permitted: `text` says what is
        over,         // nothing to do any more
        who,          // we do not know this person
        which,        // there is no such case, or not for them: told alike
        not_understood,
        unavailable   // not recorded: try again
    };
    Kind kind{};
    std::string text;      // complete in itself, plain, without markup
    std::vector<ChatCase> cases;
    std::string capacity;  // recorded: for whom, "line manager of the receiving side"
    std::vector<std::string> clauses;
};

// Thread-safe. Both return after the commit.
class ChatDesk {
public:
    virtual ~ChatDesk() = default;

    virtual ChatReply hear(const Said& said) = 0;
    virtual ChatReply press(const Pressed& pressed) = 0;
    // A call that did not prove itself or could not be read: a line for the refusals list. `why`
    // holds no personal data.
    virtual void note_refusal(const std::string& app, const std::string& why) = 0;
};

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/core/deadline.h"
#include "bot/core/directory.h"
#include "bot/core/reason.h"
#include "bot/core/update.h"

namespace stageclock {

enum class NoticeKind { receipt, reminder, prompt, copy, outcome };
std::string_view to_text(NoticeKind kind);
std::optional<NoticeKind> parse_notice_kind(std::string_view text);

// One person, or one inbox, as a notice addresses it.
struct Recipient {
    std::string id;       // post id, or "raising:practitioner:ADDRESS": part of the notice's key
    Side side = Side::none;
    std::string agency;   // name, for the text
    std::string role;
    std::string title;
    std::string name;
    std::string address;
    std::string phone;
    Audience audience = Audience::officer;
    bool assumed = false;
    std::string route = {};    // the policy's row that chose them; empty: none was needed
    std::string note = {};     // what that row says about reaching them
};

// Something to tell somebody. Made by decide(), kept as a row of the outbox until it is settled.
// Holds what was true when it was decided; names of children and free text are not in it.
struct Notice {
    std::string ref;       // empty: it belongs to no case (an answer to a mail)
    std::string board;     // empty: the case's, or nobody can say (an answer to a stranger)
    std::string rule;      // the duty or copy it stands on; "raise", "stage", "close" otherwise
    NoticeKind kind{};
    Reason reason{};
    int occurrence = 0;    // which reminder, repeat or event: makes repeats distinct
    Recipient to;
    std::string channel;      // "mail", "teams", ...
    std::string destination;  // address, or what a Way has (directory.h)
    std::string instead_of;   // the channel that failed or took too long; empty: the first choice
    Instant scheduled;     // when it was due to be made
    Instant decided;       // when it was
    std::optional<Instant> hold_until;  // not sent before: a reminder outside the recipient's hours
    std::string stage;
    std::string stage_title;
    std::string title;     // of the rule
    std::string ask;       // the sentence put to the recipient
    std::optional<Instant> deadline;
    bool provisional = false;  // the deadline lies beyond the holiday list
    Trace trace;
    std::string form;      // id of the form to attach; empty: none
    bool urgent = false;
    // contact_missing: the roles nobody is known for; mail_incomplete: the facts still needed.
    std::vector<std::string> missing;
    // Answers to a mail: what was understood of it, a line each ("Agency: Housing").
    std::vector<std::string> understood;
    std::string in_reply_to;   // Message-ID of the mail answered, with angle brackets
    std::vector<std::string> clauses;

    // Unique per case, rule, kind, recipient, channel and occurrence.
    std::string key() const;
};

}  // namespace stageclock

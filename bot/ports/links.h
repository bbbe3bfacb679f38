// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bot/core/form_judge.h"
#include "bot/core/result.h"
#include "bot/core/time.h"
#include "bot/ports/desk.h"

// What stands behind the links in our mails. A notice is named by the number of its row in the
// outbox; whoever asks has opened a sealed link to it. Nothing in here is the name of a child or an
// adult, or what people wrote.
namespace stageclock {

struct Choice {
    std::string id;      // "resolved"; letters, digits and "-"
    std::string title;   // "Resolved"
    std::string then;    // what belongs with it: "what was agreed"; may be empty
    std::string effect;  // what it does
    bool needs_text = false;
};

// Somebody is asked to act on a case.
struct ActionPage {
    std::string ref;
    std::string board;     // its name
    std::string stage;     // "Stage 2: Discussion between frontline managers"
    std::string deadline;  // "Thursday 24 December 2026 at 17:00"; empty: none
    bool passed = false;
    std::string ask;       // the sentence the policy puts to the reader
    std::string capacity;  // "line manager of the receiving side": who it will be recorded for
    std::vector<Choice> choices;  // empty: see `over`
    std::string over;             // why there is nothing to do; empty: there is
};

// What was sent in from such a page.
struct Action {
    std::string choice;
    std::string text;
    std::string form;  // of the form it came from: the same form sent twice is one act
    // "chat": it came by a message, and `form` is that message's own id whatever notice it answers.
    std::string source = "page";
    std::string account = {};  // chat: whose it was, "slack:U0123ABCD"
};

struct Acted {
    enum class Kind {
        recorded,    // now, or by the same form before
        refused,     // not permitted: `refusal`
        incomplete,  // no choice, an unknown one, or one that needs words: `what`
        over,        // nothing to do any more: `page.over`
        conflict,    // this form was sent before with other words
        unavailable
    };
    Kind kind{};
    ActionPage page;
    std::string choice;   // recorded: its title
    Instant at;           // recorded: when
    Answer answer;        // recorded: where the case stands and what is due
    bool open = true;     // recorded: the case is open after it
    std::string refusal;  // refused: what is permitted
    std::vector<std::string> clauses;
    std::string what;
};

// The sender of a mail is asked whether it was theirs.
struct ClaimPage {
    std::string ref;  // empty: it would raise a case
    std::string board;
    std::string came;                     // when the mail came, in words
    std::vector<std::string> understood;  // what would be recorded, a line each
    std::string over;                     // why there is nothing to confirm; empty: there is
};

struct ClaimAnswered {
    enum class Kind { recorded, dropped, refused, over, unavailable };
    Kind kind{};
    ClaimPage page;
    std::string ref;  // recorded
    std::string refusal;
    std::vector<std::string> clauses;
};

// The sender of a form that came back is shown what was read in it. This page alone holds what
// people wrote: they sent it themselves, and it is shown no more once they have answered.
struct FormPage {
    std::string ref;
    std::string board;
    std::string title;     // of the form
    std::string came;      // when its mail came, in words
    std::string capacity;  // "line manager of the receiving side": who it will be recorded for
    std::vector<FormLine> lines;
    std::vector<FormProblem> missing;   // not complete: it cannot be recorded
    std::vector<FormProblem> doubtful;  // recorded as written
    bool may_resolve = false;           // it gives an outcome, and the case is open
    std::string over;                   // why there is nothing to confirm; empty: there is
};

enum class FormChoice { record, resolve, wrong };  // resolve: record it and close the case

struct FormAnswered {
    enum class Kind { recorded, dropped, refused, over, incomplete };
    Kind kind{};
    FormPage page;
    bool resolved = false;  // recorded: the case is closed with it
    std::string refusal;    // refused
    std::vector<std::string> clauses;
};

// Thread-safe. Code::not_found: nothing of ours has this number; Code::unavailable: try again.
class Links {
public:
    virtual ~Links() = default;

    virtual Result<ActionPage> action(std::int64_t notice) = 0;
    virtual Result<Acted> act(std::int64_t notice, const Action& action) = 0;
    virtual Result<ClaimPage> claim(std::int64_t notice) = 0;
    virtual Result<ClaimAnswered> answer_claim(std::int64_t notice, bool yes) = 0;
    virtual Result<FormPage> form(std::int64_t notice) = 0;
    virtual Result<FormAnswered> answer_form(std::int64_t notice, FormChoice choice) = 0;
};

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/deadline.h"

namespace stageclock {

// The side of a disagreement somebody stands on.
enum class Side { none, raising, receiving, both, board };
std::string_view to_text(Side side);
std::optional<Side> parse_side(std::string_view text);

// A role on a side: "the line manager of the receiving side". Three roles are always known:
// "practitioner" (the people who disagree), "raiser" (the person who raised) and, on the board's
// side, "inbox". All others are filled by contacts named on the case or by the directory.
struct Target {
    Side side = Side::both;
    std::string role;
    bool operator==(const Target&) const = default;
};

// Limits a rule to some cases; an empty list means any.
struct When {
    std::vector<std::string> subject;      // "child", "adult"
    std::vector<std::string> case_status;  // "cp", "cin", ...
    std::optional<bool> urgent;
};

struct Procedure {
    std::string id;
    std::string title;
    std::vector<std::string> clauses;
};

struct Stage {
    std::string id;  // unique in the policy: "2", "cross-border-1"
    std::string procedure;
    std::string title;
    std::string guidance;       // what the actors are asked to do, one or two sentences
    std::vector<Target> actors; // who must act at this stage
    std::vector<Target> joins;  // third parties told when it is entered
    // A case may start here, past the stages before, when this word is given with a reason
    // ("immediate-harm"); empty: it may not.
    std::string skip_to_with;
    bool last = false;          // nothing follows: escalation is refused
    // The duty that must have been met before this stage may be entered (CAMDEN-82: the Secretary
    // of State only after the meeting's outcome); empty: none.
    std::string after;
    std::vector<std::string> clauses;
};

// Who owes what, from which event, by when, and what follows. A stage's limit is one of these.
//
// Events are named by words: the built-in ones (see known_events in policy.h) and the policy's own
// [[event]] rows. "missed:ID" and "met:ID" are the ends of another duty, "reached:STAGE" is the
// entry into that stage or a later one, "tag:ID" is the case being given that tag.
struct Duty {
    std::string id;
    std::string title;       // "Resolve stage 2 or escalate"
    std::string ask;         // the sentence its notices put to those who owe it
    std::string procedure;
    std::string stage;       // the stage it belongs to; empty: the whole case
    std::string starts;      // the event that starts it, at its stage unless it starts at "outset"
    Side starts_side = Side::none;  // only when that side's event; none: any
    std::string from;        // counted from: empty = that event; "outset" = the case's outset
    Term due;
    std::optional<Term> urgent;     // the term instead, while the case is urgent
    std::vector<Target> owed_by;    // empty: the stage's actors
    std::vector<std::string> met_by;
    Side met_side = Side::none;     // only that side's event meets it
    std::vector<Target> missed_tells;  // told, beside those who owe it, when it is missed
    bool missed_tells_next = false;    // ... and the actors of the next stage of both sides
    bool announce = true;    // those who owe it are told when it starts
    std::vector<Term> remind;        // before the deadline; empty: the policy's default
    std::optional<Term> repeat;      // after it, until somebody acts; none: the policy's default
    std::string form;        // attached to its notices
    When when;
    std::vector<std::string> clauses;
};

enum class CopyKind { copy, outcome, prompt };

// Somebody is told when something happens.
struct Copy {
    std::string id;
    std::string on;     // the event, as in Duty::starts
    std::string stage;  // only at this stage; empty: any
    CopyKind kind = CopyKind::copy;
    std::vector<Target> to;
    std::string text;   // what the recipient is to know or do, one or two sentences
    std::string form;   // attached
    When when;
    std::vector<std::string> clauses;
};

// A fact the policy gives a name of its own, reported by an update of kind report_event.
struct NamedEvent {
    std::string id;     // "line-manager-told"
    std::string title;  // "Reported to own line manager"
    std::vector<std::string> words;  // how a mail may say it
    std::vector<std::string> clauses;
};

struct Form {
    std::string id;
    std::string title;
    std::string layout;               // file below templates/forms, without its ending
    std::vector<std::string> stages;  // at which it is in use: the first opens it
    std::optional<Target> return_to;  // none: it stays with the agencies
    std::vector<std::string> clauses;
};

enum class GuardKind { warning, refusal, signpost };

// A sentence people must see, or a reason to refuse.
struct Guard {
    std::string id;
    GuardKind kind = GuardKind::warning;
    // "raise" and "prompt": shown then. "immediate-risk", "urgent", "same-agency", "reason:ID" and
    // "tag:ID": when a case says so.
    std::string when;
    std::string text;
    std::vector<std::string> clauses;
};

struct ReasonOption {  // why people disagree: the list the policy offers
    std::string id;
    std::string title;
    std::vector<std::string> clauses;
};

// One version of a board's escalation policy. Built by a loader, checked by check(), then shared
// read-only for the life of the process.
struct Policy {
    std::string id;       // "camden-2024"
    std::string board;    // "camden"
    std::string title;
    std::string version;
    std::string text;     // where the published text is, for people
    std::optional<Date> review_due;
    Readings readings;
    bool auto_advance = false;  // enter the next stage when the limit passes
    std::vector<Term> remind;   // default reminders before a deadline counted in days
    std::vector<Term> remind_hours;  // ... and counted in hours
    Term repeat{Unit::working_days, 1};
    Term repeat_urgent{Unit::hours, 24};
    std::vector<Procedure> procedures;
    std::vector<Stage> stages;  // in ladder order within each procedure
    std::vector<Duty> duties;
    std::vector<Copy> copies;
    std::vector<NamedEvent> events;
    std::vector<Form> forms;
    std::vector<Guard> guards;
    std::vector<ReasonOption> reasons;
    std::vector<std::string> case_status;  // the words a case's status may take; empty: free
    // Roles people on the case fill: their contacts are asked for, no directory has to list them
    // (NSOM-21). "practitioner" and "raiser" are such without being named here.
    std::vector<std::string> case_roles;
    std::vector<std::string> clauses;      // those about the document itself
    std::vector<std::string> readings_used;  // "R-3", "C-4": the readings this data follows
};

// The board's own settings: not policy, chosen by its manager.
struct Board {
    std::string id;
    std::string name;              // "Camden Safeguarding Children Partnership"
    std::string reference_prefix;  // "CSCP": references read CSCP-2026-0042
    std::vector<std::string> subjects;  // "child", "adult": the kinds it takes
    std::vector<std::string> stage_copies;  // stages whose entry is copied to the inbox (C-9)
    std::vector<std::string> mail_domains;  // whose people may raise by mail
};

const Stage* find_stage(const Policy& policy, std::string_view id);
const Duty* find_duty(const Policy& policy, std::string_view id);
const Copy* find_copy(const Policy& policy, std::string_view id);
const Form* find_form(const Policy& policy, std::string_view id);
const NamedEvent* find_event(const Policy& policy, std::string_view id);
const Procedure* find_procedure(const Policy& policy, std::string_view id);
// The stage after `id` in its procedure; nullptr when it is the last.
const Stage* next_stage(const Policy& policy, std::string_view id);
const Stage* first_stage(const Policy& policy, std::string_view procedure);
// Place of the stage in its procedure, from 0; -1 when unknown.
int place_of(const Policy& policy, std::string_view stage);
std::vector<const Guard*> guards_for(const Policy& policy, std::string_view when);

// The words that may stand in `starts`, `met_by` and `on` beside the policy's own events and the
// words made of a prefix and an id (see Duty).
const std::vector<std::string>& known_events();
// The tags a case can be given.
const std::vector<std::string>& known_tags();

// A problem in a policy or directory. `row` names the place in words the loader can turn into
// file:line:field, e.g. {"duty", "resolve-2", "met_by"}.
struct Problem {
    std::string table;
    std::string id;
    std::string field;
    std::string what;       // what was found
    std::string permitted;  // what is permitted, and the nearest valid name
};
struct Directory;
// Everything wrong with this policy, all of it at once: names that point nowhere, duties nobody
// can meet, unreachable stages, missing clauses.
std::vector<Problem> check(const Policy& policy);
// Roles of the policy that no post and no case contact can fill: the named gaps.
std::vector<Problem> gaps(const Policy& policy, const Directory& directory);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/deadline.h"
#include "bot/core/hours.h"

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

// Limits a rule to some cases. Every list given must hold; within one any word does; an empty one
// means any.
struct When {
    std::vector<std::string> subject = {};      // "child", "adult"; a case about both is either
    std::vector<std::string> case_status = {};  // "cp", ...; a status not known is every one (C-6)
    std::vector<std::string> agency = {};       // of the receiving side: id or kind
    std::vector<std::string> raising_agency = {};    // of the raising side: id or kind
    std::vector<std::string> unit = {};              // of the receiving side
    std::vector<std::string> priority = {};          // levels; "standard" is the one without a row
    std::vector<std::string> circumstance = {};      // any of these is set
    std::vector<std::string> not_circumstance = {};  // none of these is
    std::vector<std::string> area = {};
    std::vector<std::string> reason = {};
    std::vector<std::string> procedure = {};
    std::vector<std::string> tag = {};        // any of these was given
    std::vector<std::string> not_tag = {};    // none of these was
    std::vector<std::string> stage = {};      // the case stands at one of these, or at a step of it
    // Any of these forms has not come back since the present stage was entered.
    std::vector<std::string> form_missing = {};
    std::optional<bool> immediate_risk = {};
    std::optional<bool> urgent = {};  // any level above standard
};

struct Procedure {
    std::string id = {};
    std::string title = {};
    // A limit on raising, counted from the decision in dispute; none: there is none.
    std::optional<Term> raise_within = {};
    bool raise_late_warns = false;         // past it: take the case all the same, with a warning
    std::vector<Target> raise_roles = {};  // who must be named on the case to raise it (NLINCS-26)
    When when = {};
    std::vector<std::string> clauses = {};
};

// A rung of the ladder. A [[step]] is one that lies within a stage: entering the stage enters its
// first step that holds for the case; rules of the stage count for all its steps.
struct Stage {
    std::string id = {};  // unique in the policy: "2", "cross-border-1"
    std::string procedure = {};
    std::string within = {};  // a step: the stage it lies in
    std::string title = {};
    std::string guidance = {};        // what the actors are asked to do, one or two sentences
    std::vector<Target> actors = {};  // who must act at this stage
    std::vector<Target> joins = {};   // third parties told when it is entered
    // A case may start here, past the stages before, when this word is given with a reason
    // ("immediate-harm"); empty: it may not.
    std::string skip_to_with = {};
    bool last = false;      // nothing follows: escalation is refused
    bool announce = true;       // its actors are told when it is entered
    std::string next = {};  // the stage that follows, where it is not the one below
    // Left by one of these events only (a vote, NLINCS-40): escalation is refused with their names.
    std::vector<std::string> leave_with = {};
    // The duty that must have been met before this stage may be entered (CAMDEN-82: the Secretary
    // of State only after the meeting's outcome); empty: none.
    std::string after = {};
    // The duty that must have been met before a case at this stage may be resolved (BARNET-63).
    std::string resolve_after = {};
    When when = {};
    std::vector<std::string> clauses = {};
};

// The levels of urgency above standard, in rising order. A policy without rows has one: "urgent".
struct Priority {
    std::string id = {};
    std::string title = {};
    std::vector<std::string> clauses = {};
};
struct PriorityTerm {
    std::string level = {};
    Term term = {};
    bool operator==(const PriorityTerm&) const = default;
};

// Something true or not of a case, on which rules may depend: "head-is-dsl".
struct Circumstance {
    std::string id = {};
    std::string title = {};
    std::vector<std::string> clauses = {};
};

// A local board of several that share one policy (BERKS-1).
struct Area {
    std::string id = {};
    std::string title = {};
    std::vector<std::string> clauses = {};
};

// Who fills a role, by agency, unit and hour. Of the rows that match, the first one counts.
struct RouteTo {
    std::string agency = {};  // empty: the party's own; "board": a post of the board
    std::string role = {};
    bool operator==(const RouteTo&) const = default;
};
struct Route {
    std::string id = {};
    std::string role = {};                 // as targets ask for it
    std::vector<std::string> agency = {};  // id or kind of the party it belongs to; empty: any
    std::vector<std::string> unit = {};    // of that party; empty: any
    std::vector<Hours> hours = {};         // empty: always
    std::vector<Hours> except_hours = {};
    When when = {};
    std::vector<RouteTo> to = {};       // all of them
    std::vector<RouteTo> else_to = {};  // when nobody of `to` is known and available
    std::string note = {};              // put into the notice
    std::vector<std::string> clauses = {};
};

// Words every mail at these stages must carry.
struct Phrase {
    std::string id = {};
    std::string text = {};
    bool in_subject = false;               // else at the top of the text
    std::vector<std::string> stages = {};  // empty: all
    std::vector<std::string> clauses = {};
};

// What the board owes regularly, beside the cases.
struct BoardReport {
    enum class Every { quarter, year, once };  // once: at the end of each case
    std::string id = {};
    std::string title = {};
    Every every = Every::quarter;
    // Quarter, year: sent at the opening hour of the working day this long after the last day of
    // the period; none: on the first one after it.
    std::optional<Term> after = {};
    std::string from_stage = {};  // once: only of cases that end at this stage or a later one
    std::vector<Target> to = {};
    std::string text = {};
    std::vector<std::string> clauses = {};
};

// Who owes what, from which event, by when, and what follows. A stage's limit is one of these.
//
// Events are named by words: the built-in ones (see known_events in policy.h) and the policy's own
// [[event]] rows. "missed:ID" and "met:ID" are the ends of another duty, "reached:STAGE" is the
// entry into that stage or a later one, "tag:ID" is the case being given that tag,
// "form-returned:ID" is that form having come back, "form-returned:ID/PART" that part of it.
struct Duty {
    std::string id = {};
    std::string title = {};  // "Resolve stage 2 or escalate"
    std::string ask = {};    // the sentence its notices put to those who owe it
    std::string procedure = {};
    std::string stage = {};   // the stage it belongs to; empty: the whole case
    std::string starts = {};  // the event that starts it, at its stage unless it starts at "outset"
    std::vector<std::string> or_starts = {};  // ... or one of these, whichever comes first
    Side starts_side = Side::none;  // only when that side's event; none: any
    // Counted from: empty = that event; "outset" = the case's outset; "disputed" = the decision the
    // sides disagree about.
    std::string from = {};
    Term due = {};
    std::vector<PriorityTerm> by_priority = {};  // the terms instead, from that level on
    // by_agreement only: the longest that may be agreed, and the limit until something is.
    std::optional<Term> at_most = {};
    std::vector<Target> owed_by = {};  // empty: the stage's actors
    std::vector<std::string> met_by = {};
    Side met_side = Side::none;             // only that side's event meets it
    std::vector<Target> missed_tells = {};  // told, beside those who owe it, when it is missed
    bool missed_tells_next = false;   // ... and the actors of the next stage of both sides
    bool announce = true;             // those who owe it are told when it starts
    bool outlasts = false;   // owed on when the stage is left or the case closed, and meetable then
    // What its end brings with it: the stage entered, the case closed (true: resolved).
    std::string met_enters = {};
    std::string missed_enters = {};
    std::optional<bool> met_closes = {};
    std::optional<bool> missed_closes = {};
    std::vector<Term> remind = {};    // before the deadline; empty: the policy's default
    std::optional<Term> repeat = {};  // after it, until somebody acts; none: the policy's default
    std::string form = {};            // attached to its notices
    std::string part = {};            // the part of that form it asks for; empty: the whole
    When when = {};
    std::vector<std::string> clauses = {};
};

enum class CopyKind { copy, outcome, prompt };

// Somebody is told when something happens.
struct Copy {
    std::string id = {};
    std::string on = {};          // the event, as in Duty::starts
    std::string stage = {};       // only at this stage; empty: any
    std::string from_stage = {};  // at this one or any later: a list that grows by stage
    std::string procedure = {};   // only in this one; empty: any
    CopyKind kind = CopyKind::copy;
    std::vector<Target> to = {};
    std::string text = {};  // what the recipient is to know or do, one or two sentences
    std::string form = {};  // attached
    When when = {};
    std::vector<std::string> clauses = {};
};

// A fact the policy gives a name of its own, reported by an update of kind report_event.
struct NamedEvent {
    std::string id = {};                   // "line-manager-told"
    std::string title = {};                // "Reported to own line manager"
    std::vector<std::string> words = {};   // how a mail may say it
    Side side = Side::none;                // only this side may report it; none: anybody
    std::vector<std::string> stages = {};  // only there; empty: anywhere
    std::string enters = {};               // the stage entered with it: a vote, a panel's choice
    std::string after = {};          // only once this event was reported on the case
    std::optional<bool> closes = {};       // true: the case is resolved with it; false: withdrawn
    std::vector<std::string> sets = {};    // circumstances that hold from now on
    std::vector<std::string> clears = {};  // ... or no longer
    std::vector<std::string> needs =
        {};                         // "text", "deadline", "contact", "members": refused without
    int members_at_least = 0;       // of a panel (NSOM-54)
    std::string members_flag = {};  // which that many must carry: "statutory"
    bool uninvolved = false;        // no member may come from a party of the case (BERKS-22)
    std::vector<std::string> clauses = {};
};

// A part of a form that one of several fills: the request, the response.
struct FormPart {
    std::string id = {};
    std::string title = {};
    Target filled_by = {};
};

struct Form {
    std::string id = {};
    std::string title = {};
    std::string layout = {};               // file below templates/forms, without its ending
    std::vector<std::string> stages = {};  // at which it is in use: the first opens it
    std::optional<Target> return_to = {};  // none: it stays with the agencies
    std::vector<FormPart> parts = {};
    std::vector<std::string> clauses = {};
};

enum class GuardKind { warning, refusal, signpost };

// A sentence people must see, or a reason to refuse.
struct Guard {
    std::string id = {};
    GuardKind kind = GuardKind::warning;
    // "raise" and "prompt": shown then. "immediate-risk", "urgent", "same-agency", "reason:ID" and
    // "tag:ID": when a case says so. "event:ID": when that event is reported.
    std::string when = {};
    When when_case = {};
    std::vector<std::string> stages = {};  // shown only there; empty: anywhere
    std::string text = {};
    std::vector<std::string> clauses = {};
};

struct ReasonOption {  // why people disagree: the list the policy offers
    std::string id = {};
    std::string title = {};
    std::vector<std::string> clauses = {};
};

// One version of a board's escalation policy. Built by a loader, checked by check(), then shared
// read-only for the life of the process.
struct Policy {
    std::string id = {};     // "camden-2024"
    std::string board = {};  // "camden"
    std::string title = {};
    std::string version = {};
    std::string digest = {};  // of the file\'s text, set by the loader; empty: made by hand
    std::string text = {};  // where the published text is, for people
    std::optional<Date> review_due = {};
    Readings readings;
    bool auto_advance = false;            // enter the next stage when the limit passes
    std::vector<Term> remind = {};        // default reminders before a deadline counted in days
    std::vector<Term> remind_hours = {};  // ... and counted in hours
    Term repeat{Unit::working_days, 1};
    Term repeat_urgent{Unit::hours, 24};
    // How long an open case on which no clock runs may be quiet before its actors are reminded of
    // it; none: for ever.
    Term quiet{Unit::none, 0};
    std::string calendar = "england-and-wales";  // division of the bank-holiday file
    std::vector<Procedure> procedures = {};
    std::vector<Stage> stages =
        {};  // in ladder order within each procedure, steps after their stage
    std::vector<Priority> priorities = {};
    std::vector<Circumstance> circumstances = {};
    std::vector<Area> areas = {};
    std::vector<Route> routes = {};
    std::vector<Phrase> phrases = {};
    std::vector<BoardReport> reports = {};
    std::vector<Duty> duties = {};
    std::vector<Copy> copies = {};
    std::vector<NamedEvent> events = {};
    std::vector<Form> forms = {};
    std::vector<Guard> guards = {};
    std::vector<ReasonOption> reasons = {};
    std::vector<std::string> case_status = {};  // the words a case's status may take; empty: free
    // Roles people on the case fill: their contacts are asked for, no directory has to list them
    // (NSOM-21). "practitioner" and "raiser" are such without being named here.
    std::vector<std::string> case_roles = {};
    std::vector<std::string> clauses = {};        // those about the document itself
    std::vector<std::string> readings_used = {};  // "R-3", "C-4": the readings this data follows
};

// The board's own settings: not policy, chosen by its manager.
struct Board {
    std::string id = {};
    std::string name = {};                       // "Camden Safeguarding Children Partnership"
    std::string reference_prefix = {};           // "CSCP": references read CSCP-2026-0042
    std::vector<std::string> subjects = {};      // "child", "adult": the kinds it takes
    std::vector<std::string> stage_copies = {};  // stages whose entry is copied to the inbox (C-9)
    std::vector<std::string> mail_domains = {};  // whose people may raise by mail
    // When a message is not taken within this time, the reader's next channel is tried as well.
    std::chrono::minutes fall_back_after{30};
    std::chrono::minutes urgent_fall_back_after{10};
    int urgent_at_once = 2;  // channels besides mail an urgent notice goes by at the same time
    int suppress_below = 5;  // counts from 1 to below this are not shown in reports; 0: all are
};

// The circumstance of a case taken although its procedure's limit on raising had passed.
constexpr std::string_view raised_late = "raised-late";

const Stage* find_stage(const Policy& policy, std::string_view id);
const Duty* find_duty(const Policy& policy, std::string_view id);
const Copy* find_copy(const Policy& policy, std::string_view id);
const Form* find_form(const Policy& policy, std::string_view id);
const NamedEvent* find_event(const Policy& policy, std::string_view id);
const Procedure* find_procedure(const Policy& policy, std::string_view id);
const Stage* first_stage(const Policy& policy, std::string_view procedure);
// True when `stage` is `outer` or a step of it.
bool lies_in(const Policy& policy, std::string_view stage, std::string_view outer);
// Place of the stage or step in its procedure, from 0; -1 when unknown.
int place_of(const Policy& policy, std::string_view stage);
// Place of a level of urgency, from 0; -1 for "standard" and what is unknown.
int level_of(const Policy& policy, std::string_view priority);
// The ids of the levels above standard, in rising order.
std::vector<std::string> priority_ids(const Policy& policy);
std::vector<const Guard*> guards_for(const Policy& policy, std::string_view when);

// The words that may stand in `starts`, `met_by` and `on` beside the policy's own events and the
// words made of a prefix and an id (see Duty).
const std::vector<std::string>& known_events();
// The tags a case can be given.
const std::vector<std::string>& known_tags();

// A problem in a policy or directory. `row` names the place in words the loader can turn into
// file:line:field, e.g. {"duty", "resolve-2", "met_by"}.
struct Problem {
    std::string table = {};
    std::string id = {};
    std::string field = {};
    std::string what = {};       // what was found
    std::string permitted = {};  // what is permitted, and the nearest valid name
};
struct Directory;
// Everything wrong with this policy, all of it at once: names that point nowhere, duties nobody
// can meet, unreachable stages, missing clauses.
std::vector<Problem> check(const Policy& policy);
// Roles of the policy that no post and no case contact can fill: the named gaps.
std::vector<Problem> gaps(const Policy& policy, const Directory& directory);

}  // namespace stageclock

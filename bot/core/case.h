// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bot/core/notice.h"
#include "bot/core/reason.h"
#include "bot/core/update.h"

namespace stageclock {

enum class EventKind {
    raised,
    stage_entered,
    stage_skipped,
    acknowledged,
    discussed,
    escalated,
    resolved,
    withdrawn,
    marked_urgent,
    marked_standard,
    deadline_set,
    deadline_agreed,   // the duty is in `rule`
    contact_named,
    contact_unavailable,
    unreached,     // a message did not arrive; its notice's rule is in `rule`
    attested,
    outcome_confirmed,
    tagged,
    circumstance_set,      // named in `name`
    circumstance_cleared,
    decided,
    reopened,
    reported,      // an event of the policy's own; its word is in `name`
    form_returned, // its id is in `name`, what it says in the detail
    migrated,      // an operator moved the case to another version of the policy
    // what decide() adds
    duty_started,
    duty_met,
    duty_missed,
    duty_ended,    // neither: the case closed, or the duty no longer applies
    told,          // notices of one occasion were made
    not_told,      // ... or deliberately not
    informed,      // people who were asked something about this case for the first time
    settled        // the consequences of the events up to `upto` are drawn
};
// "stage-entered", ...: the words policies use.
std::string_view to_text(EventKind kind);
std::optional<EventKind> parse_event_kind(std::string_view text);

// The moments of a duty at which somebody is told.
enum class Occasion { started, reminder, missed, repeat, happened };
std::string_view to_text(Occasion occasion);
std::optional<Occasion> parse_occasion(std::string_view text);

struct Raised {
    std::string board;
    std::string policy;
    std::string policy_version;
    std::string policy_digest;
    std::string procedure;
    RaiseFacts facts;
};

struct Told {
    Occasion occasion{};
    int number = 0;       // which reminder, which repeat
    int recipients = 0;
    Reason reason{};
    Instant at;           // when it was due: a moved deadline makes new occasions
    bool operator==(const Told&) const = default;
};

struct Informed {
    std::vector<Recipient> people;
};

// One thing that happened to a case. Immutable once stored; the case is the fold of these.
struct Event {
    EventKind kind{};
    Instant at;        // when it happened
    Instant recorded;  // when we learnt of it
    Actor by;          // empty for what decide() adds
    std::string stage; // the stage it concerns
    std::string rule;  // the duty or copy it concerns
    // reported: the policy's word; tagged: the tag; discussed: the mode; marked_urgent: the level
    std::string name;
    std::string text;  // what people wrote
    // deadline_set, deadline_agreed: the limit; duty_*: where it was counted from
    std::optional<Instant> deadline;
    std::uint64_t upto = 0;           // settled
    std::vector<std::string> clauses;
    std::variant<std::monostate, Raised, Told, Contact, Informed, Unreached, FormReturn> detail;
    std::vector<KeptFile> files = {};  // that came with the update; on its first event only

    // The word a policy knows this event by ("escalated", or its own word for `reported`).
    std::string word() const;
};

enum class Status { open, resolved, withdrawn };
std::string_view to_text(Status status);

// A duty that began on this case. Deadlines are not stored: they are computed from these facts,
// the policy and the calendar, so that a changed calendar changes them.
struct DutyRun {
    enum class State { running, missed, met, met_late, ended };
    std::string duty;
    Instant started;   // the event that started it
    Instant basis;     // where its term is counted from
    State state = State::running;
    std::optional<Instant> over;   // when met or ended
    std::vector<Told> told;        // occasions already dealt with
    bool open() const { return state == State::running || state == State::missed; }
    bool operator==(const DutyRun&) const = default;
};
std::string_view to_text(DutyRun::State state);
std::optional<DutyRun::State> parse_duty_state(std::string_view text);

struct StageEntry {
    std::string stage;
    Instant at;
};

struct Acknowledgement {
    std::string stage;
    std::string address;
    Instant at;
};

// When a case came to a level of urgency; an empty level is the standard.
struct PriorityChange {
    std::string level;
    Instant at;
};

// What the parties agreed about a duty whose limit is theirs to set.
struct Agreement {
    std::string duty;
    Instant until;
    Instant at;   // when they agreed
};

// A role of a side that was reported out of reach.
struct Unavailable {
    Side side = Side::none;
    std::string role;
};

struct Tag {
    std::string id;
    std::string text;
};

// What people did and said on the way: what a case note holds (CAMDEN-19 to CAMDEN-22).
struct LogEntry {
    Instant at;
    std::string what;   // the event's word: "discussed", "escalated", a policy's own
    Side side = Side::none;
    std::string by;     // name, else address, of who reported it
    std::string mode;   // of a communication: "telephone"; may be empty
    std::string text;
    bool operator==(const LogEntry&) const = default;
};
// "Friday 18 December 2026 at 16:30, discussed by telephone, raising side (Robin Raiser): ..."
std::string to_words(const LogEntry& entry, const Zone& zone);

// A file on the case: when it came and from whom.
struct FileEntry {
    Instant at;
    Side side = Side::none;
    std::string by;     // name, else address, of who sent it
    KeptFile file;
    bool operator==(const FileEntry&) const = default;
};

// A form that came back.
struct ReturnedForm {
    Instant at;
    Side side = Side::none;
    std::string by;     // name, else address, of who sent it
    FormReturn form;
    bool operator==(const ReturnedForm&) const = default;
};

// Something done from a chat, where the account stands for the person.
struct ChatAct {
    Instant at;
    std::string what;     // the event's word: "acknowledged"
    Side side = Side::none;
    std::string role;
    std::string account;  // "slack:U0123ABCD"
    bool operator==(const ChatAct&) const = default;
};
// "Friday 18 December 2026 at 16:30, acknowledged by chat, line manager of the receiving side
// (slack:U0123ABCD)".
std::string to_words(const ChatAct& act, const Zone& zone);

// A disagreement between two agencies, as it stands now.
struct Case {
    std::string ref;            // "CSCP-2026-0042"
    std::uint64_t events = 0;   // how many were applied: also the version for compare-and-swap
    std::string board;
    std::string policy;
    std::string policy_version;
    std::string policy_digest;  // of the file's text: a version is known by it
    std::string procedure;
    std::string stage;
    Status status = Status::open;
    Instant outset;             // when the concern was first considered (S-4)
    Instant raised;             // when we were told
    std::optional<Instant> closed;
    std::optional<Instant> urgent_since;
    std::optional<Instant> protective_deadline;
    std::vector<PriorityChange> priorities;   // in the order they happened
    std::vector<Agreement> agreements;        // the latest one of each duty
    std::vector<Unavailable> unavailable;
    std::vector<Unreached> unreached;         // the latest of each address
    std::vector<std::string> circumstances;   // that hold now
    std::vector<std::string> waiting;         // copies for which nobody was known
    RaiseFacts facts;
    Actor raiser;
    std::string outcome;        // what was agreed
    std::vector<StageEntry> entries;
    std::vector<DutyRun> duties;
    std::vector<Acknowledgement> acknowledgements;
    std::vector<Tag> tags;
    std::optional<Instant> nudged;    // when it was last recalled because no clock runs
    // Whoever was asked something about it, once each: they learn how it ends, nobody else does.
    std::vector<Recipient> informed;
    std::vector<LogEntry> log;        // discussions, escalations, decisions
    std::vector<FileEntry> files;     // in the order they came, each of a mail once
    std::vector<ChatAct> by_chat;     // in the order they were recorded
    std::vector<ReturnedForm> returned;   // forms, in the order they came back
    std::vector<Event> unsettled;     // whose consequences decide() has yet to draw
    std::uint64_t settled = 0;        // events up to here are settled

    bool open() const { return status == Status::open; }
};

// The fold. Total: every event applies to every case; what cannot be meant is ignored.
Case apply(Case before, const Event& event);
Case apply(Case before, const std::vector<Event>& events);

// Messages to this address are known not to arrive.
bool is_out_of_reach(const Case& the_case, std::string_view address);
// Its owner is away at `now`, as an automatic answer said: until the day it named, or 14 days.
bool is_away(const Case& the_case, std::string_view address, Instant now);

// The latest return of that form, or of that part of it; nullptr: it has not come back.
const ReturnedForm* last_return(const Case& the_case, std::string_view form,
                                std::string_view part = {});

// When the present stage was entered.
Instant stage_entered_at(const Case& the_case);

}  // namespace stageclock

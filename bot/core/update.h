// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/policy.h"
#include "bot/core/time.h"

namespace stageclock {

// A person as they stand on a case. Everything in here is personal data: never logged.
struct Contact {
    Side side = Side::none;
    std::string role;  // "practitioner", "line-manager", ...
    std::string name;
    std::string address;  // email; may be empty while unknown
    std::string phone;
    bool operator==(const Contact&) const = default;
};

// Who sent an update: a contact, or a system acting for one.
struct Actor {
    Side side = Side::none;
    std::string role;
    std::string name;
    std::string address;
    std::string account = {};  // in a chat, "slack:U0123ABCD"; empty: it did not come from one
};

// An address that our messages about a case do not reach, or whose owner is away.
struct Unreached {
    enum class How {
        bounced,  // a mail system reported that it could not deliver
        refused,  // the next host would not take it, or every attempt failed
        away      // an automatic answer says so: the message was delivered
    };
    How how = How::bounced;
    std::string address;
    std::string recipient;  // id of who was addressed: a post, "receiving:line-manager:ADDRESS"
    Side side = Side::none;
    std::string role;
    std::string rule;       // of the notice; empty: unknown
    bool statutory = true;  // the notice asked for something or is owed by the policy
    std::string status;     // RFC 3463: "5.1.1"; empty: not said
    std::optional<Instant> until;  // away: when they are back; none: not said
    Instant at;
    bool operator==(const Unreached&) const = default;
};
std::string_view to_text(Unreached::How how);
std::optional<Unreached::How> parse_unreached(std::string_view text);

// A file that came with a mail, as it stands on a case. Its bytes are in the kept mail alone. Names
// are what people wrote: personal data.
struct KeptFile {
    std::string name;          // one line, without a path
    std::string content_type;  // as the sender said: "application/pdf"
    std::uint64_t size = 0;    // bytes; 0: not known (a mail within the mail)
    std::string sha256;        // of these bytes, hex; empty: not to be had alone
    std::string mail;          // SHA-256 of the kept mail it came with, hex
    bool operator==(const KeptFile&) const = default;
};

// One value of a form, by the id its layout gives it.
struct FormValue {
    std::string id;
    std::string value;
    std::string label = {};  // as the form said it when it came back; empty: see `id`
    bool as_sent = false;    // it stood there when the form went out
    bool operator==(const FormValue&) const = default;
};

// A form that came back, read and checked against its layout. Values are personal data.
struct FormReturn {
    std::string form;               // id of the policy's [[form]]
    std::string part;               // which part was asked for; empty: the whole
    std::vector<FormValue> values;  // those that say something, in the order of the layout
    // What the layout gives a use beside being kept, by to_text(FieldUse): "outcome".
    std::vector<FormValue> used;
    std::string sha256;             // of the file it stood in, which is kept with the case
    bool operator==(const FormReturn&) const = default;

    // nullptr: the form says nothing there.
    const FormValue* find(std::string_view id) const;
    // The value with that use; empty when there is none.
    std::string_view use(std::string_view word) const;
};

struct Party {
    std::string agency;  // the directory's id once accepted; as written before
    std::string unit;
};

// What a raise says. Free text and names: personal data.
struct RaiseFacts {
    std::string procedure;     // empty: the policy's first
    std::string subject_kind;  // "child", "adult", "both"; empty: the board's only kind
    std::string subject_name;
    std::string case_status;   // "cp", "cin", ...: routes (C-6)
    std::string area;          // the local board, where several share a policy
    Party raising;
    Party receiving;
    std::vector<Contact> contacts;
    std::string reason;        // id of a ReasonOption; empty: not given
    std::string summary;       // what the disagreement is about, the evidence
    std::string raising_view;
    std::string receiving_view;
    std::string wanted;        // the outcome the raiser would like
    std::string stage;         // asked-for first stage; empty: the first
    std::string skip_reason;   // why earlier stages are passed over
    bool urgent = false;
    bool immediate_risk = false;
    std::string priority;      // a level above standard; empty: as `urgent` says
    std::vector<std::string> circumstances;  // of the policy's own, true of this case
    std::optional<Instant> disputed;  // when the decision in dispute was made
};

// Somebody of a panel, or who is to chair a meeting.
struct Member {
    std::string name;
    std::string agency;
    std::vector<std::string> flags;  // "statutory"
};

enum class UpdateKind {
    raise,
    acknowledge,
    discuss,          // a discussion took place
    escalate,
    resolve,
    withdraw,
    mark_urgent,
    mark_standard,
    set_priority,     // a level of urgency, named in `priority`
    set_deadline,     // a protective deadline: only ever shorter
    agree_deadline,   // when the parties agreed that `duty` is due
    name_contact,
    report_unavailable,  // a role of a side cannot be reached: named in `contact`
    attest,           // the record is on the file of the updater's side
    confirm_outcome,  // written confirmation between the parties
    tag,              // strategic issue, policy gap, learning
    decide,           // a meeting's or panel's decision
    reopen,
    report_event,     // an event of the policy's own, named in `event`
    // These are not for people outside to send.
    return_form,      // a form came back: `returned`
    report_unreached,  // a message did not reach its reader: `unreached`
    migrate           // the operator's alone: on to the present version of the policy
};
// "raise", "mark-urgent", ...: the word in CloudEvents types, mails and docs.
std::string_view to_text(UpdateKind kind);
std::optional<UpdateKind> parse_update_kind(std::string_view text);

// Something somebody tells us about a case. Made by an inbox or the webhook, judged by accept().
struct Update {
    UpdateKind kind = UpdateKind::raise;
    std::string source;  // configured source, "mail": with `id` it makes the update unique
    std::string id;
    std::string digest;  // of the raw body: the same id with another body is a conflict
    std::string board;   // of a raise
    std::string ref;     // of all others
    Actor by;
    std::optional<Instant> happened;  // R-7; none: when received
    Instant received;
    RaiseFacts facts;      // raise
    std::string stage;     // escalate: the stage asked for; empty: the next
    std::string text;      // what was discussed, agreed, decided, the outcome, the issues
    std::string event;     // report_event
    std::string tag;       // tag
    Contact contact;       // name_contact
    std::optional<Instant> deadline;  // set_deadline, agree_deadline, an event that needs one
    std::string duty;      // agree_deadline; empty: the only one whose limit is by agreement
    std::string priority;  // set_priority
    std::vector<Member> members;  // report_event
    std::string mode;      // of a communication: "telephone", "meeting", "email"
    Unreached unreached;   // report_unreached: `address` and `how` at least
    FormReturn returned;   // return_form
    bool resolves = false;  // return_form: the case is resolved with the outcome it gives
    std::vector<KeptFile> files;  // that came with it, each one permitted (bot/core/files.h)
};

}  // namespace stageclock

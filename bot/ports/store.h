// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bot/core/case.h"
#include "bot/core/notice.h"
#include "bot/core/result.h"
#include "bot/ports/places.h"

namespace stageclock {

// States of an outbox row; docs/outbox.md has the table of legal moves.
enum class NoticeState {
    pending,    // to be sent, not before `not_before`
    claimed,    // a sender has it until its lease ends
    accepted,   // the next host took it: what we can prove
    retrying,   // failed for now, will be tried again at `not_before`
    failed,     // failed for good: shows on the case
    cancelled,  // not sent: no longer owed
    bounced,    // accepted, and later reported as not delivered
    delivered   // accepted, and later reported as having arrived
};
std::string_view to_text(NoticeState state);
std::optional<NoticeState> parse_notice_state(std::string_view text);

// What a caller of an update was answered: kept, so that a repeat is answered the same.
struct StoredAnswer {
    std::string source;
    std::string id;
    std::string digest;
    std::string ref;
    std::string body;   // the answer, as the intake wrote it
    Instant at;
};

// Everything one decision changes, stored together or not at all.
struct Transition {
    std::string ref;
    std::uint64_t expected = 0;     // events of the case before; 0: a new case
    std::vector<Event> events;
    Case after;
    std::optional<Instant> next;    // when to look at the case again
    std::vector<Notice> notices;
    std::vector<std::string> cancelled;   // duties whose unsent reminders and prompts lapse
    std::optional<StoredAnswer> answer;
};

// A message that could not be acted on, or must be looked at by a person.
struct SetAside {
    std::string source;
    std::string id;
    std::string why;       // no personal data
    std::string original;  // where the original is kept (a path), or the raw text itself
    Instant at;
};

struct NoticeRow {
    std::int64_t id = 0;
    Notice notice;
    NoticeState state = NoticeState::pending;
    int attempts = 0;
    Instant not_before;
    std::string reply;         // the last word of the other side: "250 2.0.0 Ok: queued as ..."
    std::optional<Instant> done_at;
    bool possible_repeat = false;  // an earlier attempt ended without an answer
    // Bounced or delivered: what the mail system or service said; `reply` is the acceptance.
    std::string report;
    std::optional<Instant> bounced_at;
    std::optional<Instant> delivered_at;
};

struct SendResult {
    std::int64_t id = 0;
    NoticeState state{};       // accepted, retrying or failed
    Instant at;
    Instant not_before;        // retrying: when to try again
    std::string reply;
    std::string sent;          // accepted: the message, byte for byte
};

struct CaseSummary {
    std::string ref;
    std::string board;
    std::string stage;
    Status status{};
    std::optional<Instant> next;
    Instant raised;
};

// Where cases, notices and answers live. Thread-safe; each call is one transaction. Errors:
// Code::unavailable when the disk or lock is in the way (nothing was stored), Code::conflict when
// the case moved on.
class Store : public Places {
public:
    virtual Result<std::optional<Case>> load(const std::string& ref) = 0;
    virtual Result<std::vector<Event>> events(const std::string& ref) = 0;
    virtual Result<std::vector<CaseSummary>> cases(std::size_t limit) = 0;
    // The open cases somebody with this address was asked something about, newest first.
    virtual Result<std::vector<CaseSummary>> cases_of(const std::string& address,
                                                      std::size_t limit) = 0;

    // The number of the next case of that board and year, from 1. Numbers handed out are not
    // given again by this process; a number whose raise was not stored may be given after restart.
    virtual Result<int> next_number(const std::string& prefix, int year) = 0;

    // Durable when it returns: all transitions in one transaction, in order.
    virtual Done commit(std::span<const Transition> transitions) = 0;
    virtual Result<std::optional<StoredAnswer>> answer(const std::string& source,
                                                       const std::string& id) = 0;

    // Notices that belong to no change of a case (answers to mails), with the answer that makes
    // them unique: when `answer` is stored already, nothing happens.
    virtual Done post(std::span<const Notice> notices, const StoredAnswer& answer) = 0;

    // Cases to look at: next <= now, earliest first.
    virtual Result<std::vector<std::string>> due(Instant now, std::size_t limit) = 0;
    virtual Result<std::optional<Instant>> next_due() = 0;

    // The outbox. claim() takes rows that are due and marks them claimed until `lease`; rows whose
    // lease has passed count as due again, with possible_repeat set. At most one row of a case and
    // recipient is claimed at a time, oldest first.
    virtual Result<std::vector<NoticeRow>> claim(Instant now, Instant lease,
                                                 std::size_t limit) = 0;
    virtual Done record(std::span<const SendResult> results) = 0;
    // An accepted message was reported as not delivered. The first report counts, a later one
    // changes nothing; neither does one about a row that failed for good. Code::conflict: the
    // attempt is still in hand, try again when it is recorded.
    virtual Done bounced(std::int64_t id, Instant at, const std::string& report) = 0;
    // An accepted message was reported as having arrived. The first report counts; one about a row
    // that bounced or was never accepted changes nothing. Code::conflict as of bounced().
    virtual Done delivered(std::int64_t id, Instant at, const std::string& report) = 0;
    virtual Result<std::optional<Instant>> next_send() = 0;
    virtual Result<std::vector<NoticeRow>> notices(const std::string& ref) = 0;
    virtual Result<std::vector<NoticeRow>> recent_notices(std::size_t limit) = 0;
    virtual Result<std::optional<NoticeRow>> notice(std::int64_t id) = 0;
    // The bytes of an accepted message; empty when it was not accepted.
    virtual Result<std::string> sent(std::int64_t id) = 0;

    // Kept for people: what was refused or could not be understood.
    virtual Done set_aside(const SetAside& item) = 0;
    virtual Result<std::vector<SetAside>> set_asides(std::size_t limit) = 0;

    // Before an update is tried its attempt is counted, so that one that kills the process is
    // known after the restart. Gives the number of attempts so far, this one included. Survives
    // the end of the process, not necessarily of the machine.
    virtual Result<int> count_attempt(const std::string& source, const std::string& id) = 0;
    virtual Done forget_attempt(const std::string& source, const std::string& id) = 0;

    // True when a small write goes through: for /readyz.
    virtual Done probe() = 0;
};

}  // namespace stageclock

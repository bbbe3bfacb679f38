// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/core/decide.h"
#include "tests/support/calendars.h"

// An invented board with an invented case, to make notices from: a full one, whose every personal
// value carries the word Canary, and the least that can be.
namespace stageclock::testing {

inline constexpr const char* canary = "Canary";
inline constexpr const char* public_url = "https://stageclock.example.org";
inline constexpr const char* action_page = "https://stageclock.example.org/a/1c-0123456789abcdef";
inline constexpr const char* claim_page = "https://stageclock.example.org/c/1c-0123456789abcdef";
inline constexpr const char* calendar_page =
    "https://stageclock.example.org/calendar/1c-0123456789abcdef.ics";
inline constexpr const char* mail_address = "stageclock@example.org";

struct Sample {
    Policy policy;
    Board board;
    Directory directory;
    Case the_case;
    Rules rules() const { return {policy, board, directory, england_and_wales()}; }
};

inline Stage sample_stage(std::string id, std::string title, std::string guidance,
                          std::string role) {
    Stage stage;
    stage.procedure = "main";
    stage.clauses = {"SAMPLE-" + id};
    stage.id = std::move(id);
    stage.title = std::move(title);
    stage.guidance = std::move(guidance);
    stage.actors = {{Side::both, std::move(role)}};
    return stage;
}

inline Guard sample_guard(std::string when, std::string text) {
    Guard guard;
    guard.id = guard.when = std::move(when);
    guard.text = std::move(text);
    guard.clauses = {"SAMPLE-7"};
    return guard;
}

inline std::vector<Stage> sample_stages() {
    return {sample_stage("1", "Discussion between practitioners",
                         "Please talk to each other and try to settle it.", "practitioner"),
            sample_stage("2", "Discussion between line managers",
                         "Please speak to each other, and agree what each agency will do.",
                         "line-manager"),
            sample_stage("3", "Named safeguarding leads", "Please find a solution together.",
                         "named-safeguarding-lead")};
}

inline Policy sample_policy() {
    Policy policy;
    policy.id = "sample-2026";
    policy.title = "Resolving professional differences";
    policy.version = "2026";
    policy.procedures = {{"main", "Escalation", {}}};
    policy.stages = sample_stages();
    Duty resolve;
    resolve.id = "resolve-2";
    resolve.title = "Resolve stage 2 or escalate";
    resolve.ask = "Please speak to the other line manager, and tell us what you agreed.";
    resolve.stage = "2";
    resolve.starts = "stage-entered";
    resolve.due = {Unit::working_weeks, 1};
    resolve.met_by = {"resolved", "escalated", "line-manager-told"};
    Duty confirm;
    confirm.id = "confirm";
    confirm.title = "Confirm the outcome in writing";
    confirm.starts = "resolved";
    confirm.met_by = {"outcome-confirmed", "attested"};
    policy.duties = {resolve, confirm};
    policy.events = {
        {"line-manager-told", "Reported to the own line manager", {"told my line manager"}, {}}};
    Form form;
    form.id = "record";
    form.title = "Monitoring form";
    form.return_to = Target{Side::board, "business-manager"};
    policy.forms = {form};
    policy.guards = {sample_guard("prompt", "A dispute should never leave a child unprotected."),
                     sample_guard("urgent", "Urgent: also tell the Head of Quality Assurance.")};
    ReasonOption threshold;
    threshold.id = "threshold";
    threshold.title = "Whether a threshold is met";
    policy.reasons = {threshold};
    return policy;
}

inline Post sample_post(std::string id, std::string agency, std::string role, std::string title,
                        std::string holder, std::string address) {
    Post post;
    post.id = std::move(id);
    post.agency = std::move(agency);
    post.role = std::move(role);
    post.title = std::move(title);
    post.holder = std::move(holder);
    post.address = std::move(address);
    return post;
}

inline Directory sample_directory() {
    Directory directory;
    directory.version = "2026-01-05";
    directory.agencies = {{"housing", "Housing", {}, {}},
                          {"early-help", "Early Help Service", {}, {}}};
    directory.posts = {
        sample_post("housing-lead", "housing", "named-safeguarding-lead", "Head of Neighbourhoods",
                    "Nell Canary", "nell.canary@example.org"),
        sample_post("board-inbox", "", "inbox", "Partnership inbox", "",
                    "partnership@example.org")};
    directory.posts.back().audience = Audience::board;
    return directory;
}

inline Case sample_case() {
    Case the_case;
    the_case.ref = "CSCP-2026-0042";
    the_case.procedure = "main";
    the_case.stage = "2";
    the_case.outset = the_case.raised = london_time("2026-12-10 09:30");
    the_case.raiser = {Side::raising, "raiser", "Rae Canary", "rae.canary@example.org"};
    the_case.entries = {{"1", london_time("2026-12-10 09:30")},
                        {"2", london_time("2026-12-21 10:00")}};
    RaiseFacts& facts = the_case.facts;
    facts.subject_kind = "child";
    facts.subject_name = "Kit Canary";
    facts.raising = {"housing", "Canary Team"};
    facts.receiving = {"early-help", ""};
    facts.contacts = {
        {Side::raising, "practitioner", "Pat Canary", "pat.canary@example.org", "020 7946 0011"},
        {Side::raising, "line-manager", "Lou Canary", "lou.canary@example.org", "020 7946 0012"},
        {Side::receiving, "practitioner", "Sam Canary", "sam.canary@example.org", ""}};
    facts.reason = "threshold";
    facts.summary =
        "Canary summary: the flat has been without heating since October.\n"
        "Two visits found the younger child unwell.";
    facts.wanted = "Canary wish: a joint visit this week and a written plan.";
    facts.raising_view = "Canary view of Housing: the threshold for support is met.";
    facts.receiving_view = "Canary view of Early Help: the family has been offered support.";
    the_case.log = {{london_time("2026-12-18 15:00"), "discussed", Side::raising, "Rae Canary",
                     "telephone", "Canary note: no agreement yet."}};
    return the_case;
}

inline Sample full_sample() {
    Board board;
    board.id = "sample";
    board.name = "Sample Safeguarding Children Partnership";
    board.reference_prefix = "CSCP";
    return {sample_policy(), board, sample_directory(), sample_case()};
}

inline Sample closed_sample() {
    Sample sample = full_sample();
    sample.the_case.status = Status::resolved;
    sample.the_case.closed = london_time("2026-12-24 09:00");
    sample.the_case.outcome = "Canary outcome: a joint visit on Tuesday.";
    return sample;
}

// A board and a policy with nothing in them but a name, and a case nothing is known of.
inline Sample minimal_sample() {
    Sample sample;
    sample.policy.title = "A policy";
    sample.policy.version = "1";
    sample.board.name = "A board";
    return sample;
}

inline Recipient line_manager() {
    return {"raising:line-manager:lou.canary@example.org",
            Side::raising,
            "Housing",
            "line-manager",
            "line manager",
            "Lou Canary",
            "lou.canary@example.org",
            "020 7946 0012",
            Audience::officer,
            false};
}
inline Recipient next_officer() {
    return {"housing-lead",
            Side::raising,
            "Housing",
            "named-safeguarding-lead",
            "Head of Neighbourhoods",
            "Nell Canary",
            "nell.canary@example.org",
            "",
            Audience::officer,
            false};
}
inline Recipient board_inbox() {
    return {"board-inbox",
            Side::board,
            "Sample Safeguarding Children Partnership",
            "inbox",
            "Partnership inbox",
            "Ivy Canary",
            "partnership@example.org",
            "020 Canary",
            Audience::board,
            false};
}
inline Recipient chat_post() {
    Recipient to = line_manager();
    to.audience = Audience::chat;
    return to;
}

inline NoticeKind kind_of(Reason reason) {
    switch (reason) {
        case Reason::case_raised:
        case Reason::mail_understood: return NoticeKind::receipt;
        case Reason::deadline_near: return NoticeKind::reminder;
        case Reason::copied_by_policy:
        case Reason::stage_copy: return NoticeKind::copy;
        case Reason::case_resolved:
        case Reason::case_withdrawn:
        case Reason::case_reopened: return NoticeKind::outcome;
        default: return NoticeKind::prompt;
    }
}

// The least a notice can say.
inline Notice bare_notice(Reason reason, const Recipient& to) {
    Notice notice;
    notice.kind = kind_of(reason);
    notice.reason = reason;
    notice.to = to;
    notice.scheduled = notice.decided = london_time("2026-12-24 09:00");
    return notice;
}

// A notice that stands on no duty: an answer to a mail, a question for contacts, the end of a case.
inline bool has_deadline(Reason reason) {
    return reason < Reason::case_resolved && reason != Reason::copied_by_policy;
}

// When the sample case's notice of this reason is made.
inline Instant moment_of(Reason reason, Instant due) {
    if (reason == Reason::deadline_passed || reason == Reason::next_officer_due) return due;
    if (reason == Reason::still_overdue) return london_time("2027-01-04 09:00");
    return london_time("2026-12-24 09:00");
}

inline std::string ask_of(Reason reason) {
    switch (reason) {
        case Reason::case_resolved:
        case Reason::case_withdrawn:
        case Reason::case_reopened:
        case Reason::mail_understood:
        case Reason::mail_claimed:
        case Reason::form_read:
        case Reason::mail_incomplete: return "";
        case Reason::form_not_read:
            return "The file has no fields that can be read: it was printed or scanned.";
        case Reason::contact_missing:
            return "Please tell us who fills the roles below, with an email address.";
        case Reason::copied_by_policy: return "The line managers are now in contact.";
        case Reason::delivery_failed: return "Please check the address with the agency.";
        case Reason::mail_kept: return "Its sender has no part in the case.";
        case Reason::mail_not_understood:
            return "Please write \"resolved:\", \"escalate:\" or \"discussed:\" and a sentence.";
        default: return "Please speak to the other line manager, and tell us what you agreed.";
    }
}

// A notice of the sample case that says all it can.
inline Notice full_notice(const Sample& sample, Reason reason, const Recipient& to) {
    Notice notice = bare_notice(reason, to);
    notice.ref = sample.the_case.ref;
    notice.rule = "resolve-2";
    notice.occurrence = 2;
    notice.stage = "2";
    notice.stage_title = "Discussion between line managers";
    notice.title = "Resolve stage 2 or escalate";
    notice.ask = ask_of(reason);
    Deadline due = deadline({Unit::working_weeks, 1}, london_time("2026-12-21 10:00"),
                            sample.policy.readings, england_and_wales());
    due.trace.start_event = "stage 2 entered";
    due.trace.policy = "sample-2026, version 2026";
    if (has_deadline(reason)) {
        notice.deadline = due.due;
        notice.trace = due.trace;
        notice.clauses = {"SAMPLE-2", "SAMPLE-9"};
    }
    notice.scheduled = notice.decided = moment_of(reason, *due.due);
    notice.form = reason == Reason::stage_entered ? "record" : "";
    notice.missing = {"line manager of the receiving side (Early Help Service)"};
    notice.understood = {"Case: CSCP-2026-0042", "Resolved: a joint visit"};
    return notice;
}

}  // namespace stageclock::testing

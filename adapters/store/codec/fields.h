// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <type_traits>

#include "bot/core/case.h"
#include "bot/core/notice.h"

// What each value is made of, once for both directions. `visit(name, member)` is a member that is
// left out while it is zero; `visit.required(name, member)` is always there.
namespace stageclock::codec {

template <class T, class Value>
concept Is = std::same_as<std::remove_const_t<T>, Value>;

template <class Visit, Is<Contact> T>
void fields(Visit& visit, T& contact) {
    visit("side", contact.side);
    visit("role", contact.role);
    visit("name", contact.name);
    visit("address", contact.address);
    visit("phone", contact.phone);
}

template <class Visit, Is<Actor> T>
void fields(Visit& visit, T& actor) {
    visit("side", actor.side);
    visit("role", actor.role);
    visit("name", actor.name);
    visit("address", actor.address);
    visit("account", actor.account);
}

template <class Visit, Is<KeptFile> T>
void fields(Visit& visit, T& file) {
    visit("name", file.name);
    visit("content_type", file.content_type);
    visit("size", file.size);
    visit("sha256", file.sha256);
    visit("mail", file.mail);
}

template <class Visit, Is<FormValue> T>
void fields(Visit& visit, T& value) {
    visit.required("id", value.id);
    visit("value", value.value);
    visit("label", value.label);
    visit("as_sent", value.as_sent);
}

template <class Visit, Is<FormReturn> T>
void fields(Visit& visit, T& returned) {
    visit.required("form", returned.form);
    visit("part", returned.part);
    visit("values", returned.values);
    visit("used", returned.used);
    visit("sha256", returned.sha256);
}

template <class Visit, Is<ReturnedForm> T>
void fields(Visit& visit, T& returned) {
    visit.required("at", returned.at);
    visit("side", returned.side);
    visit("by", returned.by);
    visit.required("form", returned.form);
}

template <class Visit, Is<Party> T>
void fields(Visit& visit, T& party) {
    visit("agency", party.agency);
    visit("unit", party.unit);
}

template <class Visit, Is<RaiseFacts> T>
void fields(Visit& visit, T& facts) {
    visit("procedure", facts.procedure);
    visit("subject_kind", facts.subject_kind);
    visit("subject_name", facts.subject_name);
    visit("case_status", facts.case_status);
    visit("raising", facts.raising);
    visit("receiving", facts.receiving);
    visit("contacts", facts.contacts);
    visit("reason", facts.reason);
    visit("summary", facts.summary);
    visit("raising_view", facts.raising_view);
    visit("receiving_view", facts.receiving_view);
    visit("wanted", facts.wanted);
    visit("stage", facts.stage);
    visit("skip_reason", facts.skip_reason);
    visit("urgent", facts.urgent);
    visit("immediate_risk", facts.immediate_risk);
    visit("area", facts.area);
    visit("priority", facts.priority);
    visit("circumstances", facts.circumstances);
    visit("disputed", facts.disputed);
}

template <class Visit, Is<Raised> T>
void fields(Visit& visit, T& raised) {
    visit("board", raised.board);
    visit("policy", raised.policy);
    visit("policy_version", raised.policy_version);
    visit("policy_digest", raised.policy_digest);
    visit("procedure", raised.procedure);
    visit("facts", raised.facts);
}

template <class Visit, Is<Told> T>
void fields(Visit& visit, T& told) {
    visit.required("occasion", told.occasion);
    visit("number", told.number);
    visit("recipients", told.recipients);
    visit("at", told.at);
    visit.required("reason", told.reason);
}

template <class Visit, Is<Informed> T>
void fields(Visit& visit, T& informed) {
    visit("people", informed.people);
}

template <class Visit, Is<Unreached> T>
void fields(Visit& visit, T& missed) {
    visit.required("how", missed.how);
    visit("address", missed.address);
    visit("recipient", missed.recipient);
    visit("side", missed.side);
    visit("role", missed.role);
    visit("rule", missed.rule);
    visit.required("statutory", missed.statutory);
    visit("status", missed.status);
    visit("until", missed.until);
    visit.required("at", missed.at);
}

template <class Visit, Is<Event> T>
void fields(Visit& visit, T& event) {
    visit.required("kind", event.kind);
    visit.required("at", event.at);
    visit.required("recorded", event.recorded);
    visit("by", event.by);
    visit("stage", event.stage);
    visit("rule", event.rule);
    visit("name", event.name);
    visit("text", event.text);
    visit("deadline", event.deadline);
    visit("upto", event.upto);
    visit("clauses", event.clauses);
    visit("detail", event.detail);
    visit("files", event.files);
}

template <class Visit, Is<DutyRun> T>
void fields(Visit& visit, T& run) {
    visit.required("duty", run.duty);
    visit.required("started", run.started);
    visit.required("basis", run.basis);
    visit.required("state", run.state);
    visit("over", run.over);
    visit("told", run.told);
}

template <class Visit, Is<StageEntry> T>
void fields(Visit& visit, T& entry) {
    visit.required("stage", entry.stage);
    visit.required("at", entry.at);
}

template <class Visit, Is<Acknowledgement> T>
void fields(Visit& visit, T& acknowledgement) {
    visit("stage", acknowledgement.stage);
    visit("address", acknowledgement.address);
    visit.required("at", acknowledgement.at);
}

template <class Visit, Is<PriorityChange> T>
void fields(Visit& visit, T& change) {
    visit("level", change.level);
    visit.required("at", change.at);
}

template <class Visit, Is<Agreement> T>
void fields(Visit& visit, T& agreement) {
    visit.required("duty", agreement.duty);
    visit.required("until", agreement.until);
    visit.required("at", agreement.at);
}

template <class Visit, Is<Unavailable> T>
void fields(Visit& visit, T& unavailable) {
    visit("side", unavailable.side);
    visit.required("role", unavailable.role);
}

template <class Visit, Is<Tag> T>
void fields(Visit& visit, T& tag) {
    visit.required("id", tag.id);
    visit("text", tag.text);
}

template <class Visit, Is<LogEntry> T>
void fields(Visit& visit, T& entry) {
    visit.required("at", entry.at);
    visit.required("what", entry.what);
    visit("side", entry.side);
    visit("by", entry.by);
    visit("mode", entry.mode);
    visit("text", entry.text);
}

template <class Visit, Is<FileEntry> T>
void fields(Visit& visit, T& entry) {
    visit.required("at", entry.at);
    visit("side", entry.side);
    visit("by", entry.by);
    visit.required("file", entry.file);
}

template <class Visit, Is<ChatAct> T>
void fields(Visit& visit, T& act) {
    visit.required("at", act.at);
    visit.required("what", act.what);
    visit("side", act.side);
    visit("role", act.role);
    visit("account", act.account);
}

template <class Visit, Is<Case> T>
void fields(Visit& visit, T& the_case) {
    visit.required("ref", the_case.ref);
    visit.required("events", the_case.events);
    visit("board", the_case.board);
    visit("policy", the_case.policy);
    visit("policy_version", the_case.policy_version);
    visit("policy_digest", the_case.policy_digest);
    visit("procedure", the_case.procedure);
    visit("stage", the_case.stage);
    visit.required("status", the_case.status);
    visit("outset", the_case.outset);
    visit("raised", the_case.raised);
    visit("closed", the_case.closed);
    visit("urgent_since", the_case.urgent_since);
    visit("protective_deadline", the_case.protective_deadline);
    visit("priorities", the_case.priorities);
    visit("agreements", the_case.agreements);
    visit("unavailable", the_case.unavailable);
    visit("unreached", the_case.unreached);
    visit("circumstances", the_case.circumstances);
    visit("waiting", the_case.waiting);
    visit("facts", the_case.facts);
    visit("raiser", the_case.raiser);
    visit("outcome", the_case.outcome);
    visit("entries", the_case.entries);
    visit("duties", the_case.duties);
    visit("acknowledgements", the_case.acknowledgements);
    visit("tags", the_case.tags);
    visit("nudged", the_case.nudged);
    visit("informed", the_case.informed);
    visit("log", the_case.log);
    visit("by_chat", the_case.by_chat);
    visit("files", the_case.files);
    visit("returned", the_case.returned);
    visit("unsettled", the_case.unsettled);
    visit("settled", the_case.settled);
}

template <class Visit, Is<Recipient> T>
void fields(Visit& visit, T& recipient) {
    visit("id", recipient.id);
    visit("side", recipient.side);
    visit("agency", recipient.agency);
    visit("role", recipient.role);
    visit("title", recipient.title);
    visit("name", recipient.name);
    visit("address", recipient.address);
    visit("phone", recipient.phone);
    visit.required("audience", recipient.audience);
    visit("assumed", recipient.assumed);
    visit("route", recipient.route);
    visit("note", recipient.note);
}

template <class Visit, Is<TraceLine> T>
void fields(Visit& visit, T& line) {
    visit.required("date", line.date);
    visit("counted", line.counted);
    visit("why", line.why);
}

template <class Visit, Is<Trace> T>
void fields(Visit& visit, T& trace) {
    visit("rule", trace.rule);
    visit("reading", trace.reading);
    visit("start_event", trace.start_event);
    visit("start", trace.start);
    visit("lines", trace.lines);
    visit("adjustments", trace.adjustments);
    visit("calendar", trace.calendar);
    visit("policy", trace.policy);
}

template <class Visit, Is<Notice> T>
void fields(Visit& visit, T& notice) {
    visit("ref", notice.ref);
    visit("board", notice.board);
    visit("rule", notice.rule);
    visit.required("kind", notice.kind);
    visit.required("reason", notice.reason);
    visit("occurrence", notice.occurrence);
    visit.required("to", notice.to);
    visit("channel", notice.channel);
    visit("destination", notice.destination);
    visit("scheduled", notice.scheduled);
    visit.required("decided", notice.decided);
    visit("stage", notice.stage);
    visit("stage_title", notice.stage_title);
    visit("title", notice.title);
    visit("ask", notice.ask);
    visit("deadline", notice.deadline);
    visit("provisional", notice.provisional);
    visit("trace", notice.trace);
    visit("form", notice.form);
    visit("urgent", notice.urgent);
    visit("missing", notice.missing);
    visit("understood", notice.understood);
    visit("in_reply_to", notice.in_reply_to);
    visit("clauses", notice.clauses);
    visit("hold_until", notice.hold_until);
    visit("instead_of", notice.instead_of);
}

}  // namespace stageclock::codec

// SPDX-License-Identifier: MIT
#include "bot/app/simulate/timeline_json.h"

#include "bot/app/simulate/phrases.h"
#include "bot/core/ladder.h"
#include "bot/core/recipients.h"

namespace stageclock::simulate {
namespace {

Json time_or_null(const std::optional<Instant>& instant, const Zone& zone) {
    return instant ? time_json(*instant, zone) : Json();
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::string_view to_text(Audience audience) {
    switch (audience) {
        case Audience::board:
            return "board";
        case Audience::chat:
            return "chat";
        default:
            return "officer";
    }
}

Json person_json(const Recipient& person, const Rules& rules) {
    Json json = Json::object();
    json["side"] = stageclock::to_text(person.side);
    json["role"] = person.role;
    json["agency"] = text_or_null(person.agency);
    const bool of_directory = find_post(rules.directory, person.id) != nullptr;
    json["post"] = of_directory ? Json(person.id) : Json();
    json["title"] = person.title;
    json["name"] = text_or_null(person.name);
    json["address"] = text_or_null(person.address);
    json["audience"] = to_text(person.audience);
    json["assumed"] = person.assumed;
    json["route"] = text_or_null(person.route);
    json["note"] = text_or_null(person.note);
    return json;
}

Json people_json(const std::vector<Recipient>& people, const Rules& rules) {
    return list_of(people, [&](const Recipient& person) { return person_json(person, rules); });
}

Json trace_json(const Trace& trace, const Zone& zone) {
    Json json = Json::object();
    json["rule"] = trace.rule;
    json["reading"] = trace.reading;
    json["start_event"] = trace.start_event;
    json["start"] = time_json(trace.start, zone);
    json["days"] = list_of(trace.lines, [](const TraceLine& line) {
        Json day = Json::object();
        day["date"] = stageclock::to_text(line.date);
        day["weekday"] = weekday_name(line.date);
        day["counted"] = line.counted;
        day["why"] = line.why;
        return day;
    });
    json["adjustments"] = trace.adjustments;
    json["calendar"] = trace.calendar;
    json["policy"] = trace.policy;
    return json;
}

Json contact_json(const Contact& contact) {
    if (contact.role.empty()) return {};
    Json json = Json::object();
    json["side"] = stageclock::to_text(contact.side);
    json["role"] = contact.role;
    json["address"] = text_or_null(contact.address);
    return json;
}

Json update_json(const Update& update, const Zone& zone) {
    Json json = Json::object();
    json["do"] = stageclock::to_text(update.kind);
    json["by"] = stageclock::to_text(update.by.side);
    json["happened"] = time_or_null(update.happened, zone);
    json["stage"] =
        text_or_null(update.kind == UpdateKind::raise ? update.facts.stage : update.stage);
    json["event"] = text_or_null(update.event);
    json["tag"] = text_or_null(update.tag);
    json["duty"] = text_or_null(update.duty);
    json["priority"] = text_or_null(update.priority);
    json["contact"] = contact_json(update.contact);
    json["members"] = list_of(update.members, [](const Member& member) {
        Json row = Json::object();
        row["agency"] = member.agency;
        row["flags"] = member.flags;
        return row;
    });
    json["deadline"] = time_or_null(update.deadline, zone);
    json["text"] = text_or_null(update.text);
    return json;
}

Json guard_json(const Guard* guard) {
    Json json = Json::object();
    json["guard"] = guard->id;
    json["kind"] = guard->kind == GuardKind::refusal    ? "refusal"
                   : guard->kind == GuardKind::signpost ? "signpost"
                                                        : "warning";
    json["text"] = guard->text;
    json["clauses"] = guard->clauses;
    return json;
}

Json gap_json(const Gap& gap) {
    Json json = Json::object();
    json["role"] = gap.role;
    json["rule"] = gap.rule;
    return json;
}

Json moment_json(const Moment& moment, const Rules& rules) {
    const Zone& zone = rules.calendar.zone();
    const auto duty = [&](const DutyShown& shown) { return duty_json(shown, rules); };
    Json json = Json::object();
    json["at"] = time_json(moment.at, zone);
    json["update"] = moment.update ? update_json(*moment.update, zone) : Json();
    json["refused"] = moment.refusal ? refusal_json(*moment.refusal) : Json();
    json["stage"] = text_or_null(moment.stage);
    json["events"] =
        list_of(moment.events, [&](const Event& event) { return event_json(event, rules); });
    json["duties_started"] = list_of(moment.started, duty);
    json["deadlines_moved"] = list_of(moment.moved, duty);
    json["notices"] =
        list_of(moment.notices, [&](const Notice& notice) { return notice_json(notice, rules); });
    json["not_told"] = list_of(
        moment.not_told, [&](const NotTold& not_told) { return not_told_json(not_told, rules); });
    json["cancelled"] = moment.cancelled;
    json["gaps"] = list_of(moment.gaps, gap_json);
    json["guards"] = list_of(moment.guards, guard_json);
    return json;
}

Json end_json(const Timeline& timeline, const Rules& rules) {
    const Zone& zone = rules.calendar.zone();
    const bool raised = !timeline.end.ref.empty();
    const Stage* stage = find_stage(rules.policy, timeline.end.stage);
    Json json = Json::object();
    json["at"] = time_json(timeline.until, zone);
    json["status"] = raised ? stageclock::to_text(timeline.end.status) : "none";
    json["stage"] = text_or_null(timeline.end.stage);
    json["stage_title"] = stage != nullptr ? Json(stage->title) : Json();
    json["urgent"] = timeline.end.urgent_since.has_value();
    json["priority"] = priority_of(timeline.end);
    json["circumstances"] = timeline.end.circumstances;
    json["protective_deadline"] = time_or_null(timeline.end.protective_deadline, zone);
    json["outcome"] = text_or_null(timeline.end.outcome);
    json["duties"] =
        list_of(timeline.duties, [&](const DutyShown& duty) { return duty_json(duty, rules); });
    json["gaps"] = timeline.gaps;
    json["guards"] = list_of(timeline.guards, guard_json);
    json["next"] = time_or_null(timeline.next, zone);
    json["stuck"] = timeline.stuck;
    return json;
}

Json party_json(const Party& party, const Rules& rules) {
    Json json = Json::object();
    json["agency"] = text_or_null(party.agency);
    json["name"] = text_or_null(agency_name(rules, party.agency));
    json["unit"] = text_or_null(party.unit);
    return json;
}

// What the raise said, as it was accepted; null when it was refused.
Json case_json(const Case& the_case, const Rules& rules) {
    if (the_case.ref.empty()) return {};
    const RaiseFacts& facts = the_case.facts;
    Json json = Json::object();
    json["ref"] = the_case.ref;
    json["procedure"] = the_case.procedure;
    json["subject"] = text_or_null(facts.subject_kind);
    json["case_status"] = text_or_null(facts.case_status);
    json["area"] = text_or_null(facts.area);
    json["raising"] = party_json(facts.raising, rules);
    json["receiving"] = party_json(facts.receiving, rules);
    json["outset"] = time_json(the_case.outset, rules.calendar.zone());
    return json;
}

Json head_json(const Played& played) {
    Json json = Json::object();
    json["format"] = "stageclock.timeline/1";
    Json& story = json["story"] = Json::object();
    story["file"] = played.story.file;
    story["title"] = played.story.title;
    story["about"] = text_or_null(played.story.about);
    Json& policy = json["policy"] = Json::object();
    policy["board"] = played.board.id;
    policy["id"] = played.policy.id;
    policy["title"] = played.policy.title;
    policy["version"] = played.policy.version;
    json["calendar"] = played.calendar.version();
    json["zone"] = played.calendar.zone().name();
    json["case"] = case_json(played.timeline.end, played.rules());
    return json;
}

}  // namespace

Json time_json(Instant instant, const Zone& zone) {
    Json json = Json::object();
    json["utc"] = to_rfc3339(instant);
    json["local"] = local_rfc3339(instant, zone);
    json["words"] = clock_face(instant, zone);
    return json;
}

Json refusal_json(const Refusal& refusal) {
    Json json = Json::object();
    json["reason"] = stageclock::to_text(refusal.reason);
    json["field"] = refusal.field;
    json["what"] = refusal.what;
    json["clauses"] = refusal.clauses;
    return json;
}

Json event_json(const Event& event, const Rules& rules) {
    const Zone& zone = rules.calendar.zone();
    Json json = Json::object();
    json["event"] = stageclock::to_text(event.kind);
    json["word"] = event.word();
    json["at"] = time_json(event.at, zone);
    json["by"] = stageclock::to_text(event.by.side);
    json["stage"] = text_or_null(event.stage);
    json["rule"] = text_or_null(event.rule);
    json["name"] = text_or_null(event.name);
    const bool counts =
        event.kind == EventKind::deadline_set || event.kind == EventKind::deadline_agreed;
    json["deadline"] = counts ? time_or_null(event.deadline, zone) : Json();
    json["clauses"] = event.clauses;
    return json;
}

Json duty_json(const DutyShown& duty, const Rules& rules) {
    const Zone& zone = rules.calendar.zone();
    Json json = Json::object();
    json["duty"] = duty.id;
    json["title"] = duty.title;
    json["stage"] = text_or_null(duty.stage);
    json["state"] = stageclock::to_text(duty.state);
    json["started"] = time_json(duty.started, zone);
    json["over"] = time_or_null(duty.over, zone);
    json["due"] = time_or_null(duty.deadline.due, zone);
    json["before"] = time_or_null(duty.before, zone);
    json["provisional"] = duty.deadline.beyond_calendar;
    json["owed_by"] = people_json(duty.owed_by, rules);
    json["nobody_known"] = duty.missing;
    json["clauses"] = duty.clauses;
    json["trace"] = trace_json(duty.deadline.trace, zone);
    return json;
}

Json notice_json(const Notice& notice, const Rules& rules) {
    const Zone& zone = rules.calendar.zone();
    Json json = Json::object();
    json["kind"] = stageclock::to_text(notice.kind);
    json["reason"] = stageclock::to_text(notice.reason);
    json["rule"] = notice.rule;
    json["to"] = person_json(notice.to, rules);
    json["channel"] = notice.channel;
    json["scheduled"] = time_json(notice.scheduled, zone);
    json["held_until"] = time_or_null(notice.hold_until, zone);
    json["stage"] = text_or_null(notice.stage);
    json["title"] = text_or_null(notice.title);
    json["ask"] = text_or_null(notice.ask);
    json["deadline"] = time_or_null(notice.deadline, zone);
    json["provisional"] = notice.provisional;
    json["form"] = text_or_null(notice.form);
    json["urgent"] = notice.urgent;
    json["nobody_known"] = notice.missing;
    json["clauses"] = notice.clauses;
    return json;
}

Json not_told_json(const NotTold& not_told, const Rules& rules) {
    Json json = Json::object();
    json["rule"] = not_told.rule;
    json["occasion"] = stageclock::to_text(not_told.occasion);
    json["number"] = not_told.number;
    json["scheduled"] = time_json(not_told.at, rules.calendar.zone());
    json["reason"] = stageclock::to_text(not_told.reason);
    json["why"] = reason_words(not_told.reason);
    json["people"] = people_json(not_told.people, rules);
    json["clauses"] = not_told.clauses;
    return json;
}

Json timeline_json(const Played& played, std::optional<Instant> from) {
    const Rules rules = played.rules();
    Json json = head_json(played);
    json["start"] = time_json(played.story.script.raise.received, rules.calendar.zone());
    json["until"] = time_json(played.timeline.until, rules.calendar.zone());
    Json::List moments;
    for (const Moment& moment : played.timeline.moments) {
        if (!from || moment.at >= *from) moments.push_back(moment_json(moment, rules));
    }
    json["timeline"] = std::move(moments);
    json["end"] = end_json(played.timeline, rules);
    return json;
}

Json week_json(const Played& played, const Target& target, const std::vector<Span>& spans) {
    const Rules rules = played.rules();
    const Zone& zone = rules.calendar.zone();
    Json json = head_json(played);
    json["format"] = "stageclock.week/1";
    json["side"] = stageclock::to_text(target.side);
    json["role"] = target.role;
    json["hours"] = list_of(spans, [&](const Span& span) {
        Json hours = Json::object();
        hours["from"] = time_json(span.from, zone);
        hours["to"] = time_json(span.to, zone);
        hours["people"] = people_json(span.people, rules);
        hours["nobody_known"] = span.missing;
        return hours;
    });
    return json;
}

}  // namespace stageclock::simulate

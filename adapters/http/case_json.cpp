// SPDX-License-Identifier: MIT
#include "adapters/http/case_json.h"

#include <nlohmann/json.hpp>

namespace stageclock::front {
namespace {

using Json = nlohmann::ordered_json;

std::string written(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

template <class Enum>
std::string word(Enum value) {
    return std::string(to_text(value));
}

Json moment(const std::optional<Instant>& instant) {
    return instant ? Json(to_rfc3339(*instant)) : Json();
}

Json person(const Recipient& who, bool people) {
    Json json{{"side", word(who.side)}, {"agency", who.agency}, {"role", who.role},
              {"title", who.title}};
    if (!people) return json;
    json["name"] = who.name;
    json["address"] = who.address;
    return json;
}

Json party(const Case& the_case, const Party& party, Side side, bool people) {
    Json json{{"agency", party.agency}, {"unit", party.unit}, {"contacts", Json::array()}};
    for (const Contact& contact : the_case.facts.contacts) {
        if (contact.side != side) continue;
        Json one{{"role", contact.role}};
        if (people) {
            one["name"] = contact.name;
            one["email"] = contact.address;
            one["phone"] = contact.phone;
        }
        json["contacts"].push_back(std::move(one));
    }
    return json;
}

Json deadline(const Deadline& deadline, const Zone& zone) {
    const Trace& trace = deadline.trace;
    Json json{{"due", moment(deadline.due)},
              {"words", deadline.due ? to_words(*deadline.due, zone) : ""},
              {"provisional", deadline.beyond_calendar},
              {"rule", trace.rule},
              {"reading", trace.reading},
              {"start_event", trace.start_event},
              {"start", to_rfc3339(trace.start)},
              {"days", Json::array()},
              {"adjustments", trace.adjustments},
              {"calendar", trace.calendar},
              {"policy", trace.policy}};
    for (const TraceLine& line : trace.lines) {
        json["days"].push_back(
            {{"date", to_text(line.date)}, {"counted", line.counted}, {"why", line.why}});
    }
    return json;
}

Json duty(const DutyView& duty, const Zone& zone, bool people) {
    Json json{{"id", duty.id},
              {"title", duty.title},
              {"stage", duty.stage},
              {"state", word(duty.state)},
              {"started", to_rfc3339(duty.started)},
              {"deadline", deadline(duty.deadline, zone)},
              {"owed_by", Json::array()},
              {"clauses", duty.clauses}};
    for (const Recipient& who : duty.owed_by) json["owed_by"].push_back(person(who, people));
    return json;
}

Json notice(const NoticeRow& row, bool people) {
    const Notice& notice = row.notice;
    Json json{{"id", row.id},
              {"case", notice.ref},
              {"kind", word(notice.kind)},
              {"reason", word(notice.reason)},
              {"rule", notice.rule},
              {"title", notice.title},
              {"stage", notice.stage},
              {"to", person(notice.to, people)},
              {"channel", notice.channel},
              {"state", word(row.state)},
              {"attempts", row.attempts},
              {"decided", to_rfc3339(notice.decided)},
              {"not_before", to_rfc3339(row.not_before)},
              {"done", moment(row.done_at)},
              {"possible_repeat", row.possible_repeat},
              {"deadline", moment(notice.deadline)},
              {"bounced", moment(row.bounced_at)},
              {"delivered", moment(row.delivered_at)},
              {"clauses", notice.clauses}};
    // The other side's last word often repeats the address.
    if (!people) return json;
    json["destination"] = notice.destination;
    json["reply"] = row.reply;
    json["report"] = row.report;
    return json;
}

void add_words_of_people(Json& json, const Case& the_case) {
    const RaiseFacts& facts = the_case.facts;
    json["raised_by"] = {{"name", the_case.raiser.name}, {"email", the_case.raiser.address}};
    json["subject"]["name"] = facts.subject_name;
    json["summary"] = facts.summary;
    json["raising_view"] = facts.raising_view;
    json["receiving_view"] = facts.receiving_view;
    json["wanted"] = facts.wanted;
    json["skip_reason"] = facts.skip_reason;
    json["outcome"] = the_case.outcome;
    json["log"] = Json::array();
    for (const LogEntry& entry : the_case.log) {
        json["log"].push_back({{"at", to_rfc3339(entry.at)}, {"what", entry.what},
                               {"side", word(entry.side)}, {"by", entry.by},
                               {"mode", entry.mode}, {"text", entry.text}});
    }
    json["by_chat"] = Json::array();
    for (const ChatAct& act : the_case.by_chat) {
        json["by_chat"].push_back({{"at", to_rfc3339(act.at)}, {"what", act.what},
                                   {"side", word(act.side)}, {"role", act.role},
                                   {"account", act.account}});
    }
    json["returned_forms"] = Json::array();
    for (const ReturnedForm& each : the_case.returned) {
        Json form{{"form", each.form.form}, {"part", each.form.part},
                  {"at", to_rfc3339(each.at)}, {"side", word(each.side)}, {"by", each.by},
                  {"sha256", each.form.sha256}, {"values", Json::object()}};
        for (const FormValue& value : each.form.values) form["values"][value.id] = value.value;
        json["returned_forms"].push_back(std::move(form));
    }
    json["files"] = Json::array();
    for (const FileEntry& entry : the_case.files) {
        const auto link = file_link(the_case.ref, entry.file);
        json["files"].push_back({{"name", entry.file.name},
                                 {"content_type", entry.file.content_type},
                                 {"size", entry.file.size},
                                 {"sha256", entry.file.sha256},
                                 {"mail", entry.file.mail},
                                 {"at", to_rfc3339(entry.at)},
                                 {"side", word(entry.side)},
                                 {"by", entry.by},
                                 {"href", link.empty() ? Json() : Json(link)}});
    }
}

Json facts_of(const CaseView& view, bool people) {
    const Case& the_case = view.the_case;
    Json json{{"case", the_case.ref},
              {"board", the_case.board},
              {"policy", the_case.policy},
              {"policy_version", the_case.policy_version},
              {"procedure", the_case.procedure},
              {"status", word(the_case.status)},
              {"complete", view.complete},
              {"stage", the_case.stage},
              {"stage_title", view.stage_title},
              {"outset", to_rfc3339(the_case.outset)},
              {"raised", to_rfc3339(the_case.raised)},
              {"closed", moment(the_case.closed)},
              {"urgent_since", moment(the_case.urgent_since)},
              {"protective_deadline", moment(the_case.protective_deadline)},
              {"subject", {{"kind", the_case.facts.subject_kind},
                           {"case_status", the_case.facts.case_status}}},
              {"reason", the_case.facts.reason},
              {"immediate_risk", the_case.facts.immediate_risk},
              {"raising", party(the_case, the_case.facts.raising, Side::raising, people)},
              {"receiving", party(the_case, the_case.facts.receiving, Side::receiving, people)}};
    if (people) add_words_of_people(json, the_case);
    return json;
}

}  // namespace

std::string file_link(const std::string& ref, const KeptFile& file) {
    return file.sha256.empty() ? "" : "/cases/" + ref + "/files/" + file.sha256;
}

std::string case_json(const CaseView& view, const std::vector<NoticeRow>& notices,
                      const Zone& zone, const Viewer& viewer) {
    const Case& the_case = view.the_case;
    const bool people = viewer.sees_people();
    Json json = facts_of(view, people);
    json["stages"] = Json::array();
    for (const StageEntry& entry : the_case.entries) {
        json["stages"].push_back({{"stage", entry.stage}, {"entered", to_rfc3339(entry.at)}});
    }
    json["duties"] = Json::array();
    for (const DutyView& one : view.duties) json["duties"].push_back(duty(one, zone, people));
    json["notices"] = Json::array();
    json["failures"] = Json::array();
    for (const NoticeRow& row : notices) {
        json["notices"].push_back(notice(row, people));
        const bool lost = row.state == NoticeState::failed || row.state == NoticeState::bounced;
        if (lost) json["failures"].push_back(row.id);
    }
    json["gaps"] = view.gaps;
    json["unreached"] = Json::array();
    for (const Unreached& missed : the_case.unreached) {
        json["unreached"].push_back({{"how", to_text(missed.how)},
                                     {"side", to_text(missed.side)},
                                     {"role", missed.role},
                                     {"at", to_rfc3339(missed.at)},
                                     {"until", moment(missed.until)}});
    }
    json["tags"] = Json::array();
    for (const Tag& tag : the_case.tags) {
        Json one{{"id", tag.id}};
        if (people) one["text"] = tag.text;
        json["tags"].push_back(std::move(one));
    }
    json["guards"] = Json::array();
    for (const Guard* guard : view.guards) {
        json["guards"].push_back({{"text", guard->text}, {"clauses", guard->clauses}});
    }
    return written(json);
}

std::string cases_json(const std::vector<CaseSummary>& cases) {
    Json json{{"cases", Json::array()}};
    for (const CaseSummary& one : cases) {
        json["cases"].push_back({{"case", one.ref},
                                 {"board", one.board},
                                 {"stage", one.stage},
                                 {"status", word(one.status)},
                                 {"raised", to_rfc3339(one.raised)},
                                 {"next", moment(one.next)}});
    }
    return written(json);
}

std::string outbox_json(const std::vector<NoticeRow>& notices, const Viewer& viewer) {
    Json json{{"notices", Json::array()}};
    for (const NoticeRow& row : notices) {
        json["notices"].push_back(notice(row, viewer.sees_people()));
    }
    return written(json);
}

}  // namespace stageclock::front

// SPDX-License-Identifier: MIT
#include "bot/app/simulate/explanation.h"

#include "bot/app/simulate/phrases.h"
#include "bot/app/simulate/timeline_json.h"

namespace stageclock::simulate {
namespace {

// Notices of the moment an event belongs to, for those who were left out of it.
std::vector<Notice> notices_of(const CaseFile& file, const Event& event) {
    std::vector<Notice> notices;
    for (const NoticeRow& row : file.notices) {
        if (row.notice.rule == event.rule && row.notice.scheduled == event.at) {
            notices.push_back(row.notice);
        }
    }
    return notices;
}

// The duties as they are now. What happens after one is over changes its deadline no more.
void follow_duties(std::vector<DutyShown>& duties, const Case& now, const Rules& rules,
                   Instant at) {
    for (std::size_t i = 0; i < now.duties.size(); ++i) {
        const DutyRun& run = now.duties[i];
        if (i == duties.size()) duties.push_back(shown(now, run, rules, at));
        if (run.open()) duties[i] = shown(now, run, rules, at);
        duties[i].state = run.state;
        duties[i].over = run.over;
    }
}

// The row of the policy that sent it to them, and the hours it holds.
std::string route_words(const Recipient& person, const Rules& rules) {
    for (const Route& route : rules.policy.routes) {
        if (route.id != person.route) continue;
        std::string words = "; route " + route.id + " fills the role " + route.role;
        for (const Hours& hours : route.hours) words += ", " + to_text(hours);
        for (const Hours& hours : route.except_hours) words += ", not " + to_text(hours);
        return words + clause_list(route.clauses);
    }
    return "";
}

// How this person came to be the one: it is what people ask first.
std::string chosen_words(const Recipient& person, const Rules& rules) {
    const Post* post = find_post(rules.directory, person.id);
    if (post == nullptr) {
        return (person.role == "raiser" ? "raised the case"
                                        : "named on the case as " + person.role) +
               route_words(person, rules);
    }
    std::string words = "post " + post->id + " fills the role " + post->role + " in the directory";
    if (!rules.directory.version.empty()) words += " of " + rules.directory.version;
    const auto add = [&](const char* what, const std::vector<std::string>& values) {
        if (values.empty()) return;
        words += ", for " + std::string(what);
        for (const std::string& value : values) {
            words += (&value == &values.front() ? " " : " or ") + value;
        }
    };
    add("unit", post->unit);
    add("case status", post->case_status);
    add("subject", post->subject);
    if (post->assumed) words += "; assumed, to be confirmed by the board";
    return words + route_words(person, rules);
}

Paragraph head_of(const Explanation& explanation, const Rules& rules) {
    const Zone& zone = rules.calendar.zone();
    Paragraph head{explanation.title + ", as of " + clock_face(explanation.as_of, zone), {}};
    const Case& the_case = explanation.the_case;
    if (the_case.ref.empty()) {
        head.lines.push_back({0, "no case: the raise was refused"});
    } else {
        const Stage* stage = find_stage(rules.policy, the_case.stage);
        head.lines.push_back({0, std::string(to_text(the_case.status)) + " at stage " +
                                     the_case.stage +
                                     (stage != nullptr ? ", " + stage->title : "")});
    }
    head.lines.push_back({0, "Policy: " + rules.policy.title + ", version " + rules.policy.version +
                                 " (" + rules.board.name + ")"});
    head.lines.push_back({0, "Calendar: " + rules.calendar.version() + ", " + zone.name()});
    if (explanation.next) {
        head.lines.push_back({0, "next: " + clock_face(*explanation.next, zone)});
    }
    return head;
}

void add_duty(std::vector<Line>& lines, const DutyShown& duty, const Calendar& calendar) {
    const Zone& zone = calendar.zone();
    lines.push_back({0, "duty " + duty.id + ", " + std::string(to_text(duty.state)) + ", " +
                            due_words(duty.deadline, zone) + ": " + duty.title +
                            clause_list(duty.clauses)});
    lines.push_back({1, basis_words(duty.deadline, zone)});
    for (const TraceLine& day : duty.deadline.trace.lines) {
        const bool passed_over = day.counted == 0 && (day.why == weekday_name(day.date) ||
                                                      day.why == calendar.holiday(day.date));
        lines.push_back({1, std::string(weekday_short(day.date)) + " " + to_text(day.date) + ": " +
                                day.why + (passed_over ? ", not counted" : "")});
    }
    for (const std::string& adjustment : duty.deadline.trace.adjustments) {
        lines.push_back({1, adjustment});
    }
    if (duty.deadline.beyond_calendar) {
        lines.push_back({1, "provisional: the count runs past the end of the list of holidays"});
    }
    if (duty.over) lines.push_back({1, "over since " + clock_face(*duty.over, zone)});
    lines.push_back(
        {1, "counted by " + duty.deadline.trace.policy + " and " + duty.deadline.trace.calendar});
    if (!duty.owed_by.empty()) lines.push_back({1, "owed by " + who(duty.owed_by)});
    for (const std::string& role : duty.missing) lines.push_back({1, "nobody known: " + role});
}

void add_notice(std::vector<Line>& lines, const ToldRow& row, const Rules& rules) {
    const Zone& zone = rules.calendar.zone();
    const Notice& notice = row.notice;
    lines.push_back({0, clock_face(notice.scheduled, zone) + " " + describe_notice(notice, zone) +
                            ", to " + who(notice.to) + clause_list(notice.clauses)});
    lines.push_back({1, "why: " + std::string(reason_words(notice.reason))});
    lines.push_back({1, "whom: " + chosen_words(notice.to, rules)});
    if (row.state) lines.push_back({1, "what became of it: " + std::string(to_text(*row.state))});
}

Paragraph refusals_of(const Explanation& explanation, const Rules& rules) {
    Paragraph paragraph{"What was refused", {}};
    for (const RefusedRow& row : explanation.refused) {
        const Zone& zone = rules.calendar.zone();
        paragraph.lines.push_back({0, clock_face(row.at, zone) + " " +
                                          update_words(row.update, zone) + ": " +
                                          std::string(to_text(row.refusal.reason)) + " at " +
                                          row.refusal.field + clause_list(row.refusal.clauses)});
        paragraph.lines.push_back({1, row.refusal.what});
    }
    if (!explanation.refusals_known) {
        paragraph.lines.push_back({0,
                                   "A refusal is answered to its sender and changes no case: "
                                   "the store keeps none with the case."});
    }
    return paragraph;
}

void nothing_said(std::vector<Paragraph>& paragraphs) {
    for (Paragraph& paragraph : paragraphs) {
        if (paragraph.lines.empty()) paragraph.lines.push_back({0, "nothing"});
    }
}

}  // namespace

Explanation explain(const Played& played) {
    const Timeline& timeline = played.timeline;
    Explanation explanation;
    explanation.title = played.story.title;
    explanation.as_of = timeline.until;
    explanation.the_case = timeline.end;
    explanation.duties = timeline.duties;
    explanation.gaps = timeline.gaps;
    explanation.next = timeline.next;
    for (const Moment& moment : timeline.moments) {
        for (const Notice& notice : moment.notices) {
            explanation.told.push_back({notice, std::nullopt});
        }
        explanation.not_told.insert(explanation.not_told.end(), moment.not_told.begin(),
                                    moment.not_told.end());
        if (moment.refusal) {
            explanation.refused.push_back({moment.at, *moment.update, *moment.refusal});
        }
    }
    return explanation;
}

Explanation explain(const CaseFile& file, const Rules& rules) {
    Explanation explanation;
    explanation.title = file.the_case.ref;
    explanation.the_case = file.the_case;
    explanation.refusals_known = false;
    explanation.as_of = file.the_case.raised;
    Case then;  // as it stood when each event happened
    then.ref = file.the_case.ref;
    for (const Event& event : file.events) {
        then = apply(std::move(then), event);
        follow_duties(explanation.duties, then, rules, event.recorded);
        explanation.as_of = std::max(explanation.as_of, event.recorded);
        if (event.kind != EventKind::not_told) continue;
        explanation.not_told.push_back(
            not_told(then, event, notices_of(file, event), rules, event.recorded));
    }
    for (const NoticeRow& row : file.notices) explanation.told.push_back({row.notice, row.state});
    explanation.gaps = view(file.the_case, rules, explanation.as_of).gaps;
    explanation.next = decide(file.the_case, rules, explanation.as_of).next;
    return explanation;
}

std::vector<Paragraph> explanation_lines(const Explanation& explanation, const Rules& rules) {
    std::vector<Paragraph> paragraphs{head_of(explanation, rules)};
    Paragraph deadlines{"Deadlines", {}}, told{"Who was told", {}},
        not_told{"What was not sent", {}}, gaps{"Whom nobody knows", {}};
    for (const DutyShown& duty : explanation.duties) {
        add_duty(deadlines.lines, duty, rules.calendar);
    }
    for (const ToldRow& row : explanation.told) add_notice(told.lines, row, rules);
    for (const NotTold& row : explanation.not_told) {
        not_told.lines.push_back(
            {0, describe_not_told(row, rules.calendar.zone()) + clause_list(row.clauses)});
    }
    for (const std::string& gap : explanation.gaps) gaps.lines.push_back({0, gap});
    paragraphs.push_back(std::move(deadlines));
    paragraphs.push_back(std::move(told));
    paragraphs.push_back(std::move(not_told));
    paragraphs.push_back(refusals_of(explanation, rules));
    Paragraph by_chat{"What was done by chat", {}};
    for (const ChatAct& act : explanation.the_case.by_chat) {
        by_chat.lines.push_back({0, to_words(act, rules.calendar.zone())});
    }
    if (!by_chat.lines.empty()) paragraphs.push_back(std::move(by_chat));
    paragraphs.push_back(std::move(gaps));
    nothing_said(paragraphs);
    return paragraphs;
}

Json explanation_json(const Explanation& explanation, const Rules& rules) {
    const Zone& zone = rules.calendar.zone();
    Json json = Json::object();
    json["format"] = "stageclock.explanation/1";
    json["title"] = explanation.title;
    json["as_of"] = time_json(explanation.as_of, zone);
    const bool raised = !explanation.the_case.ref.empty();
    json["status"] = raised ? to_text(explanation.the_case.status) : "none";
    json["stage"] = raised ? Json(explanation.the_case.stage) : Json();
    json["policy"] = rules.policy.title + ", version " + rules.policy.version;
    json["calendar"] = rules.calendar.version();
    json["duties"] =
        list_of(explanation.duties, [&](const DutyShown& duty) { return duty_json(duty, rules); });
    json["told"] = list_of(explanation.told, [&](const ToldRow& row) {
        Json told = notice_json(row.notice, rules);
        told["why"] = reason_words(row.notice.reason);
        told["chosen"] = chosen_words(row.notice.to, rules);
        told["state"] = row.state ? Json(to_text(*row.state)) : Json();
        return told;
    });
    json["not_told"] = list_of(explanation.not_told,
                               [&](const NotTold& row) { return not_told_json(row, rules); });
    json["refused"] = list_of(explanation.refused, [&](const RefusedRow& row) {
        Json refused = refusal_json(row.refusal);
        refused["at"] = time_json(row.at, zone);
        refused["do"] = to_text(row.update.kind);
        return refused;
    });
    json["by_chat"] = list_of(explanation.the_case.by_chat, [&](const ChatAct& act) {
        Json done = Json::object();
        done["at"] = time_json(act.at, zone);
        done["what"] = act.what;
        done["by"] = stageclock::to_text(act.side);
        done["account"] = act.account;
        return done;
    });
    json["refusals_known"] = explanation.refusals_known;
    json["gaps"] = explanation.gaps;
    json["next"] = explanation.next ? time_json(*explanation.next, zone) : Json();
    return json;
}

}  // namespace stageclock::simulate

// SPDX-License-Identifier: MIT
//
// What a reader may answer by mail: the words that meet the duty the notice stands on.
#include <algorithm>
#include <optional>

#include "bot/app/model_parts.h"
#include "bot/app/model_words.h"
#include "bot/core/accept_parts.h"
#include "bot/core/ladder.h"

namespace stageclock::model_parts {
namespace {

using namespace model_words;

struct Answer {
    std::string word;    // what the mail says: "resolved:"
    std::string then;    // what follows it: "what was agreed"
    std::string effect;  // what it does
};

struct KnownAnswer {
    std::string_view event;
    Answer answer;
};

// The stage an escalation would lead to; nullptr when there is none, or when something has to be
// done before it may be entered.
const Stage* stage_ahead(const View& view) {
    const Stage* next = next_stage(view.the_case, view.rules, view.the_case.stage);
    const Stage* present = find_stage(view.rules.policy, view.the_case.stage);
    if (next == nullptr || !present->leave_with.empty()) return nullptr;
    const Duty* owed = owed_before(view.the_case, view.rules.policy, *next);
    // An escalation by mail carries its reason, which is the record some stages ask for.
    return owed == nullptr || is_met_by_text(*owed) ? next : nullptr;
}

std::optional<Answer> answer_for(const View& view, std::string_view event) {
    static const std::vector<KnownAnswer> known{
        {"acknowledged", {"acknowledge", "", "you have seen this; the clock runs on"}},
        {"discussed", {"discussed:", "what was said", "it is noted and the case stays open"}},
        {"resolved", {"resolved:", "what was agreed", "every clock of the case stops"}},
        {"withdrawn", {"withdraw:", "why", "the case is closed"}},
        {"reopened", {"reopen:", "why", "the case goes on"}},
        {"outcome-confirmed", {"confirmed:", "the outcome", "it stands as written confirmation"}},
        {"attested", {"recorded", "", "it is on the file of your agency"}},
        {"decided", {"decided:", "the decision", "it is put on record"}},
    };
    if (event == "escalated") {
        const Stage* next = stage_ahead(view);
        if (next == nullptr) return std::nullopt;
        return Answer{"escalate:", "why", "it goes on to " + stage_label(next)};
    }
    for (const KnownAnswer& each : known) {
        if (each.event == event) return each.answer;
    }
    const NamedEvent* own = find_event(view.rules.policy, event);
    if (own == nullptr || own->words.empty()) return std::nullopt;
    return Answer{own->words.front(), "", own->title};
}

// The events that answer this notice, in the order in which they are offered.
std::vector<std::string> events_for(const View& view) {
    const Notice& notice = view.notice;
    const bool asked = notice.kind == NoticeKind::prompt || notice.kind == NoticeKind::reminder;
    if (notice.kind == NoticeKind::receipt) return {"resolved", "withdrawn"};
    const bool closing =
        notice.reason == Reason::case_resolved || notice.reason == Reason::case_withdrawn;
    if (closing && !view.the_case.open()) return {"reopened"};
    if (!asked) return {};
    std::vector<std::string> events;
    if (view.the_case.open()) events.emplace_back("acknowledged");
    if (const Duty* duty = find_duty(view.rules.policy, notice.rule)) {
        for (const std::string& event : duty->met_by) {
            if (event != "acknowledged") events.push_back(event);
        }
    } else if (view.the_case.open()) {
        events.insert(events.end(), {"discussed", "resolved", "escalated"});
    }
    return events;
}

}  // namespace

Model answers(const View& view, const std::string& mail_address) {
    Model::List list;
    if (!view.details || view.the_case.ref.empty()) return list;
    if (view.notice.reason == Reason::contact_missing) return list;  // asks for names instead
    for (const std::string& event : events_for(view)) {
        const auto answer = answer_for(view, event);
        if (!answer) continue;
        Model part;
        part["word"] = answer->word;
        part["then"] = answer->then;
        part["effect"] = answer->effect;
        part["mailto"] = mailto(mail_address, subject_start(view),
                                answer->word + (answer->then.empty() ? "\n" : " "));
        list.push_back(std::move(part));
    }
    return list;
}

Model guards(const View& view) {
    std::vector<const Guard*> shown;
    Model::List list;
    for (const Guard* guard : guards_of(view.the_case, view.rules)) {
        if (guard->when == "raise" && view.notice.reason != Reason::case_raised) continue;
        const bool again = std::any_of(shown.begin(), shown.end(), [&](const Guard* other) {
            return other->text == guard->text;
        });
        if (again) continue;
        shown.push_back(guard);
        Model part;
        part["text"] = guard->text;
        part["clauses"] = joined(guard->clauses, ", ");
        list.push_back(std::move(part));
    }
    return list;
}

}  // namespace stageclock::model_parts

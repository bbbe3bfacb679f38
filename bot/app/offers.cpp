// SPDX-License-Identifier: MIT
#include "bot/app/offers.h"

#include <algorithm>

#include "bot/app/model_parts.h"
#include "bot/core/accept_parts.h"
#include "bot/core/ladder.h"

namespace stageclock {
namespace {

struct Known {
    Offer offer;
    UpdateKind kind;
    bool needs_text;
};

const std::vector<Known>& known_offers() {
    static const std::vector<Known> known{
        {{"acknowledged", "acknowledge", "", "you have seen this; the clock runs on"},
         UpdateKind::acknowledge,
         false},
        {{"discussed", "discussed:", "what was said", "it is noted and the case stays open"},
         UpdateKind::discuss,
         true},
        {{"resolved", "resolved:", "what was agreed", "every clock of the case stops"},
         UpdateKind::resolve,
         true},
        {{"withdrawn", "withdraw:", "why", "the case is closed"}, UpdateKind::withdraw, false},
        {{"reopened", "reopen:", "why", "the case goes on"}, UpdateKind::reopen, false},
        {{"outcome-confirmed", "confirmed:", "the outcome", "it stands as written confirmation"},
         UpdateKind::confirm_outcome,
         false},
        {{"attested", "recorded", "", "it is on the file of your agency"},
         UpdateKind::attest,
         false},
        {{"decided", "decided:", "the decision", "it is put on record"}, UpdateKind::decide, true},
    };
    return known;
}

const Known* known_offer(std::string_view event) {
    const auto& all = known_offers();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Known& each) { return each.offer.event == event; });
    return found == all.end() ? nullptr : &*found;
}

// The stage an escalation would lead to; nullptr when there is none, or when something has to be
// done before it may be entered.
const Stage* stage_ahead(const Case& the_case, const Rules& rules) {
    const Stage* next = next_stage(the_case, rules, the_case.stage);
    const Stage* present = find_stage(rules.policy, the_case.stage);
    if (next == nullptr || present == nullptr || !present->leave_with.empty()) return nullptr;
    const Duty* owed = owed_before(the_case, rules.policy, *next);
    // An escalation carries its reason, which is the record some stages ask for.
    return owed == nullptr || is_met_by_text(*owed) ? next : nullptr;
}

std::optional<Offer> offer_of(std::string_view event, const Case& the_case, const Rules& rules) {
    if (event == "escalated") {
        const Stage* next = stage_ahead(the_case, rules);
        if (next == nullptr) return std::nullopt;
        return Offer{"escalated", "escalate:", "why",
                     "it goes on to " + model_parts::stage_label(next)};
    }
    if (const Known* known = known_offer(event)) return known->offer;
    if (event.starts_with("form-returned:")) {
        return Offer{std::string(event), "the form", "filled in, as a file of your reply",
                     "it is read, and shown to you before it is recorded"};
    }
    const NamedEvent* own = find_event(rules.policy, event);
    if (own == nullptr || own->words.empty()) return std::nullopt;
    return Offer{own->id, own->words.front(), "", own->title};
}

bool asks(const Notice& notice) {
    return notice.kind == NoticeKind::prompt || notice.kind == NoticeKind::reminder;
}

bool tells_of_end(const Notice& notice) {
    return notice.reason == Reason::case_resolved || notice.reason == Reason::case_withdrawn;
}

// The events that answer this notice, in the order in which they are offered.
std::vector<std::string> events_for(const Notice& notice, const Case& the_case,
                                    const Rules& rules) {
    if (notice.reason == Reason::case_raised) return {"resolved", "withdrawn"};
    if (tells_of_end(notice) && !the_case.open()) return {"reopened"};
    if (!asks(notice)) return {};
    std::vector<std::string> events;
    if (the_case.open()) events.emplace_back("acknowledged");
    if (const Duty* duty = find_duty(rules.policy, notice.rule)) {
        for (const std::string& event : duty->met_by) {
            if (event != "acknowledged") events.push_back(event);
        }
    } else if (the_case.open()) {
        events.insert(events.end(), {"discussed", "resolved", "escalated"});
    }
    return events;
}

// When the case came into the stage it stands in, steps within it aside. A stage entered anew after
// the case was reopened is another one.
Instant came_into(const Case& the_case, const Policy& policy, const std::string& stage) {
    const auto& entries = the_case.entries;
    Instant at = stage_entered_at(the_case);
    for (std::size_t i = entries.size(); i-- > 1;) {
        if (entries[i - 1].stage == entries[i].stage) break;
        if (!lies_in(policy, entries[i - 1].stage, stage)) break;
        at = entries[i - 1].at;
    }
    return at;
}

}  // namespace

std::string title_of(std::string_view word) {
    std::string title(word.substr(0, word.find(':')));
    std::replace(title.begin(), title.end(), '-', ' ');
    if (!title.empty() && title.front() >= 'a' && title.front() <= 'z') {
        title.front() = static_cast<char>(title.front() - 'a' + 'A');
    }
    return title;
}

std::vector<Offer> offers(const Notice& notice, const Case& the_case, const Rules& rules) {
    std::vector<Offer> all;
    if (the_case.ref.empty() || the_case.stage.empty()) return all;
    if (notice.reason == Reason::contact_missing) return all;  // asks for names instead
    for (const std::string& event : events_for(notice, the_case, rules)) {
        if (const auto offer = offer_of(event, the_case, rules)) all.push_back(*offer);
    }
    return all;
}

std::optional<OnPage> on_page(const Offer& offer, const Case& the_case, const Rules& rules) {
    OnPage made;
    made.update.ref = the_case.ref;
    if (offer.event == "escalated") {
        const Stage* next = stage_ahead(the_case, rules);
        if (next == nullptr) return std::nullopt;
        made.update.kind = UpdateKind::escalate;
        // By name: a second click must never climb a second stage.
        made.update.stage = next->id;
        made.needs_text = owed_before(the_case, rules.policy, *next) != nullptr;
        return made;
    }
    if (const Known* known = known_offer(offer.event)) {
        made.update.kind = known->kind;
        made.needs_text = known->needs_text;
        return made;
    }
    const NamedEvent* own = find_event(rules.policy, offer.event);
    if (own == nullptr) return std::nullopt;
    for (const std::string& need : own->needs) {
        if (need != "text") return std::nullopt;
        made.needs_text = true;
    }
    made.update.kind = UpdateKind::report_event;
    made.update.event = own->id;
    return made;
}

bool still_stands(const Notice& notice, const Case& the_case, const Rules& rules) {
    if (tells_of_end(notice)) {
        return !the_case.open() && the_case.closed && *the_case.closed <= notice.decided;
    }
    const Duty* duty = find_duty(rules.policy, notice.rule);
    if (duty != nullptr && duty->outlasts) {
        return std::any_of(the_case.duties.begin(), the_case.duties.end(), [&](const auto& run) {
            return run.duty == duty->id && run.open() && run.started <= notice.decided;
        });
    }
    return the_case.open() && lies_in(rules.policy, the_case.stage, notice.stage) &&
           came_into(the_case, rules.policy, notice.stage) <= notice.decided;
}

}  // namespace stageclock

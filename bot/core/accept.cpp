// SPDX-License-Identifier: MIT
//
// What an update means: each kind has one function that gives its events or says why not.
#include <algorithm>
#include <array>

#include "bot/core/accept_raise.h"
#include "bot/core/decide.h"

namespace stageclock {
namespace {

// An escalation that names no stage, so soon after the stage was entered, is more likely the other
// side reporting the same step than a second one: ask for the stage.
constexpr std::chrono::minutes same_step_reported_twice{60};

Verdict refuse(Refused reason, std::string field, std::string what,
               std::vector<std::string> clauses = {}) {
    return {{}, Refusal{reason, std::move(field), std::move(what), std::move(clauses)}};
}

Event event_of(const Case& the_case, const Update& update, EventKind kind, Instant now) {
    Event event;
    event.kind = kind;
    event.at = update.happened.value_or(now);
    event.recorded = now;
    event.by = update.by;
    event.stage = the_case.stage;
    event.text = update.text;
    return event;
}

// The side an updater stands on, when the update does not say: by address.
Side side_of(const Case& the_case, const Actor& by) {
    if (by.side != Side::none || by.address.empty()) return by.side;
    const std::string address = folded(by.address);
    if (folded(the_case.raiser.address) == address) return Side::raising;
    for (const Contact& contact : the_case.facts.contacts) {
        if (folded(contact.address) == address) return contact.side;
    }
    return Side::none;
}

Verdict one(Event event) { return {{std::move(event)}, std::nullopt}; }

Verdict needs_text(const Update& update, const char* what, Event event) {
    if (update.text.empty()) return refuse(Refused::missing_field, "/data/text", what);
    return one(std::move(event));
}

// The duty a stage comes after, while it is not met (CAMDEN-82).
const Duty* still_owed_before(const Case& the_case, const Policy& policy, const Stage& stage) {
    if (stage.after.empty()) return nullptr;
    const bool met = std::any_of(
        the_case.duties.begin(), the_case.duties.end(), [&](const DutyRun& run) {
            return run.duty == stage.after && (run.state == DutyRun::State::met ||
                                               run.state == DutyRun::State::met_late);
        });
    return met ? nullptr : find_duty(policy, stage.after);
}

Verdict escalate(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    const Stage* present = find_stage(rules.policy, the_case.stage);
    const Stage* next = next_stage(rules.policy, the_case.stage);
    if (next == nullptr || (present != nullptr && present->last)) {
        return refuse(Refused::last_stage, "/data/stage",
                      "This is the last stage of the policy: it cannot be escalated further. "
                      "Record the decision (decide) or the resolution (resolve).",
                      present != nullptr ? present->clauses : std::vector<std::string>{});
    }
    const Instant happened = update.happened.value_or(now);
    if (happened < stage_entered_at(the_case)) {
        return refuse(Refused::malformed_field, "/time",
                      "\"" + present->title + "\" was entered " +
                          to_words(stage_entered_at(the_case), rules.calendar.zone()) +
                          ": it cannot have been left before.");
    }
    if (update.stage.empty() && now - stage_entered_at(the_case) < same_step_reported_twice &&
        the_case.entries.size() > 1) {
        return refuse(
            Refused::stage_not_ahead, "/data/stage",
            "The case moved to \"" + present->title +
                "\" within the last hour, perhaps by the other side. To move it on again, "
                "name the stage: \"" +
                next->id + "\".");
    }
    const Stage* to = update.stage.empty() ? next : find_stage(rules.policy, update.stage);
    if (to == nullptr || to->procedure != the_case.procedure) {
        return refuse(Refused::unknown_stage, "/data/stage",
                      "There is no such stage in this procedure. The next one is \"" + next->id +
                          "\" (" + next->title + ").");
    }
    const int from_place = place_of(rules.policy, the_case.stage);
    const int to_place = place_of(rules.policy, to->id);
    if (to_place <= from_place) {
        return refuse(Refused::stage_not_ahead, "/data/stage",
                      "The case already stands at \"" + present->title +
                          "\". It can be escalated to \"" + next->id + "\".");
    }
    if (to_place > from_place + 1 && to->skip_to_with.empty()) {
        return refuse(Refused::skip_not_permitted, "/data/stage",
                      "This policy keeps the order of its stages. The next one is \"" + next->id +
                          "\" (" + next->title + ").",
                      next->clauses);
    }
    if (const Duty* owed = still_owed_before(the_case, rules.policy, *to)) {
        return refuse(Refused::outcome_missing, "/data/stage",
                      "\"" + to->title +
                          "\" follows the outcome of the stage before: first record \"" +
                          owed->title + "\" (decide).",
                      to->clauses);
    }
    Verdict verdict;
    verdict.events.push_back(event_of(the_case, update, EventKind::escalated, now));
    const auto skipped = skipped_stages(rules.policy, the_case.procedure, from_place + 1, to_place);
    for (const std::string& stage : skipped) {
        Event skip = event_of(the_case, update, EventKind::stage_skipped, now);
        skip.stage = stage;
        verdict.events.push_back(std::move(skip));
    }
    Event entered = event_of(the_case, update, EventKind::stage_entered, now);
    entered.stage = to->id;
    entered.text.clear();
    entered.at = happened;
    entered.clauses = to->clauses;
    verdict.events.push_back(std::move(entered));
    return verdict;
}

Verdict set_deadline(const Case& the_case, const Update& update, Instant now) {
    if (!update.deadline) {
        return refuse(Refused::missing_field, "/data/deadline",
                      "A protective deadline needs a time, such as 2026-12-23T12:00:00Z.");
    }
    if (the_case.protective_deadline && *update.deadline > *the_case.protective_deadline) {
        return refuse(Refused::deadline_not_shorter, "/data/deadline",
                      "A case's own deadline may only be brought forward (reading R-8).");
    }
    Event event = event_of(the_case, update, EventKind::deadline_set, now);
    event.deadline = update.deadline;
    return one(std::move(event));
}

Verdict name_contact(const Case& the_case, const Update& update, Instant now) {
    Contact contact = update.contact;
    if (contact.side == Side::none) contact.side = side_of(the_case, update.by);
    if (contact.side != Side::raising && contact.side != Side::receiving) {
        return refuse(Refused::missing_field, "/data/contact/side",
                      "Say whose contact this is: \"raising\" or \"receiving\".");
    }
    if (contact.role.empty()) {
        return refuse(Refused::missing_field, "/data/contact/role",
                      "Say which role they fill, such as \"line-manager\".");
    }
    if (!is_address(contact.address)) {
        return refuse(Refused::malformed_field, "/data/contact/email",
                      "A contact needs one email address, such as name@example.org.");
    }
    Event event = event_of(the_case, update, EventKind::contact_named, now);
    event.detail = std::move(contact);
    return one(std::move(event));
}

Verdict tag(const Case& the_case, const Update& update, Instant now) {
    const std::vector<std::string>& tags = known_tags();
    if (std::find(tags.begin(), tags.end(), update.tag) == tags.end()) {
        return refuse(Refused::malformed_field, "/data/tag",
                      "A tag is \"strategic-issue\", \"policy-gap\" or \"learning\".");
    }
    Event event = event_of(the_case, update, EventKind::tagged, now);
    event.name = update.tag;
    return one(std::move(event));
}

Verdict report(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    const NamedEvent* named = find_event(rules.policy, update.event);
    if (named == nullptr) {
        std::string permitted;
        for (const NamedEvent& known : rules.policy.events) {
            permitted += permitted.empty() ? "\"" : ", \"";
            permitted += known.id + "\"";
        }
        return refuse(Refused::unknown_event, "/data/event",
                      "This policy knows no such event. It knows: " + permitted + ".");
    }
    Event event = event_of(the_case, update, EventKind::reported, now);
    event.name = named->id;
    event.clauses = named->clauses;
    if (event.text.empty()) event.text = named->title;
    return one(std::move(event));
}

Verdict reopen(const Case& the_case, const Update& update, Instant now) {
    if (the_case.open()) {
        return refuse(Refused::case_open, "/subject", "This case is open.");
    }
    Verdict verdict = one(event_of(the_case, update, EventKind::reopened, now));
    // the case keeps its stage; a clock of that stage starts anew.
    verdict.events.push_back(event_of(the_case, update, EventKind::stage_entered, now));
    verdict.events.back().text.clear();
    return verdict;
}

// Updates that still make sense after closing (R-14: what closing asks for may come later).
bool allowed_when_closed(UpdateKind kind) {
    constexpr std::array kinds{UpdateKind::reopen,          UpdateKind::attest, UpdateKind::tag,
                               UpdateKind::confirm_outcome, UpdateKind::report_event,
                               UpdateKind::name_contact,    UpdateKind::acknowledge};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

Verdict judge(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    const auto plain = [&](EventKind kind) { return event_of(the_case, update, kind, now); };
    switch (update.kind) {
        case UpdateKind::raise: return accept_raise(the_case.ref, rules, update, now);
        case UpdateKind::acknowledge: return one(plain(EventKind::acknowledged));
        case UpdateKind::discuss: {
            Event event = plain(EventKind::discussed);
            event.name = update.mode;
            return needs_text(update, "Say what was discussed.", std::move(event));
        }
        case UpdateKind::escalate: return escalate(the_case, rules, update, now);
        case UpdateKind::resolve:
            return needs_text(update, "Say what was agreed.", plain(EventKind::resolved));
        case UpdateKind::withdraw: return one(plain(EventKind::withdrawn));
        case UpdateKind::mark_urgent: return one(plain(EventKind::marked_urgent));
        case UpdateKind::mark_standard: return one(plain(EventKind::marked_standard));
        case UpdateKind::set_deadline: return set_deadline(the_case, update, now);
        case UpdateKind::name_contact: return name_contact(the_case, update, now);
        case UpdateKind::attest: return one(plain(EventKind::attested));
        case UpdateKind::confirm_outcome: return one(plain(EventKind::outcome_confirmed));
        case UpdateKind::tag: return tag(the_case, update, now);
        case UpdateKind::decide:
            return needs_text(update, "Say what was decided.", plain(EventKind::decided));
        case UpdateKind::reopen: return reopen(the_case, update, now);
        case UpdateKind::report_event: return report(the_case, rules, update, now);
    }
    return refuse(Refused::malformed_field, "/type", "Unknown kind of update.");
}

}  // namespace

Verdict accept(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    if (update.happened && *update.happened > now) {
        return refuse(Refused::happened_in_future, "/time",
                      "This cannot have happened yet: give the time at which it did.");
    }
    if (update.kind == UpdateKind::raise) return judge(the_case, rules, update, now);
    if (!the_case.open() && !allowed_when_closed(update.kind)) {
        return refuse(Refused::case_closed, "/subject",
                      "This case is closed. Reopen it first (reopen), or raise a new one.");
    }
    if (update.happened && *update.happened < the_case.outset) {
        return refuse(Refused::malformed_field, "/time",
                      "This cannot have happened before the concern was first considered, " +
                          to_words(the_case.outset, rules.calendar.zone()) + ".");
    }
    Update placed = update;
    placed.by.side = side_of(the_case, update.by);
    return judge(the_case, rules, placed, now);
}

}  // namespace stageclock

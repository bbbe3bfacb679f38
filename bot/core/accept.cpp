// SPDX-License-Identifier: MIT
//
// What an update means: each kind has one function that gives its events or says why not.
#include <algorithm>
#include <array>

#include "bot/core/accept_raise.h"
#include "bot/core/accept_parts.h"
#include "bot/core/form_layout.h"
#include "bot/core/ladder.h"

namespace stageclock {
namespace {

// An escalation that names no stage, so soon after the stage was entered, is more likely the other
// side reporting the same step than a second one: ask for the stage.
constexpr std::chrono::minutes same_step_reported_twice{60};

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

bool was_met(const Case& the_case, const std::string& duty) {
    return std::any_of(the_case.duties.begin(), the_case.duties.end(), [&](const DutyRun& run) {
        return run.duty == duty &&
               (run.state == DutyRun::State::met || run.state == DutyRun::State::met_late);
    });
}

bool began(const Case& the_case, const std::string& duty) {
    return std::any_of(the_case.duties.begin(), the_case.duties.end(),
                       [&](const DutyRun& run) { return run.duty == duty; });
}

// What a step does not say, its stage says.
const std::string& own_or_outer(const Policy& policy, const Stage& stage,
                                std::string Stage::*field) {
    const Stage* outer = stage.within.empty() ? nullptr : find_stage(policy, stage.within);
    return (stage.*field).empty() && outer != nullptr ? outer->*field : stage.*field;
}

// The update that makes an event happen; the policy's own are reported by their name.
std::string update_for(const std::string& event) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known{{
        {"decided", "decide"},
        {"discussed", "discuss"},
        {"attested", "attest"},
        {"outcome-confirmed", "confirm-outcome"},
        {"acknowledged", "acknowledge"},
        {"contact-named", "name-contact"},
    }};
    for (const auto& [word, update] : known) {
        if (word == event) return std::string(update);
    }
    return event;
}

// Why this escalation cannot be, whatever stage it asks for.
std::optional<Verdict> barred(const Case& the_case, const Rules& rules, const Update& update,
                              const Stage* next, Instant now) {
    const Stage* present = find_stage(rules.policy, the_case.stage);
    if (present != nullptr && !present->leave_with.empty()) {
        std::string events;
        for (const std::string& id : present->leave_with) {
            const NamedEvent* event = find_event(rules.policy, id);
            events += (events.empty() ? "" : ", ") + id +
                      (event != nullptr ? " (" + event->title + ")" : "");
        }
        return refuse(
            Refused::leave_by_event, "/data/stage",
            "\"" + present->title + "\" is left by what was decided there: report " + events + ".",
            present->clauses);
    }
    if (next == nullptr) {
        return refuse(Refused::last_stage, "/data/stage",
                      "This is the last stage of the policy: it cannot be escalated further. "
                      "Record the decision (decide) or the resolution (resolve).",
                      present != nullptr ? present->clauses : std::vector<std::string>{});
    }
    const Instant entered = stage_entered_at(the_case);
    if (update.happened.value_or(now) < entered) {
        return refuse(Refused::malformed_field, "/time",
                      "\"" + present->title + "\" was entered " +
                          to_words(entered, rules.calendar.zone()) +
                          ": it cannot have been left before.");
    }
    if (update.stage.empty() && now - entered < same_step_reported_twice &&
        the_case.entries.size() > 1) {
        return refuse(Refused::stage_not_ahead, "/data/stage",
                      "The case moved to \"" + present->title +
                          "\" within the last hour, perhaps by the other side. To move it on "
                          "again, name the stage: \"" +
                          next->id + "\".");
    }
    return std::nullopt;
}

// Why the case cannot go from where it stands to `to`.
std::optional<Verdict> out_of_order(const Case& the_case, const Rules& rules, const Update& update,
                                    const Stage& next, const Stage* to) {
    const Policy& policy = rules.policy;
    const Stage* present = find_stage(policy, the_case.stage);
    const std::string following = "\"" + next.id + "\" (" + next.title + ").";
    if (to == nullptr) {
        return refuse(Refused::unknown_stage, "/data/stage",
                      "There is no such stage in this procedure. The next one is " + following);
    }
    if (to != &next && place_of(policy, to->id) <= place_of(policy, the_case.stage)) {
        return refuse(Refused::stage_not_ahead, "/data/stage",
                      "The case already stands at \"" + present->title +
                          "\". It can be escalated to \"" + next.id + "\".");
    }
    if (to != &next && to->skip_to_with.empty()) {
        return refuse(Refused::skip_not_permitted, "/data/stage",
                      "This policy keeps the order of its stages. The next one is " + following,
                      next.clauses);
    }
    const Duty* owed = owed_before(the_case, policy, *to);
    if (owed != nullptr && (update.text.empty() || !is_met_by_text(*owed))) {
        return refuse(Refused::outcome_missing, "/data/stage",
                      "\"" + to->title +
                          "\" follows the outcome of the stage before: first record \"" +
                          owed->title + "\" (" + update_for(owed->met_by.front()) + ").",
                      to->clauses);
    }
    return std::nullopt;
}

Verdict escalate(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    const Stage* next = next_stage(the_case, rules, the_case.stage);
    if (auto refused = barred(the_case, rules, update, next, now)) return *refused;
    const Stage* to = update.stage.empty() ? next : entry_to(the_case, rules, update.stage);
    if (auto refused = out_of_order(the_case, rules, update, *next, to)) return *refused;

    Verdict verdict;
    if (owed_before(the_case, rules.policy, *to) != nullptr) {
        verdict.events.push_back(event_of(the_case, update, EventKind::discussed, now));
    }
    verdict.events.push_back(event_of(the_case, update, EventKind::escalated, now));
    for (const std::string& stage : skipped_stages(the_case, rules, next->id, to->id)) {
        Event skip = event_of(the_case, update, EventKind::stage_skipped, now);
        skip.stage = stage;
        verdict.events.push_back(std::move(skip));
    }
    verdict.events.push_back(entered(the_case, update, *to, now));
    return verdict;
}

Verdict resolve(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    const Stage* present = find_stage(rules.policy, the_case.stage);
    const std::string duty =
        present == nullptr ? "" : own_or_outer(rules.policy, *present, &Stage::resolve_after);
    const Duty* owed = was_met(the_case, duty) ? nullptr : find_duty(rules.policy, duty);
    if (owed != nullptr) {
        return refuse(Refused::outcome_missing, "/type",
                      "A case at \"" + present->title + "\" is closed after \"" + owed->title +
                          "\": first record it (" + update_for(owed->met_by.front()) + ").",
                      present->clauses);
    }
    return needs_text(update, "Say what was agreed.",
                      event_of(the_case, update, EventKind::resolved, now));
}

// The form is in use from the first of its stages that the case entered.
bool was_in_use(const Case& the_case, const Policy& policy, const Form& form) {
    return std::any_of(
        the_case.entries.begin(), the_case.entries.end(), [&](const StageEntry& entry) {
            return std::any_of(
                form.stages.begin(), form.stages.end(),
                [&](const std::string& stage) { return lies_in(policy, entry.stage, stage); });
        });
}

Verdict return_form(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    const Form* form = find_form(rules.policy, update.returned.form);
    if (form == nullptr) {
        return refuse(Refused::unknown_form, "/data/form",
                      "The policy of this case has no such form.");
    }
    if (!form->stages.empty() && !was_in_use(the_case, rules.policy, *form)) {
        return refuse(Refused::unknown_form, "/data/form",
                      "\"" + form->title + "\" is not in use before stage " +
                          form->stages.front() + ", and the case has not been there.",
                      form->clauses);
    }
    Event event = event_of(the_case, update, EventKind::form_returned, now);
    event.name = form->id;
    event.text.clear();
    event.clauses = form->clauses;
    event.detail = update.returned;
    Verdict verdict = one(std::move(event));
    if (!update.resolves || !the_case.open()) return verdict;
    Update outcome = update;
    outcome.text = update.returned.use(to_text(FieldUse::outcome));
    const Verdict closed = resolve(the_case, rules, outcome, now);
    if (closed.refusal) return closed;
    verdict.events.insert(verdict.events.end(), closed.events.begin(), closed.events.end());
    return verdict;
}

Verdict report_unavailable(const Case& the_case, const Update& update, Instant now) {
    Contact contact = update.contact;
    if (contact.side == Side::none) contact.side = side_of(the_case, update.by);
    if (contact.side == Side::none || contact.side == Side::both || contact.role.empty()) {
        return refuse(Refused::missing_field, "/data/contact",
                      "Say which role of which side cannot be reached.");
    }
    Event event = event_of(the_case, update, EventKind::contact_unavailable, now);
    contact.name.clear();
    contact.address.clear();
    event.detail = std::move(contact);
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
    constexpr std::array kinds{
        UpdateKind::reopen,          UpdateKind::attest,       UpdateKind::tag,
        UpdateKind::confirm_outcome, UpdateKind::report_event, UpdateKind::name_contact,
        UpdateKind::acknowledge,     UpdateKind::discuss,      UpdateKind::agree_deadline,
        UpdateKind::report_unreached,
        UpdateKind::return_form};
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
        case UpdateKind::resolve: return resolve(the_case, rules, update, now);
        case UpdateKind::withdraw: return one(plain(EventKind::withdrawn));
        case UpdateKind::mark_urgent: return set_priority(the_case, rules, update, now, "urgent");
        case UpdateKind::mark_standard:
            return set_priority(the_case, rules, update, now, "standard");
        case UpdateKind::set_priority:
            return set_priority(the_case, rules, update, now, update.priority);
        case UpdateKind::agree_deadline: return agree_deadline(the_case, rules, update, now);
        case UpdateKind::report_unavailable: return report_unavailable(the_case, update, now);
        case UpdateKind::set_deadline: return set_deadline(the_case, update, now);
        case UpdateKind::name_contact: return name_contact(the_case, update, now);
        case UpdateKind::attest: return one(plain(EventKind::attested));
        case UpdateKind::confirm_outcome: return one(plain(EventKind::outcome_confirmed));
        case UpdateKind::tag: return tag(the_case, update, now);
        case UpdateKind::decide:
            return needs_text(update, "Say what was decided.", plain(EventKind::decided));
        case UpdateKind::reopen: return reopen(the_case, update, now);
        case UpdateKind::report_event: return accept_report(the_case, rules, update, now);
        case UpdateKind::return_form: return return_form(the_case, rules, update, now);
        case UpdateKind::report_unreached:
            return report_unreached(the_case, rules, update, now);
        case UpdateKind::migrate: return migrate(the_case, rules, update, now);
    }
    return refuse(Refused::malformed_field, "/type", "Unknown kind of update.");
}

}  // namespace

const Duty* owed_before(const Case& the_case, const Policy& policy, const Stage& stage) {
    const std::string& duty = own_or_outer(policy, stage, &Stage::after);
    const bool open = began(the_case, duty) && !was_met(the_case, duty);
    return open ? find_duty(policy, duty) : nullptr;
}

bool is_met_by_text(const Duty& duty) {
    return std::find(duty.met_by.begin(), duty.met_by.end(), "discussed") != duty.met_by.end();
}

namespace {

// Which of its events shows them does not matter to the case; once is enough.
Verdict with_files(Verdict verdict, const Update& update) {
    if (!verdict.events.empty()) verdict.events.front().files = update.files;
    return verdict;
}

}  // namespace

Verdict accept(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    if (update.happened && *update.happened > now) {
        return refuse(Refused::happened_in_future, "/time",
                      "This cannot have happened yet: give the time at which it did.");
    }
    if (update.kind == UpdateKind::raise)
        return with_files(judge(the_case, rules, update, now), update);
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
    return with_files(judge(the_case, rules, placed, now), update);
}

}  // namespace stageclock

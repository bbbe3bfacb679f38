// SPDX-License-Identifier: MIT
#include "bot/core/accept_raise.h"

#include <algorithm>

#include "bot/core/accept_parts.h"
#include "bot/core/ladder.h"
#include "bot/core/nearest.h"
#include "bot/core/recipients.h"

namespace stageclock {
namespace {

using Fault = std::optional<Refusal>;

Fault fault(Refused reason, std::string field, std::string what,
            std::vector<std::string> clauses = {}) {
    return Refusal{reason, std::move(field), std::move(what), std::move(clauses)};
}

Case described(const RaiseFacts& facts);

// The procedure named, else the first one that is for a case like this.
Fault settle_procedure(RaiseFacts& facts, const Rules& rules) {
    const Policy& policy = rules.policy;
    for (const Procedure& procedure : policy.procedures) {
        if (!facts.procedure.empty()) break;
        if (holds(procedure.when, described(facts), rules)) facts.procedure = procedure.id;
    }
    if (facts.procedure.empty() && !policy.procedures.empty()) {
        facts.procedure = policy.procedures.front().id;  // check_procedure() says why not
    }
    if (find_procedure(policy, facts.procedure) != nullptr) return std::nullopt;
    std::vector<std::string> known;
    for (const Procedure& procedure : policy.procedures) known.push_back(procedure.id);
    return fault(Refused::unknown_procedure, "/data/procedure",
                 "This policy has no such procedure. It has: " + listed(known) + ".");
}

Fault settle_subject(RaiseFacts& facts, const Rules& rules) {
    const auto& kinds = rules.board.subjects;
    if (facts.subject_kind.empty() && kinds.size() == 1) facts.subject_kind = kinds.front();
    std::vector<std::string> permitted = kinds;
    if (kinds.size() > 1) permitted.emplace_back("both");
    if (std::find(permitted.begin(), permitted.end(), facts.subject_kind) == permitted.end()) {
        return fault(Refused::unknown_subject, "/data/subject/kind",
                     "Say whom it is about: " + listed(permitted) + ".");
    }
    const auto& status = rules.policy.case_status;
    const bool known = facts.case_status.empty() || status.empty() ||
                       std::find(status.begin(), status.end(), facts.case_status) != status.end();
    if (!known) {
        return fault(Refused::malformed_field, "/data/subject/case_status",
                     "The policy knows the case status " + listed(status) +
                         ". Leave it out when it is not known.");
    }
    return std::nullopt;
}

// Agencies the directory does not list are taken only when written as "other:NAME", so that a
// typing error never becomes an agency nobody answers for.
Fault settle_agency(Party& party, const Rules& rules, const std::string& field) {
    constexpr std::string_view free_prefix = "other:";
    if (party.agency.empty()) return fault(Refused::missing_field, field, "Name the agency.");
    if (party.agency.starts_with(free_prefix) && party.agency.size() > free_prefix.size()) {
        return std::nullopt;
    }
    if (const Agency* agency = find_agency(rules.directory, party.agency)) {
        party.agency = agency->id;
        return std::nullopt;
    }
    std::vector<std::string> known;
    for (const Agency& agency : rules.directory.agencies) known.push_back(agency.id);
    const Agency* nearest = nearest_agency(rules.directory, party.agency);
    return fault(Refused::unknown_agency, field,
                 "The board's directory has no agency of this name." +
                     (nearest != nullptr ? " Did you mean \"" + nearest->name + "\"?" : "") +
                     " It has: " + listed(known) +
                     ". For another organisation write \"other:\" and its name.");
}

Fault check_same_agency(const RaiseFacts& facts, const Policy& policy) {
    if (facts.raising.agency != facts.receiving.agency) return std::nullopt;
    const auto guards = guards_for(policy, "same-agency");
    for (const Guard* guard : guards) {
        if (guard->kind == GuardKind::refusal) {
            return fault(Refused::same_agency, "/data/receiving/agency", guard->text,
                         guard->clauses);
        }
    }
    // The policy allows it with its warning; else two units of one agency may disagree.
    if (!guards.empty() || facts.raising.unit != facts.receiving.unit) return std::nullopt;
    return fault(Refused::same_agency, "/data/receiving/agency",
                 "Both sides are the same agency. This process is for disagreements between "
                 "agencies; if two units of one agency disagree, name the units.");
}

Fault settle_contacts(RaiseFacts& facts, const Actor& by) {
    for (std::size_t i = 0; i < facts.contacts.size(); ++i) {
        const Contact& contact = facts.contacts[i];
        if (contact.address.empty() || is_address(contact.address)) continue;
        const std::string side = contact.side == Side::raising ? "raising" : "receiving";
        return fault(Refused::malformed_field, "/data/" + side + "/contacts",
                     "An email address reads like name@example.org: one address, no spaces.");
    }
    if (!is_address(by.address)) {
        return fault(Refused::missing_field, "/data/raising/practitioner/email",
                     "The person who raises it needs an email address: the receipt and every "
                     "outcome go there.");
    }
    const bool named = std::any_of(facts.contacts.begin(), facts.contacts.end(), [](const auto& c) {
        return c.side == Side::raising && c.role == "practitioner" && !c.address.empty();
    });
    if (!named) {
        facts.contacts.push_back({Side::raising, "practitioner", by.name, by.address, ""});
    }
    return std::nullopt;
}

Fault check_reason(const RaiseFacts& facts, const Policy& policy) {
    if (facts.summary.empty()) {
        return fault(Refused::missing_field, "/data/summary",
                     "Say what the disagreement is about and what it rests on.");
    }
    if (facts.reason.empty() || policy.reasons.empty()) return std::nullopt;
    std::vector<std::string> known;
    for (const ReasonOption& option : policy.reasons) known.push_back(option.id);
    if (std::find(known.begin(), known.end(), facts.reason) != known.end()) return std::nullopt;
    return fault(Refused::unknown_reason, "/data/reason",
                 "The policy's reasons are " + listed(known) + ".");
}

// The case as the raise describes it, before it has entered anything.
Case described(const RaiseFacts& facts) {
    Case the_case;
    the_case.procedure = facts.procedure;
    the_case.facts = facts;
    the_case.circumstances = facts.circumstances;
    if (!facts.priority.empty()) {
        the_case.urgent_since = Instant{};
        the_case.priorities.push_back({facts.priority, Instant{}});
    }
    return the_case;
}

Fault one_of(const std::string& found, const std::vector<std::string>& known, const char* field,
             const char* what) {
    if (std::find(known.begin(), known.end(), found) != known.end()) return std::nullopt;
    const std::string near = nearest(found, known);
    return fault(Refused::malformed_field, field,
                 std::string(what) + listed(known) + "." +
                     (near.empty() ? "" : " Did you mean \"" + near + "\"?"));
}

template <class Row>
std::vector<std::string> ids(const std::vector<Row>& rows) {
    std::vector<std::string> all;
    for (const Row& row : rows) all.push_back(row.id);
    return all;
}

Fault settle_circumstances(RaiseFacts& facts, const Policy& policy) {
    if (facts.urgent && facts.priority.empty()) facts.priority = "urgent";
    if (facts.priority == "standard") facts.priority.clear();
    if (!facts.priority.empty()) {
        if (Fault p = one_of(facts.priority, priority_ids(policy), "/data/priority",
                             "The levels of urgency are ")) {
            return p;
        }
        facts.urgent = true;
    }
    if (facts.area.empty() && policy.areas.size() == 1) facts.area = policy.areas.front().id;
    if (!policy.areas.empty() || !facts.area.empty()) {
        if (Fault p = one_of(facts.area, ids(policy.areas), "/data/area",
                             "Say which local board is responsible: ")) {
            return p;
        }
    }
    for (const std::string& circumstance : facts.circumstances) {
        if (Fault p = one_of(circumstance, ids(policy.circumstances), "/data/circumstances",
                             "The circumstances of this policy are ")) {
            return p;
        }
    }
    return std::nullopt;
}

// A limit on raising counts from the decision in dispute (which must then be told).
Fault check_limit(RaiseFacts& facts, const Procedure& procedure, const Rules& rules,
                  Instant raised) {
    if (!procedure.raise_within) return std::nullopt;
    if (!facts.disputed) {
        return fault(Refused::missing_field, "/data/disputed",
                     "Say when the decision in dispute was made: it can be challenged within " +
                         to_text(*procedure.raise_within) + ".",
                     procedure.clauses);
    }
    const auto last =
        deadline(*procedure.raise_within, *facts.disputed, rules.policy.readings, rules.calendar)
            .due;
    if (!last || raised <= *last) return std::nullopt;
    if (procedure.raise_late_warns) {
        facts.circumstances.emplace_back(raised_late);
        return std::nullopt;
    }
    return fault(Refused::raised_too_late, "/data/disputed",
                 "The decision could be challenged until " +
                     to_words(*last, rules.calendar.zone()) + " (" +
                     to_text(*procedure.raise_within) + ").",
                 procedure.clauses);
}

Fault check_supporters(const RaiseFacts& facts, const Procedure& procedure) {
    for (const Target& target : procedure.raise_roles) {
        const bool named =
            std::any_of(facts.contacts.begin(), facts.contacts.end(), [&](const Contact& contact) {
                const bool side = target.side == Side::both || contact.side == target.side;
                return side && contact.role == target.role && !contact.address.empty();
            });
        if (named) continue;
        const std::string side(to_text(target.side));
        return fault(Refused::policy_guard, "/data/" + side + "/contacts",
                     "Under this procedure the " + side + " side names its " +
                         role_words(target.role) + " with the raise (role \"" + target.role +
                         "\", with an email address).",
                     procedure.clauses);
    }
    return std::nullopt;
}

Fault check_procedure(RaiseFacts& facts, const Rules& rules, Instant raised) {
    const Procedure& procedure = *find_procedure(rules.policy, facts.procedure);
    if (!holds(procedure.when, described(facts), rules)) {
        return fault(Refused::unknown_procedure, "/data/procedure",
                     "\"" + procedure.title + "\" is not for a case like this one.",
                     procedure.clauses);
    }
    if (Fault p = check_limit(facts, procedure, rules, raised)) return p;
    return check_supporters(facts, procedure);
}

Fault settle_stage(RaiseFacts& facts, const Rules& rules) {
    const auto rungs = ladder(described(facts), rules);
    if (rungs.empty()) {
        return fault(Refused::unknown_stage, "/data/procedure",
                     "No stage of this procedure is for a case like this one.");
    }
    const Stage* first = rungs.front();
    if (facts.stage.empty()) facts.stage = first->id;
    const Stage* stage = entry_to(described(facts), rules, facts.stage);
    if (stage == nullptr) {
        std::vector<std::string> known;
        for (const Stage* rung : rungs) known.push_back(rung->id);
        return fault(Refused::unknown_stage, "/data/stage",
                     "The stages are " + listed(known) + ".");
    }
    facts.stage = stage->id;
    if (stage == first) return std::nullopt;
    if (stage->skip_to_with.empty()) {
        return fault(Refused::skip_not_permitted, "/data/stage",
                     "This policy starts at its first stage, \"" + first->title + "\" (R-15).",
                     first->clauses);
    }
    if (facts.skip_reason.empty()) {
        return fault(Refused::skip_needs_reason, "/data/skip_reason",
                     "A start at a higher stage needs its reason (" + stage->skip_to_with + ").",
                     stage->clauses);
    }
    return std::nullopt;
}

Fault settle(RaiseFacts& facts, const Rules& rules, const Actor& by, Instant raised) {
    if (Fault p = settle_subject(facts, rules)) return p;
    if (Fault p = settle_circumstances(facts, rules.policy)) return p;
    if (Fault p = settle_agency(facts.raising, rules, "/data/raising/agency")) return p;
    if (Fault p = settle_agency(facts.receiving, rules, "/data/receiving/agency")) return p;
    if (Fault p = settle_procedure(facts, rules)) return p;
    if (Fault p = check_same_agency(facts, rules.policy)) return p;
    if (Fault p = settle_contacts(facts, by)) return p;
    if (Fault p = check_reason(facts, rules.policy)) return p;
    if (Fault p = check_procedure(facts, rules, raised)) return p;
    return settle_stage(facts, rules);
}

// The person who raises: as the update says, else the raising side's practitioner.
Actor raiser_of(const Update& update) {
    Actor by = update.by;
    by.side = Side::raising;
    if (by.role.empty()) by.role = "practitioner";
    if (!by.address.empty()) return by;
    for (const Contact& contact : update.facts.contacts) {
        if (contact.side == Side::raising && contact.role == "practitioner") {
            by.name = contact.name;
            by.address = contact.address;
            break;
        }
    }
    return by;
}

}  // namespace

std::vector<std::string> skipped_stages(const Case& the_case, const Rules& rules,
                                        const std::string& from, const std::string& to) {
    const Policy& policy = rules.policy;
    std::vector<std::string> skipped;
    for (const Stage* rung : ladder(the_case, rules)) {
        const int place = place_of(policy, rung->id);
        if (place_of(policy, from) <= place && place < place_of(policy, to)) {
            skipped.push_back(rung->id);
        }
    }
    return skipped;
}

Verdict accept_raise(const std::string& ref, const Rules& rules, const Update& update,
                     Instant now) {
    if (ref.empty() || update.board != rules.board.id) {
        return {{}, fault(Refused::unknown_board, "/data/board", "No such board is served here.")};
    }
    const Actor by = raiser_of(update);
    RaiseFacts facts = update.facts;
    const Instant raised_at = update.happened.value_or(now);
    if (Fault problem = settle(facts, rules, by, raised_at)) return {{}, std::move(problem)};

    const auto event = [&](EventKind kind, const std::string& stage) {
        Event made;
        made.kind = kind;
        made.at = raised_at;
        made.recorded = now;
        made.by = by;
        made.stage = stage;
        return made;
    };
    Verdict verdict;
    Event raised = event(EventKind::raised, facts.stage);
    raised.detail = Raised{rules.board.id,      rules.policy.id, rules.policy.version,
                           rules.policy.digest, facts.procedure, facts};
    verdict.events.push_back(std::move(raised));
    const Case before = described(facts);
    const std::string first = ladder(before, rules).front()->id;
    for (const std::string& stage : skipped_stages(before, rules, first, facts.stage)) {
        Event skipped = event(EventKind::stage_skipped, stage);
        skipped.text = facts.skip_reason;
        verdict.events.push_back(std::move(skipped));
    }
    if (facts.urgent) {
        verdict.events.push_back(event(EventKind::marked_urgent, facts.stage));
        if (facts.priority != "urgent") verdict.events.back().name = facts.priority;
    }
    Event entered = event(EventKind::stage_entered, facts.stage);
    entered.clauses = find_stage(rules.policy, facts.stage)->clauses;
    verdict.events.push_back(std::move(entered));
    return verdict;
}

}  // namespace stageclock

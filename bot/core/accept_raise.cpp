// SPDX-License-Identifier: MIT
#include "bot/core/accept_raise.h"

#include <algorithm>

namespace stageclock {
namespace {

using Fault = std::optional<Refusal>;

Fault refuse(Refused reason, std::string field, std::string what,
               std::vector<std::string> clauses = {}) {
    return Refusal{reason, std::move(field), std::move(what), std::move(clauses)};
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += text.empty() ? "" : ", ";
        text += '"' + word + '"';
    }
    return text;
}

Fault settle_procedure(RaiseFacts& facts, const Policy& policy) {
    if (facts.procedure.empty() && !policy.procedures.empty()) {
        facts.procedure = policy.procedures.front().id;
    }
    if (find_procedure(policy, facts.procedure) != nullptr) return std::nullopt;
    std::vector<std::string> known;
    for (const Procedure& procedure : policy.procedures) known.push_back(procedure.id);
    return refuse(Refused::unknown_procedure, "/data/procedure",
                  "This policy has no such procedure. It has: " + listed(known) + ".");
}

Fault settle_subject(RaiseFacts& facts, const Rules& rules) {
    const auto& kinds = rules.board.subjects;
    if (facts.subject_kind.empty() && kinds.size() == 1) facts.subject_kind = kinds.front();
    std::vector<std::string> permitted = kinds;
    if (kinds.size() > 1) permitted.emplace_back("both");
    if (std::find(permitted.begin(), permitted.end(), facts.subject_kind) == permitted.end()) {
        return refuse(Refused::unknown_subject, "/data/subject/kind",
                      "Say whom it is about: " + listed(permitted) + ".");
    }
    const auto& status = rules.policy.case_status;
    const bool known = facts.case_status.empty() || status.empty() ||
                       std::find(status.begin(), status.end(), facts.case_status) != status.end();
    if (!known) {
        return refuse(Refused::malformed_field, "/data/subject/case_status",
                      "The policy knows the case status " + listed(status) +
                          ". Leave it out when it is not known.");
    }
    return std::nullopt;
}

// Agencies the directory does not list are taken only when written as "other:NAME", so that a
// typing error never becomes an agency nobody answers for.
Fault settle_agency(Party& party, const Rules& rules, const std::string& field) {
    constexpr std::string_view free_prefix = "other:";
    if (party.agency.empty()) return refuse(Refused::missing_field, field, "Name the agency.");
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
    return refuse(Refused::unknown_agency, field,
                  "The board's directory has no agency of this name." +
                      (nearest != nullptr ? " Did you mean \"" + nearest->name + "\"?" : "") +
                      " It has: " + listed(known) +
                      ". For another organisation write \"other:\" and its name.");
}

Fault check_same_agency(const RaiseFacts& facts, const Policy& policy) {
    if (facts.raising.agency != facts.receiving.agency) return std::nullopt;
    if (facts.raising.unit != facts.receiving.unit) return std::nullopt;
    const auto guards = guards_for(policy, "same-agency");
    for (const Guard* guard : guards) {
        if (guard->kind == GuardKind::refusal) {
            return refuse(Refused::same_agency, "/data/receiving/agency", guard->text,
                          guard->clauses);
        }
    }
    if (!guards.empty()) return std::nullopt;  // the policy allows it, with its warning
    return refuse(Refused::same_agency, "/data/receiving/agency",
                  "Both sides are the same agency. This process is for disagreements between "
                  "agencies; if two units of one agency disagree, name the units.");
}

Fault settle_contacts(RaiseFacts& facts, const Actor& by) {
    for (std::size_t i = 0; i < facts.contacts.size(); ++i) {
        const Contact& contact = facts.contacts[i];
        if (contact.address.empty() || is_address(contact.address)) continue;
        const std::string side = contact.side == Side::raising ? "raising" : "receiving";
        return refuse(Refused::malformed_field, "/data/" + side + "/contacts",
                      "An email address reads like name@example.org: one address, no spaces.");
    }
    if (!is_address(by.address)) {
        return refuse(Refused::missing_field, "/data/raising/practitioner/email",
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
        return refuse(Refused::missing_field, "/data/summary",
                      "Say what the disagreement is about and what it rests on.");
    }
    if (facts.reason.empty() || policy.reasons.empty()) return std::nullopt;
    std::vector<std::string> known;
    for (const ReasonOption& option : policy.reasons) known.push_back(option.id);
    if (std::find(known.begin(), known.end(), facts.reason) != known.end()) return std::nullopt;
    return refuse(Refused::unknown_reason, "/data/reason",
                  "The policy's reasons are " + listed(known) + ".");
}

Fault settle_stage(RaiseFacts& facts, const Policy& policy) {
    const Stage* first = first_stage(policy, facts.procedure);
    if (facts.stage.empty() && first != nullptr) facts.stage = first->id;
    const Stage* stage = find_stage(policy, facts.stage);
    if (stage == nullptr || stage->procedure != facts.procedure) {
        std::vector<std::string> known;
        for (const Stage& other : policy.stages) {
            if (other.procedure == facts.procedure) known.push_back(other.id);
        }
        return refuse(Refused::unknown_stage, "/data/stage",
                      "The stages are " + listed(known) + ".");
    }
    if (stage == first) return std::nullopt;
    if (stage->skip_to_with.empty()) {
        return refuse(Refused::skip_not_permitted, "/data/stage",
                      "This policy starts at its first stage, \"" + first->title + "\" (R-15).",
                      first->clauses);
    }
    if (facts.skip_reason.empty()) {
        return refuse(Refused::skip_needs_reason, "/data/skip_reason",
                      "A start at a higher stage needs its reason (" + stage->skip_to_with + ").",
                      stage->clauses);
    }
    return std::nullopt;
}

Fault settle(RaiseFacts& facts, const Rules& rules, const Actor& by) {
    if (Fault p = settle_procedure(facts, rules.policy)) return p;
    if (Fault p = settle_subject(facts, rules)) return p;
    if (Fault p = settle_agency(facts.raising, rules, "/data/raising/agency")) return p;
    if (Fault p = settle_agency(facts.receiving, rules, "/data/receiving/agency")) return p;
    if (Fault p = check_same_agency(facts, rules.policy)) return p;
    if (Fault p = settle_contacts(facts, by)) return p;
    if (Fault p = check_reason(facts, rules.policy)) return p;
    return settle_stage(facts, rules.policy);
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

std::vector<std::string> skipped_stages(const Policy& policy, const std::string& procedure,
                                        int from, int to) {
    std::vector<std::string> skipped;
    for (const Stage& stage : policy.stages) {
        const int place = place_of(policy, stage.id);
        if (stage.procedure == procedure && from <= place && place < to)
            skipped.push_back(stage.id);
    }
    return skipped;
}

Verdict accept_raise(const std::string& ref, const Rules& rules, const Update& update,
                     Instant now) {
    if (ref.empty() || update.board != rules.board.id) {
        return {{}, refuse(Refused::unknown_board, "/data/board", "No such board is served here.")};
    }
    const Actor by = raiser_of(update);
    RaiseFacts facts = update.facts;
    if (Fault problem = settle(facts, rules, by)) return {{}, std::move(problem)};

    const auto event = [&](EventKind kind, const std::string& stage) {
        Event made;
        made.kind = kind;
        made.at = update.happened.value_or(now);
        made.recorded = now;
        made.by = by;
        made.stage = stage;
        return made;
    };
    Verdict verdict;
    Event raised = event(EventKind::raised, facts.stage);
    raised.detail = Raised{rules.board.id, rules.policy.id, rules.policy.version, facts.procedure,
                           facts};
    verdict.events.push_back(std::move(raised));
    const int place = place_of(rules.policy, facts.stage);
    for (const std::string& stage : skipped_stages(rules.policy, facts.procedure, 0, place)) {
        Event skipped = event(EventKind::stage_skipped, stage);
        skipped.text = facts.skip_reason;
        verdict.events.push_back(std::move(skipped));
    }
    if (facts.urgent) verdict.events.push_back(event(EventKind::marked_urgent, facts.stage));
    Event entered = event(EventKind::stage_entered, facts.stage);
    entered.clauses = find_stage(rules.policy, facts.stage)->clauses;
    verdict.events.push_back(std::move(entered));
    return verdict;
}

}  // namespace stageclock

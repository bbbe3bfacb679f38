// SPDX-License-Identifier: MIT
#include "bot/core/accept_parts.h"

#include <algorithm>

#include "bot/core/accept_raise.h"
#include "bot/core/ladder.h"
#include "bot/core/nearest.h"

namespace stageclock {
namespace {

std::optional<Verdict> unknown_or_elsewhere(const Case& the_case, const Policy& policy,
                                            const Update& update) {
    const NamedEvent* named = find_event(policy, update.event);
    if (named == nullptr) {
        std::vector<std::string> known;
        for (const NamedEvent& row : policy.events) known.push_back(row.id);
        const std::string near = nearest(update.event, known);
        return refuse(Refused::unknown_event, "/data/event",
                      "This policy knows no such event." +
                          (near.empty() ? "" : " Did you mean \"" + near + "\"?") +
                          " It knows: " + listed(known) + ".");
    }
    const auto here = [&](const std::string& stage) {
        return lies_in(policy, the_case.stage, stage);
    };
    if (named->stages.empty() || std::any_of(named->stages.begin(), named->stages.end(), here)) {
        return std::nullopt;
    }
    return refuse(Refused::policy_guard, "/data/event",
                  "\"" + named->title + "\" belongs to stage " + listed(named->stages) +
                      "; the case stands at \"" + the_case.stage + "\".",
                  named->clauses);
}

std::optional<Verdict> not_theirs(const NamedEvent& named, const Update& update) {
    if (named.side == Side::none || named.side == update.by.side) return std::nullopt;
    return refuse(Refused::not_a_party, "/data/event",
                  "\"" + named.title + "\" is for the " +
                      (named.side == Side::board ? std::string("board")
                                                 : std::string(to_text(named.side)) + " side") +
                      " to report.",
                  named.clauses);
}

std::optional<Verdict> too_early(const Case& the_case, const NamedEvent& named,
                                 const Policy& policy) {
    const auto is_that = [&](const LogEntry& entry) { return entry.what == named.after; };
    if (named.after.empty() || std::any_of(the_case.log.begin(), the_case.log.end(), is_that)) {
        return std::nullopt;
    }
    const NamedEvent* first = find_event(policy, named.after);
    return refuse(Refused::policy_guard, "/data/event",
                  "\"" + named.title + "\" comes after \"" +
                      (first != nullptr ? first->title : named.after) +
                      "\", which nobody has reported yet.",
                  named.clauses);
}

std::optional<Verdict> incomplete(const NamedEvent& named, const Update& update) {
    const auto needs = [&](std::string_view what) {
        return std::find(named.needs.begin(), named.needs.end(), what) != named.needs.end();
    };
    const auto ask = [&](const char* field, const std::string& what) {
        return refuse(Refused::missing_field, field, "\"" + named.title + "\": " + what,
                      named.clauses);
    };
    if (needs("text") && update.text.empty()) return ask("/data/text", "say what it was.");
    if (needs("deadline") && !update.deadline) return ask("/data/deadline", "say by when.");
    if (needs("contact") && (update.contact.role.empty() || !is_address(update.contact.address))) {
        return ask("/data/contact", "name the person, with side, role and email address.");
    }
    if (needs("members") && update.members.empty()) {
        return ask("/data/members", "name the people, each with their agency.");
    }
    return std::nullopt;
}

// A panel too small (NSOM-54), a chair from an agency of the case (BERKS-22).
std::optional<Verdict> wrong_members(const Case& the_case, const NamedEvent& named,
                                     const Rules& rules, const Update& update) {
    const auto counted =
        std::count_if(update.members.begin(), update.members.end(), [&](const Member& member) {
            const auto& flags = member.flags;
            return named.members_flag.empty() ||
                   std::find(flags.begin(), flags.end(), named.members_flag) != flags.end();
        });
    if (counted < named.members_at_least) {
        return refuse(
            Refused::policy_guard, "/data/members",
            "\"" + named.title + "\" takes at least " + std::to_string(named.members_at_least) +
                " members" +
                (named.members_flag.empty() ? "" : " marked \"" + named.members_flag + "\"") +
                "; " + std::to_string(counted) + " are named.",
            named.clauses);
    }
    if (!named.uninvolved) return std::nullopt;
    for (const Member& member : update.members) {
        const Agency* agency = find_agency(rules.directory, member.agency);
        const std::string id = agency != nullptr ? agency->id : member.agency;
        const RaiseFacts& facts = the_case.facts;
        if (!id.empty() && folded(id) != folded(facts.raising.agency) &&
            folded(id) != folded(facts.receiving.agency)) {
            continue;
        }
        return refuse(Refused::policy_guard, "/data/members",
                      "\"" + named.title +
                          "\" asks for somebody of an agency that is not a party to this case; "
                          "name their agency.",
                      named.clauses);
    }
    return std::nullopt;
}

// What is kept of the members: a line for people.
std::string with_members(const std::string& text, const std::vector<Member>& members) {
    std::string all = text;
    for (const Member& member : members) {
        all += (all.empty() ? "" : "; ") + member.name + " (" + member.agency;
        for (const std::string& flag : member.flags) all += ", " + flag;
        all += ")";
    }
    return all;
}

void add_circumstances(Verdict& verdict, const Event& reported, const NamedEvent& named) {
    const auto add = [&](EventKind kind, const std::vector<std::string>& words) {
        for (const std::string& word : words) {
            Event event = reported;
            event.kind = kind;
            event.name = word;
            event.text.clear();
            event.detail = std::monostate{};
            verdict.events.push_back(std::move(event));
        }
    };
    add(EventKind::circumstance_set, named.sets);
    add(EventKind::circumstance_cleared, named.clears);
}

}  // namespace

Verdict refuse(Refused reason, std::string field, std::string what,
               std::vector<std::string> clauses) {
    return {{}, Refusal{reason, std::move(field), std::move(what), std::move(clauses)}};
}

Verdict one(Event event) { return {{std::move(event)}, std::nullopt}; }

Verdict needs_text(const Update& update, const char* what, Event event) {
    if (update.text.empty()) return refuse(Refused::missing_field, "/data/text", what);
    return one(std::move(event));
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += text.empty() ? "" : ", ";
        text += '"' + word + '"';
    }
    return text;
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

Event entered(const Case& the_case, const Update& update, const Stage& stage, Instant now) {
    Event event = event_of(the_case, update, EventKind::stage_entered, now);
    event.stage = stage.id;
    event.text.clear();
    event.clauses = stage.clauses;
    return event;
}

Verdict accept_report(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    if (auto refused = unknown_or_elsewhere(the_case, rules.policy, update)) return *refused;
    const NamedEvent& named = *find_event(rules.policy, update.event);
    if (auto refused = not_theirs(named, update)) return *refused;
    if (auto refused = too_early(the_case, named, rules.policy)) return *refused;
    if (auto refused = incomplete(named, update)) return *refused;
    if (auto refused = wrong_members(the_case, named, rules, update)) return *refused;
    const bool moves = !named.enters.empty() || named.closes.has_value();
    if (moves && !the_case.open()) {
        return refuse(Refused::case_closed, "/subject",
                      "This case is closed. Reopen it first (reopen), or raise a new one.");
    }

    Event event = event_of(the_case, update, EventKind::reported, now);
    event.name = named.id;
    event.clauses = named.clauses;
    if (event.text.empty()) event.text = named.title;
    event.text = with_members(event.text, update.members);
    event.deadline = update.deadline;
    Verdict verdict = one(event);
    add_circumstances(verdict, event, named);
    if (!update.contact.role.empty() && is_address(update.contact.address)) {
        Event contact = event_of(the_case, update, EventKind::contact_named, now);
        contact.text.clear();
        contact.detail = update.contact;
        verdict.events.push_back(std::move(contact));
    }
    if (!named.enters.empty()) {
        if (const Stage* stage = entry_to(the_case, rules, named.enters)) {
            verdict.events.push_back(entered(the_case, update, *stage, now));
        }
    }
    if (named.closes) {
        const EventKind kind = *named.closes ? EventKind::resolved : EventKind::withdrawn;
        Event closed = event_of(the_case, update, kind, now);
        if (closed.text.empty()) closed.text = named.title;
        verdict.events.push_back(std::move(closed));
    }
    return verdict;
}

}  // namespace stageclock

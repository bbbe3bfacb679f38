// SPDX-License-Identifier: MIT
#include "bot/core/recipients.h"

#include <algorithm>

namespace stageclock {
namespace {

constexpr std::string_view free_agency_prefix = "other:";

const Party& party(const Case& the_case, Side side) {
    return side == Side::raising ? the_case.facts.raising : the_case.facts.receiving;
}

Recipient from_contact(const Contact& contact, const std::string& agency) {
    return {.id = std::string(to_text(contact.side)) + ":" + contact.role + ":" +
                  folded(contact.address),
            .side = contact.side,
            .agency = agency,
            .role = contact.role,
            .title = role_words(contact.role),
            .name = contact.name,
            .address = contact.address,
            .phone = contact.phone,
            .audience = Audience::officer,
            .assumed = false};
}

Recipient from_post(const Post& post, Side side, const std::string& agency) {
    return {.id = post.id,
            .side = side,
            .agency = agency,
            .role = post.role,
            .title = post.title,
            .name = post.holder,
            .address = post.address,
            .phone = post.phone,
            .audience = post.audience,
            .assumed = post.assumed};
}

void add(Filled& filled, Recipient recipient) {
    const std::string address = folded(recipient.address);
    const bool known = std::any_of(
        filled.people.begin(), filled.people.end(),
        [&](const Recipient& other) { return folded(other.address) == address; });
    if (!known) filled.people.push_back(std::move(recipient));
}

void add_raiser(const Case& the_case, const Rules& rules, Filled& filled) {
    const Actor& raiser = the_case.raiser;
    if (raiser.address.empty()) {
        filled.missing.push_back("the person who raised it");
        return;
    }
    const Contact contact{Side::raising, "raiser", raiser.name, raiser.address, ""};
    add(filled, from_contact(contact, agency_name(rules, the_case.facts.raising.agency)));
}

Circumstances circumstances(const Case& the_case, const Party* party) {
    return {.unit = party != nullptr ? party->unit : "",
            .case_status = the_case.facts.case_status,
            .subject = the_case.facts.subject_kind};
}

void add_posts(const Case& the_case, Side side, const std::string& role, const Rules& rules,
               Filled& filled) {
    const bool of_board = side == Side::board;
    const Party* of = of_board ? nullptr : &party(the_case, side);
    const std::string agency = of_board ? rules.board.name : agency_name(rules, of->agency);
    const auto posts = posts_for(rules.directory, of_board ? "" : of->agency, role,
                                 circumstances(the_case, of));
    for (const Post* post : posts) {
        if (post->address.empty()) {
            filled.missing.push_back(post->title + " (" + agency + ")");
        } else {
            add(filled, from_post(*post, side, agency));
        }
    }
    if (posts.empty()) {
        filled.missing.push_back(of_board ? role_words(role) + " of the board"
                                          : role_words(role) + " of the " +
                                                std::string(to_text(side)) + " side (" + agency +
                                                ")");
    }
}

void add_side(const Case& the_case, Side side, const std::string& role, const Rules& rules,
              Filled& filled) {
    bool named = false;
    if (side != Side::board) {
        const std::string agency = agency_name(rules, party(the_case, side).agency);
        for (const Contact& contact : the_case.facts.contacts) {
            if (contact.side != side || contact.role != role || contact.address.empty()) continue;
            add(filled, from_contact(contact, agency));
            named = true;
        }
    }
    if (!named) add_posts(the_case, side, role, rules, filled);
}

}  // namespace

std::string role_words(std::string_view role) {
    std::string words(role);
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

std::string agency_name(const Rules& rules, const std::string& agency) {
    if (agency.starts_with(free_agency_prefix)) return agency.substr(free_agency_prefix.size());
    const Agency* known = find_agency(rules.directory, agency);
    return known != nullptr ? known->name : agency;
}

Filled fill(const Case& the_case, const std::vector<Target>& targets, const Rules& rules) {
    Filled filled;
    for (const Target& target : targets) {
        if (target.role == "raiser") {
            add_raiser(the_case, rules, filled);
        } else if (target.side == Side::both) {
            add_side(the_case, Side::raising, target.role, rules, filled);
            add_side(the_case, Side::receiving, target.role, rules, filled);
        } else {
            add_side(the_case, target.side, target.role, rules, filled);
        }
    }
    return filled;
}

std::vector<Recipient> recipients(const Case& the_case, const Target& target, const Rules& rules) {
    return fill(the_case, {target}, rules).people;
}

std::vector<Recipient> participants(const Case& the_case, const Rules& rules) {
    const Policy& policy = rules.policy;
    std::vector<Target> targets{{Side::raising, "raiser"}};
    const auto add_targets = [&](const std::vector<Target>& more) {
        targets.insert(targets.end(), more.begin(), more.end());
    };
    for (const StageEntry& entry : the_case.entries) {
        if (const Stage* stage = find_stage(policy, entry.stage)) add_targets(stage->actors);
    }
    // A missed duty brought in those it tells.
    for (const DutyRun& run : the_case.duties) {
        const Duty* duty = find_duty(policy, run.duty);
        const bool missed = std::any_of(run.told.begin(), run.told.end(), [](const Told& told) {
            return told.occasion == Occasion::missed;
        });
        if (duty == nullptr || !missed) continue;
        add_targets(duty->owed_by);
        add_targets(duty->missed_tells);
        const Stage* next = next_stage(policy, duty->stage);
        if (duty->missed_tells_next && next != nullptr) add_targets(next->actors);
    }
    for (const Contact& contact : the_case.facts.contacts) {
        if (contact.role == "practitioner") targets.push_back({contact.side, contact.role});
    }
    return fill(the_case, targets, rules).people;
}

}  // namespace stageclock

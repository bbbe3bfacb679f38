// SPDX-License-Identifier: MIT
//
// What mail systems tell us about our messages: judged like any other update.
#include <algorithm>

#include "bot/core/accept_parts.h"
#include "bot/core/recipients.h"

namespace stageclock {
namespace {

// Who of this case has that address. Nothing of a stranger's address gets onto a case.
std::optional<Recipient> owner(const Case& the_case, const Rules& rules,
                               const std::string& address) {
    const auto same = [&](const Recipient& person) {
        return folded(person.address) == folded(address);
    };
    const auto people = everybody(the_case, rules);
    const auto person = std::find_if(people.begin(), people.end(), same);
    if (person != people.end()) return *person;
    const auto told = std::find_if(the_case.informed.begin(), the_case.informed.end(), same);
    if (told != the_case.informed.end()) return *told;
    for (const Post& post : rules.directory.posts) {
        if (!has_address(post, address)) continue;
        Recipient found;
        found.id = post.id;
        found.side = post.agency.empty()                            ? Side::board
                     : post.agency == the_case.facts.raising.agency ? Side::raising
                                                                    : Side::receiving;
        found.role = post.role;
        return found;
    }
    return std::nullopt;
}

bool is_known(const Case& the_case, const Unreached& missed, Instant now) {
    return missed.how == Unreached::How::away
               ? is_away(the_case, missed.address, now) || is_out_of_reach(the_case, missed.address)
               : is_out_of_reach(the_case, missed.address);
}

}  // namespace

Verdict report_unreached(const Case& the_case, const Rules& rules, const Update& update,
                         Instant now) {
    Unreached missed = update.unreached;
    missed.at = update.happened.value_or(now);
    if (missed.recipient.empty()) {
        const auto person = owner(the_case, rules, missed.address);
        if (!person) {
            return refuse(Refused::malformed_field, "/data/address",
                          "Nobody on this case has that address.");
        }
        missed.recipient = person->id;
        missed.side = person->side;
        missed.role = person->role;
    }
    if (is_known(the_case, missed, now)) return {};
    Event event = event_of(the_case, update, EventKind::unreached, now);
    event.by = {};
    event.rule = missed.rule;
    event.name = to_text(missed.how);
    event.text.clear();
    event.detail = std::move(missed);
    return one(std::move(event));
}

}  // namespace stageclock

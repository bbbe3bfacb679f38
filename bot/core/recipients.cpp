// SPDX-License-Identifier: MIT
#include "bot/core/recipients.h"

#include <algorithm>
#include <set>

#include "bot/core/ladder.h"

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
            .assumed = false,
            .route = {},
            .note = {}};
}

// The first address of a post that is not known to fail on this case; empty: there is none.
std::string working_address(const Case& the_case, const Post& post) {
    if (!post.address.empty() && !is_out_of_reach(the_case, post.address)) return post.address;
    for (const std::string& next : post.more_addresses) {
        if (!next.empty() && !is_out_of_reach(the_case, next)) return next;
    }
    return "";
}

Recipient from_post(const Post& post, std::string address, Side side, const std::string& agency) {
    return {.id = post.id,
            .side = side,
            .agency = agency,
            .role = post.role,
            .title = post.title,
            .name = post.holder,
            .address = std::move(address),
            .phone = post.phone,
            .audience = post.audience,
            .assumed = post.assumed,
            .route = {},
            .note = {}};
}

void add(Filled& filled, Recipient recipient) {
    const std::string address = folded(recipient.address);
    const bool known =
        std::any_of(filled.people.begin(), filled.people.end(),
                    [&](const Recipient& other) { return folded(other.address) == address; });
    if (!known) filled.people.push_back(std::move(recipient));
}

void add_raiser(const Case& the_case, const Rules& rules, Filled& filled) {
    const Actor& raiser = the_case.raiser;
    if (raiser.address.empty() || is_out_of_reach(the_case, raiser.address)) {
        filled.missing.push_back("the person who raised it");
        return;
    }
    const Contact contact{Side::raising, "raiser", raiser.name, raiser.address, ""};
    add(filled, from_contact(contact, agency_name(rules, the_case.facts.raising.agency)));
}

// Who fills one role of one party, and who is sought in vain.
class Search {
public:
    Search(const Case& the_case, const Rules& rules, Instant now, Filled& filled)
        : case_(the_case),
          rules_(rules),
          today_(rules.calendar.date(now)),
          now_(now),
          filled_(filled) {}

    // Contacts named on the case come first, then the policy's route for the role, then posts.
    void look_for(Side side, const std::string& role) {
        const bool reported = out_of_reach(side, role);
        const Named named = reported ? Named::nobody : add_contacts(side, role);
        if (named == Named::present) return;
        // Who is told beside somebody away; when nobody stands in, the one away has it all the
        // same.
        const auto missing = filled_.missing;
        if (const Route* route = route_for(side, role)) {
            follow(*route, side, reported);
        } else if (reported) {
            filled_.missing.push_back(words(side, role, agency_of(side)) + ", out of reach");
        } else {
            note_missing(add_posts(side, agency_of(side), role).missing);
        }
        if (named == Named::away) filled_.missing = missing;
    }

private:
    enum class Named { nobody, away, present };
    struct Found {
        bool any = false;                  // somebody who can be told
        std::vector<std::string> missing;  // posts without, else the role nobody has
    };

    std::string agency_of(Side side) const {
        return side == Side::board ? "" : party(case_, side).agency;
    }

    bool out_of_reach(Side side, const std::string& role) const {
        return std::any_of(
            case_.unavailable.begin(), case_.unavailable.end(),
            [&](const Unavailable& out) { return out.side == side && out.role == role; });
    }

    Circumstances circumstances(Side side) const {
        return {.unit = side == Side::board ? "" : party(case_, side).unit,
                .case_status = case_.facts.case_status,
                .subject = case_.facts.subject_kind,
                .area = case_.facts.area};
    }

    Named add_contacts(Side side, const std::string& role) {
        Named named = Named::nobody;
        if (side == Side::board) return named;
        const std::string agency = agency_name(rules_, agency_of(side));
        for (const Contact& contact : case_.facts.contacts) {
            if (contact.side != side || contact.role != role || contact.address.empty()) continue;
            if (is_out_of_reach(case_, contact.address)) continue;
            add(filled_, from_contact(contact, agency));
            const bool away = is_away(case_, contact.address, now_);
            named = away && named != Named::present ? Named::away : Named::present;
        }
        return named;
    }

    bool matches(const Route& route, Side side, const std::string& role) const {
        const auto at = [&](const Hours& hours) {
            return stageclock::holds(hours, now_, rules_.calendar);
        };
        const std::string agency = side == Side::board ? "board" : agency_of(side);
        const std::string unit = circumstances(side).unit;
        const bool of_unit =
            route.unit.empty() ||
            std::any_of(route.unit.begin(), route.unit.end(),
                        [&](const std::string& listed) { return folded(listed) == folded(unit); });
        return route.role == role && of_unit &&
               names_agency(rules_.directory, route.agency, agency) &&
               (route.hours.empty() || std::any_of(route.hours.begin(), route.hours.end(), at)) &&
               std::none_of(route.except_hours.begin(), route.except_hours.end(), at) &&
               holds(route.when, case_, rules_);
    }

    const Route* route_for(Side side, const std::string& role) const {
        const auto& routes = rules_.policy.routes;
        const auto found = std::find_if(routes.begin(), routes.end(), [&](const Route& route) {
            return matches(route, side, role);
        });
        return found == routes.end() ? nullptr : &*found;
    }

    // A second choice that can be told makes up for the first.
    void follow(const Route& route, Side side, bool away) {
        Found first;
        if (!away) first = add_all(route, route.to, side);
        Found second;
        if (!first.any && !route.else_to.empty()) second = add_all(route, route.else_to, side);
        if (first.any || !second.any) note_missing(first.missing);
        if (away && !second.any) note_missing(second.missing);
    }

    std::string agency_for(const RouteTo& to, Side side) const {
        if (to.agency == "board") return "";
        return to.agency.empty() ? agency_of(side) : to.agency;
    }

    Found add_all(const Route& route, const std::vector<RouteTo>& targets, Side side) {
        Found found;
        for (const RouteTo& to : targets) {
            const Side of = to.agency == "board" ? Side::board : side;
            const std::size_t before = filled_.people.size();
            Found one;
            if (out_of_reach(of, to.role)) {
                one.missing.push_back(words(of, to.role, agency_for(to, side)) + ", out of reach");
            } else if (to.agency.empty() && add_contacts(of, to.role) != Named::nobody) {
                one.any = true;
            } else {
                one = add_posts(of, agency_for(to, side), to.role);
            }
            mark(route, before);
            found.any = found.any || one.any;
            found.missing.insert(found.missing.end(), one.missing.begin(), one.missing.end());
        }
        return found;
    }

    void mark(const Route& route, std::size_t from) {
        for (std::size_t i = from; i < filled_.people.size(); ++i) {
            filled_.people[i].route = route.id;
            filled_.people[i].note = route.note;
        }
    }

    // The posts of an agency, or of the one that answers for it.
    Found add_posts(Side side, const std::string& agency, const std::string& role) {
        auto posts = posts_for(rules_.directory, agency, role, circumstances(side));
        std::string holder = agency;
        if (const Delegate* delegate = posts.empty() ? delegate_of(agency, role) : nullptr) {
            holder = delegate->to;
            const std::string& its = delegate->to_role.empty() ? role : delegate->to_role;
            posts = posts_for(rules_.directory, holder, its, circumstances(side));
        }
        Found found;
        const std::string name = holder.empty() ? rules_.board.name : agency_name(rules_, holder);
        for (const Post* post : posts) {
            if (add_reachable(*post, side, name)) {
                found.any = true;
            } else {
                const char* absent = is_absent(*post) ? ", absent" : "";
                found.missing.push_back(post->title + " (" + name + ")" + absent);
            }
        }
        if (posts.empty()) found.missing.push_back(words(side, role, agency));
        return found;
    }

    void note_missing(const std::vector<std::string>& missing) {
        for (const std::string& role : missing) {
            auto& all = filled_.missing;
            if (std::find(all.begin(), all.end(), role) == all.end()) all.push_back(role);
        }
    }

    // Adds the post itself, else its deputy, else the deputy's own; beside somebody who only said
    // they are away, the next one too. Officers who deputise for each other end the search when the
    // first is met again. False when none of them can be told today.
    bool add_reachable(const Post& first, Side side, const std::string& agency) {
        std::set<std::string_view> seen;
        bool any = false;
        for (const Post* post = &first; post != nullptr && seen.insert(post->id).second;
             post = find_post(rules_.directory, post->deputy)) {
            const std::string address = working_address(case_, *post);
            if (is_absent(*post) || address.empty()) continue;
            add(filled_, from_post(*post, address, side, agency));
            any = true;
            if (!is_away(case_, address, now_)) break;
        }
        return any;
    }

    bool is_absent(const Post& post) const {
        return std::any_of(post.absent.begin(), post.absent.end(), [&](const Absence& absence) {
            return absence.from <= today_ && today_ <= absence.to;
        });
    }

    const Delegate* delegate_of(const std::string& agency, const std::string& role) const {
        const auto& delegates = rules_.directory.delegates;
        const auto found =
            std::find_if(delegates.begin(), delegates.end(), [&](const Delegate& delegate) {
                return delegate.role == role &&
                       names_agency(rules_.directory, {delegate.agency}, agency);
            });
        return found == delegates.end() ? nullptr : &*found;
    }

    std::string words(Side side, const std::string& role, const std::string& agency) const {
        if (side == Side::board) return role_words(role) + " of the board";
        return role_words(role) + " of the " + std::string(to_text(side)) + " side (" +
               agency_name(rules_, agency) + ")";
    }

    const Case& case_;
    const Rules& rules_;
    Date today_;
    Instant now_;
    Filled& filled_;
};

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

Filled fill(const Case& the_case, const std::vector<Target>& targets, const Rules& rules,
            Instant now) {
    Filled filled;
    for (const Target& target : targets) {
        const auto look_for = [&](Side side) {
            Search(the_case, rules, now, filled).look_for(side, target.role);
        };
        if (target.role == "raiser") {
            add_raiser(the_case, rules, filled);
        } else if (target.side == Side::both) {
            look_for(Side::raising);
            look_for(Side::receiving);
        } else {
            look_for(target.side);
        }
    }
    return filled;
}

std::vector<Recipient> recipients(const Case& the_case, const Target& target, const Rules& rules,
                                  Instant now) {
    return fill(the_case, {target}, rules, now).people;
}

std::vector<Recipient> participants(const Case& the_case, const Rules& rules) {
    Filled filled;
    if (!the_case.raiser.address.empty()) add_raiser(the_case, rules, filled);
    filled.missing.clear();
    for (const Recipient& person : the_case.informed) {
        // A post keeps its part in the case when its holder or address changes.
        const Post* post = find_post(rules.directory, person.id);
        const std::string address = post != nullptr ? working_address(the_case, *post) : "";
        if (!address.empty()) {
            add(filled, from_post(*post, address, person.side, person.agency));
        } else if (!is_out_of_reach(the_case, person.address)) {
            add(filled, person);
        }
    }
    return filled.people;
}

std::vector<Recipient> everybody(const Case& the_case, const Rules& rules) {
    Filled filled;
    filled.people = participants(the_case, rules);
    for (const Contact& contact : the_case.facts.contacts) {
        if (contact.address.empty()) continue;
        const Party& of = party(the_case, contact.side);
        add(filled, from_contact(contact, agency_name(rules, of.agency)));
    }
    return filled.people;
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
//
// The named gaps: what a text leaves blank, or a board has not supplied yet. The daemon runs with
// them and tells the board's inbox wherever one matters.
#include <algorithm>
#include <map>

#include "bot/core/check_parts.h"

namespace stageclock {
namespace checking {
namespace {

// A role an agency ("": the board) must be able to fill, and the row that asks for it.
using Need = std::pair<std::string, std::string>;

class Gaps {
public:
    Gaps(const Policy& policy, const Directory& directory, Findings& findings)
        : policy_(policy), directory_(directory), findings_(findings) {}

    void run() {
        find_needs();
        posts();
        missing_posts();
        kinds();
        forms();
        for (const Duty& row : policy_.duties) undated(row);
        for (std::size_t i = 0; i < directory_.delegates.size(); ++i) {
            delegate(directory_.delegates[i], std::to_string(i + 1));
        }
        find_route_gaps(policy_, directory_, findings_);
    }

private:
    bool of_case(const std::string& role) const {
        return role.empty() || role == "practitioner" || role == "raiser" ||
               lists(policy_.case_roles, role);
    }

    bool allowed(const Asked& asked, const std::string& agency) const {
        const auto on = [&](Side side, const Words When::*key) {
            const Side of = asked.target.side;
            return (of == side || of == Side::both) &&
                   std::all_of(asked.when.begin(), asked.when.end(), [&](const When* when) {
                       return names_agency(directory_, when->*key, agency);
                   });
        };
        return on(Side::raising, &When::raising_agency) || on(Side::receiving, &When::agency);
    }

    void find_needs() {
        need("", "inbox", "");  // where every other gap is told
        const auto asked = asked_targets(policy_);
        for (const Asked& one : asked) {
            if (one.target.side == Side::board) resolve("", one.target.role);
        }
        for (const Agency& agency : directory_.agencies) {
            for (const Asked& one : asked) {
                if (one.target.side != Side::board && allowed(one, agency.id)) {
                    resolve(agency.id, one.target.role);
                }
            }
        }
    }

    void need(const std::string& agency, const std::string& role, const std::string& route) {
        if (agency.empty() ? role == "practitioner" || role == "raiser" : of_case(role)) return;
        if (needs_.try_emplace({agency, role}, route).second) order_.push_back({agency, role});
    }

    // The role itself, or in its place those its routes lead to.
    void resolve(const std::string& agency, const std::string& role) {
        if (!resolved_.insert({agency, role}).second) return;
        const std::string party = agency.empty() ? "board" : agency;
        for (const Route& row : policy_.routes) {
            if (row.role != role || !names_agency(directory_, row.agency, party)) continue;
            follow(row, agency);
        }
        if (!of_case(role) && !is_routed(policy_, directory_, role, party)) need(agency, role, "");
    }

    void follow(const Route& row, const std::string& agency) {
        const auto holder = [&](const RouteTo& to) {
            return to.agency == "board" ? "" : to.agency.empty() ? agency : to.agency;
        };
        const bool made_up_for =
            std::any_of(row.else_to.begin(), row.else_to.end(), [&](const RouteTo& to) {
                return of_case(to.role) || has_post(holder(to), to.role, true);
            });
        for (const RouteTo& to : row.to) {
            const std::string of = holder(to);
            if (!made_up_for || has_post(of, to.role, false)) need(of, to.role, row.id);
        }
        for (const RouteTo& to : row.else_to) {
            const std::string of = holder(to);
            if (has_post(of, to.role, false)) need(of, to.role, row.id);
        }
    }

    bool has_post(const std::string& agency, const std::string& role, bool with_address) const {
        return std::any_of(directory_.posts.begin(), directory_.posts.end(), [&](const Post& post) {
            return post.agency == agency && post.role == role &&
                   (!with_address || !address_of(post).empty());
        });
    }

    const Delegate* delegate_of(const std::string& agency, const std::string& role) const {
        const auto found = std::find_if(
            directory_.delegates.begin(), directory_.delegates.end(), [&](const Delegate& row) {
                return row.role == role && names_agency(directory_, {row.agency}, agency);
            });
        return found == directory_.delegates.end() ? nullptr : &*found;
    }

    void posts() {
        for (const Post& post : directory_.posts) {
            const bool needed = needs_.contains({post.agency, post.role});
            if (address_of(post).empty() && post.required) {
                findings_.say({"post", post.id, "address"},
                              "no address is known for this post, and the board needs it",
                              "A daemon does not start until one is given.");
            } else if (address_of(post).empty() && needed) {
                const bool inbox = post.agency.empty() && post.role == "inbox";
                findings_.say({"post", post.id, "address"}, "no address is known for this post",
                              inbox
                                  ? "What the board should know reaches nobody until one is given."
                              : post.deputy.empty()
                                  ? "Prompts for it go to the board's inbox until one is given."
                                  : "Prompts for it go to its deputy until one is given.");
            }
            const bool alone = std::none_of(
                directory_.posts.begin(), directory_.posts.end(), [&](const Post& other) {
                    return &other != &post && other.agency == post.agency &&
                           other.role == post.role;
                });
            if (needed && alone && !post.absent.empty() && post.deputy.empty()) {
                findings_.say({"post", post.id, "absent"},
                              "nobody stands in while nobody is at this post",
                              "Name a `deputy`, or give its route an `else_to`.");
            }
        }
    }

    void missing_posts() {
        for (const Need& need : order_) {
            const auto& [agency, role] = need;
            if (has_post(agency, role, false)) {
                partly(need, "area", ids(policy_.areas), &Post::area);
                partly(need, "case status", policy_.case_status, &Post::case_status);
                continue;
            }
            const std::string& route = needs_.at(need);
            const std::string asked =
                "the role " + quoted(role) + (route.empty() ? "" : " of route " + quoted(route));
            const std::string none;
            if (agency.empty()) {
                findings_.say({"directory", none, "post"}, "no post of the board fills " + asked,
                              "Add a [[post]] without agency.");
            } else if (delegate_of(agency, role) == nullptr) {
                findings_.say({"agency", agency, "post"}, "no post fills " + asked,
                              "Add a [[post]], or name a contact on the case.");
            }
        }
    }

    // Posts that fill a role for some of the local boards, or of the words of a status, only.
    void partly(const Need& need, const char* what, const Words& words, Words Post::*key) {
        const Post* first = nullptr;
        Words left = words;
        for (const Post& post : directory_.posts) {
            if (post.agency != need.first || post.role != need.second) continue;
            if (first == nullptr) first = &post;
            const Words& limits = post.*key;
            if (limits.empty()) return;
            std::erase_if(left, [&](const std::string& word) { return lists(limits, word); });
        }
        if (first == nullptr || left.empty()) return;
        findings_.say(
            {"post", first->id, what == std::string_view("area") ? "area" : "case_status"},
            "no post fills the role " + quoted(need.second) + " for the " + what + " " +
                listed(left),
            "Add a [[post]] for it.");
    }

    // Kinds and agencies a condition names and no agency has: their rules never apply.
    void kinds() {
        for (const Procedure& row : policy_.procedures) of_when("procedure", row.id, row.when);
        for (const Stage& row : policy_.stages) of_when(table_of(row), row.id, row.when);
        for (const Duty& row : policy_.duties) of_when("duty", row.id, row.when);
        for (const Copy& row : policy_.copies) of_when("copy", row.id, row.when);
        for (const Route& row : policy_.routes) {
            kinds_of({"route", row.id, "agency"}, row.agency);
            of_when("route", row.id, row.when);
        }
    }

    void of_when(const char* table, const std::string& id, const When& when) {
        kinds_of({table, id, "when"}, when.agency);
        kinds_of({table, id, "when"}, when.raising_agency);
    }

    void kinds_of(const At& at, const Words& words) {
        for (const std::string& word : words) {
            const bool known = word == "board" ||
                               std::any_of(directory_.agencies.begin(), directory_.agencies.end(),
                                           [&](const Agency& agency) {
                                               return agency.id == word || agency.kind == word;
                                           });
            if (known || !unknown_.insert(word).second) continue;
            findings_.say(at, "no agency of the directory is called or is a " + quoted(word),
                          "The row applies to no case until one is added.");
        }
    }

    // A form a duty asks the parties for comes back to somebody, unless what meets the duty leaves
    // it with the agencies: each attests its own file, or both confirm the outcome to each other.
    void forms() {
        for (const Form& form : policy_.forms) {
            if (form.return_to) continue;
            for (const Duty& duty : policy_.duties) {
                const bool stays =
                    lists(duty.met_by, "attested") || lists(duty.met_by, "outcome-confirmed");
                const bool of_board =
                    !duty.owed_by.empty() &&
                    std::all_of(duty.owed_by.begin(), duty.owed_by.end(),
                                [](const Target& target) { return target.side == Side::board; });
                if (duty.form != form.id || stays || of_board) continue;
                findings_.say({"form", form.id, "return_to"},
                              "nobody gets it back from the duty " + quoted(duty.id),
                              "Name who does, unless it stays with the agencies.");
                break;
            }
        }
    }

    void undated(const Duty& row) {
        if (row.from != "disputed") return;
        const Stage* stage = find_stage(policy_, row.stage);
        const std::string of = stage != nullptr ? stage->procedure : row.procedure;
        const bool dated = std::all_of(
            policy_.procedures.begin(), policy_.procedures.end(), [&](const Procedure& procedure) {
                return procedure.raise_within || (!of.empty() && procedure.id != of);
            });
        if (dated) return;
        findings_.say({"duty", row.id, "from"},
                      "counts from its own start where a raise does not date the decision in "
                      "dispute",
                      "A procedure with `raise_within` asks for that date.");
    }

    void delegate(const Delegate& row, const std::string& place) {
        const std::string& role = row.to_role.empty() ? row.role : row.to_role;
        if (has_post(row.to, role, false) || of_case(role)) return;
        findings_.say({"delegate", place, row.to_role.empty() ? "to" : "to_role"},
                      quoted(row.to) + " has no post of the role " + quoted(role),
                      "Add a [[post]], or another delegate.");
    }

    const Policy& policy_;
    const Directory& directory_;
    Findings& findings_;
    std::map<Need, std::string> needs_;  // and the route that leads there
    std::vector<Need> order_;
    std::set<Need> resolved_;
    std::set<std::string> unknown_;
};

}  // namespace
}  // namespace checking

std::vector<Problem> gaps(const Policy& policy, const Directory& directory) {
    checking::Findings findings;
    checking::Gaps(policy, directory, findings).run();
    return findings.take();
}

}  // namespace stageclock

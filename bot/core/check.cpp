// SPDX-License-Identifier: MIT
//
// What can be wrong with a policy or a directory, found in one pass over the rows of each table.
// Nothing stops at the first problem: whoever writes a policy wants the whole list.
#include <algorithm>
#include <set>

#include "bot/core/directory.h"
#include "bot/core/nearest.h"
#include "bot/core/policy.h"

namespace stageclock {
namespace {

using Words = std::vector<std::string>;

bool holds(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string listed(const Words& words) {
    if (words.empty()) return "none is defined";
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + quoted(word);
    return text;
}

// "Did you mean "resolved"? Permitted: ...".
std::string permitted(std::string_view found, const Words& words) {
    const std::string near = nearest(found, words);
    return (near.empty() ? "" : "Did you mean " + quoted(near) + "? ") +
           "Permitted: " + listed(words) + ".";
}

template <class Row>
Words ids(const std::vector<Row>& rows) {
    Words found;
    for (const Row& row : rows) found.push_back(row.id);
    return found;
}

bool is_id(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

// The problems of one policy, gathered row by row.
class Checker {
public:
    explicit Checker(const Policy& policy) : policy_(policy) { gather_events(); }

    std::vector<Problem> run() {
        tables();
        for (const Procedure& row : policy_.procedures) procedure(row);
        for (const Stage& row : policy_.stages) stage(row);
        for (const Duty& row : policy_.duties) duty(row);
        for (const Copy& row : policy_.copies) copy(row);
        for (const NamedEvent& row : policy_.events) event(row);
        for (const Form& row : policy_.forms) form(row);
        for (const Guard& row : policy_.guards) guard(row);
        for (const ReasonOption& row : policy_.reasons) common("reason", row);
        return std::move(problems_);
    }

private:
    void gather_events() {
        events_ = known_events();
        for (const NamedEvent& row : policy_.events) events_.push_back(row.id);
        for (const Duty& row : policy_.duties) {
            if (has_deadline(row)) events_.push_back("missed:" + row.id);
            events_.push_back("met:" + row.id);
        }
        for (const Stage& row : policy_.stages) events_.push_back("reached:" + row.id);
        for (const std::string& tag : known_tags()) events_.push_back("tag:" + tag);
    }

    static bool has_deadline(const Duty& row) {
        return row.due.unit != Unit::none || !row.by_priority.empty();
    }

    void say(const char* table, const std::string& id, const char* field, std::string what,
             std::string allowed) {
        problems_.push_back({table, id, field, std::move(what), std::move(allowed)});
    }

    // What every row owes: an id of its own, in plain letters, and the clauses it stands on.
    template <class Row>
    void common(const char* table, const Row& row) {
        if (!is_id(row.id)) {
            say(table, row.id, "id", "the id " + quoted(row.id) + " cannot be used",
                "Permitted: lower-case letters, digits and hyphens.");
        }
        if (!seen_.insert(std::string(table) + "/" + row.id).second) {
            say(table, row.id, "id",
                "a second " + std::string(table) + " has the id " + quoted(row.id),
                "Give each its own id.");
        }
        if (row.clauses.empty()) {
            say(table, row.id, "clauses", "names no clause of the policy's text",
                "Permitted: at least one clause, such as \"CAMDEN-24\".");
        }
    }

    // `word` must be one of `words`; an empty one is left to the loader, which knows what is
    // required.
    void known(const char* table, const std::string& id, const char* field, const char* kind,
               const std::string& word, const Words& words) {
        if (word.empty() || holds(words, word)) return;
        say(table, id, field, std::string("unknown ") + kind + " " + quoted(word),
            permitted(word, words));
    }

    void event_word(const char* table, const std::string& id, const char* field,
                    const std::string& word) {
        if (word.empty() || holds(events_, word)) return;
        constexpr std::string_view missed = "missed:";
        const Duty* duty =
            word.starts_with(missed) ? find_duty(policy_, word.substr(missed.size())) : nullptr;
        if (duty != nullptr) {
            say(table, id, field, quoted(word) + " never happens: that duty has no deadline",
                "Permitted: the end of a duty that has one, or another event.");
        } else {
            say(table, id, field, "unknown event " + quoted(word), permitted(word, events_));
        }
    }

    void targets(const char* table, const std::string& id, const char* field,
                 const std::vector<Target>& rows) {
        for (const Target& row : rows) {
            const bool of_board = row.side == Side::board;
            if (row.side == Side::none) {
                say(table, id, field, "a target stands on no side",
                    "Permitted: \"raising\", \"receiving\", \"both\", \"board\".");
            }
            if (row.role == "inbox" && !of_board) {
                say(table, id, field, "the role \"inbox\" is the board's",
                    "Permitted: side = \"board\".");
            }
            const bool of_case = row.role == "raiser" || row.role == "practitioner";
            if (of_board && of_case) {
                say(table, id, field, "the board has no " + row.role,
                    "Permitted: \"raising\", \"receiving\" or \"both\".");
            }
        }
    }

    void limits(const char* table, const std::string& id, const When& when) {
        for (const std::string& word : when.subject) {
            known(table, id, "when", "subject", word, {"child", "adult"});
        }
        if (policy_.case_status.empty()) return;
        for (const std::string& word : when.case_status) {
            known(table, id, "when", "case status", word, policy_.case_status);
        }
    }

    void tables() {
        if (policy_.procedures.empty()) {
            say("policy", "", "procedure", "the policy has no procedure", "Add a [[procedure]].");
        }
        if (policy_.clauses.empty()) {
            say("policy", "", "clauses", "names no clause of the policy's text",
                "Permitted: the clauses about the document itself.");
        }
    }

    void procedure(const Procedure& row) {
        common("procedure", row);
        if (first_stage(policy_, row.id) == nullptr) {
            say("procedure", row.id, "id", "no stage belongs to this procedure",
                "Add a [[stage]] with procedure = " + quoted(row.id) + ".");
        }
    }

    void stage(const Stage& row) {
        common("stage", row);
        known("stage", row.id, "procedure", "procedure", row.procedure, ids(policy_.procedures));
        known("stage", row.id, "after", "duty", row.after, ids(policy_.duties));
        if (row.actors.empty()) {
            say("stage", row.id, "actors", "nobody acts at this stage",
                "Permitted: at least one { side = ..., role = ... }.");
        }
        targets("stage", row.id, "actors", row.actors);
        targets("stage", row.id, "joins", row.joins);
        for (const Stage& other : policy_.stages) {
            if (&other == &row) break;
            if (other.procedure != row.procedure || !other.last) continue;
            say("stage", row.id, "id",
                "cannot be reached: stage " + quoted(other.id) + " is the last of its procedure",
                "Move the stage above it, or take `last` from " + quoted(other.id) + ".");
        }
    }

    void duty(const Duty& row) {
        common("duty", row);
        known("duty", row.id, "procedure", "procedure", row.procedure, ids(policy_.procedures));
        known("duty", row.id, "stage", "stage", row.stage, ids(policy_.stages));
        known("duty", row.id, "form", "form", row.form, ids(policy_.forms));
        known("duty", row.id, "from", "start of the count", row.from, {"outset"});
        event_word("duty", row.id, "starts", row.starts);
        const Stage* stage = find_stage(policy_, row.stage);
        if (stage != nullptr && !row.procedure.empty() && stage->procedure != row.procedure) {
            say("duty", row.id, "procedure",
                "the stage " + quoted(row.stage) + " belongs to another procedure",
                "Permitted: " + quoted(stage->procedure) + ".");
        }
        if (row.met_by.empty()) {
            say("duty", row.id, "met_by", "nobody can meet this duty: no event meets it",
                permitted("", events_));
        }
        for (const std::string& word : row.met_by) event_word("duty", row.id, "met_by", word);
        side("duty", row.id, "starts_side", row.starts_side);
        side("duty", row.id, "met_side", row.met_side);
        targets("duty", row.id, "owed_by", row.owed_by);
        targets("duty", row.id, "missed_tells", row.missed_tells);
        if (!has_deadline(row) && (row.missed_tells_next || !row.missed_tells.empty())) {
            say("duty", row.id, "missed_tells", "is never missed: it has no deadline",
                "Give `due` a term, or leave out who is told.");
        }
        limits("duty", row.id, row.when);
    }

    void side(const char* table, const std::string& id, const char* field, Side side) {
        if (side == Side::none || side == Side::raising || side == Side::receiving) return;
        say(table, id, field, "an event comes from one side, not from " + quoted(to_text(side)),
            "Permitted: \"raising\", \"receiving\".");
    }

    void copy(const Copy& row) {
        common("copy", row);
        event_word("copy", row.id, "on", row.on);
        known("copy", row.id, "stage", "stage", row.stage, ids(policy_.stages));
        known("copy", row.id, "form", "form", row.form, ids(policy_.forms));
        if (row.to.empty()) {
            say("copy", row.id, "to", "goes to nobody",
                "Permitted: at least one { side = ..., role = ... }.");
        }
        targets("copy", row.id, "to", row.to);
        limits("copy", row.id, row.when);
    }

    void event(const NamedEvent& row) {
        common("event", row);
        if (holds(known_events(), row.id)) {
            say("event", row.id, "id", quoted(row.id) + " is an event every policy has",
                "Choose another id, or leave the row out.");
        }
    }

    void form(const Form& row) {
        common("form", row);
        for (const std::string& word : row.stages) {
            known("form", row.id, "stages", "stage", word, ids(policy_.stages));
        }
        if (row.return_to) targets("form", row.id, "return_to", {*row.return_to});
    }

    void guard(const Guard& row) {
        common("guard", row);
        Words moments{"raise", "prompt", "immediate-risk", "urgent", "same-agency"};
        for (const ReasonOption& reason : policy_.reasons) moments.push_back("reason:" + reason.id);
        for (const std::string& tag : known_tags()) moments.push_back("tag:" + tag);
        known("guard", row.id, "when", "moment", row.when, moments);
    }

    const Policy& policy_;
    Words events_;
    std::set<std::string> seen_;
    std::vector<Problem> problems_;
};

// Every target a rule of the policy can address.
std::vector<Target> all_targets(const Policy& policy) {
    std::vector<Target> all;
    const auto add = [&](const std::vector<Target>& rows) {
        for (const Target& row : rows) {
            if (std::find(all.begin(), all.end(), row) == all.end()) all.push_back(row);
        }
    };
    for (const Stage& row : policy.stages) {
        add(row.actors);
        add(row.joins);
    }
    for (const Duty& row : policy.duties) {
        add(row.owed_by);
        add(row.missed_tells);
    }
    for (const Copy& row : policy.copies) add(row.to);
    for (const Form& row : policy.forms) {
        if (row.return_to) add({*row.return_to});
    }
    return all;
}

}  // namespace

std::vector<Problem> check(const Policy& policy) { return Checker(policy).run(); }

std::vector<Problem> gaps(const Policy& policy, const Directory& directory) {
    Words of_agencies;
    Words of_board{"inbox"};  // where every other gap is told
    for (const Target& target : all_targets(policy)) {
        const bool of_case = target.role == "practitioner" || target.role == "raiser";
        if (of_case || target.role.empty()) continue;
        Words& roles = target.side == Side::board ? of_board : of_agencies;
        if (!holds(roles, target.role)) roles.push_back(target.role);
    }
    std::vector<Problem> found;
    const auto unfilled = [&](const std::string& agency, const std::string& role) {
        return std::none_of(directory.posts.begin(), directory.posts.end(), [&](const Post& post) {
            return post.agency == agency && post.role == role;
        });
    };
    for (const Post& post : directory.posts) {
        const Words& roles = post.agency.empty() ? of_board : of_agencies;
        if (!address_of(post).empty() || !holds(roles, post.role)) continue;
        found.push_back({"post", post.id, "address", "no address is known for this post",
                         "Prompts for it go to the board's inbox until one is given."});
    }
    for (const std::string& role : of_board) {
        if (!unfilled("", role)) continue;
        found.push_back({"directory", "", "post",
                         "no post of the board fills the role " + quoted(role),
                         "Add a [[post]] without agency."});
    }
    for (const Agency& agency : directory.agencies) {
        for (const std::string& role : of_agencies) {
            if (holds(policy.case_roles, role) || !unfilled(agency.id, role)) continue;
            found.push_back({"agency", agency.id, "post", "no post fills the role " + quoted(role),
                             "Add a [[post]], or name a contact on the case."});
        }
    }
    return found;
}

}  // namespace stageclock

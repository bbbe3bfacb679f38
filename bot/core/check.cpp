// SPDX-License-Identifier: MIT
//
// What can be wrong with a policy by itself, found in one pass over the rows of each table.
#include "bot/core/check.h"

#include <algorithm>

#include "bot/core/check_parts.h"
#include "bot/core/nearest.h"

namespace stageclock {
namespace checking {
namespace {

constexpr std::size_t most_listed = 40;

bool is_id(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

void check_head(const Policy& policy, Findings& findings) {
    const std::string none;
    if (policy.procedures.empty()) {
        findings.say({"policy", none, "procedure"}, "the policy has no procedure",
                     "Add a [[procedure]].");
    }
    if (policy.clauses.empty()) {
        findings.say({"policy", none, "clauses"}, "names no clause of the policy's text",
                     "Permitted: the clauses about the document itself.");
    }
}

}  // namespace

bool lists(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string listed(const Words& words) {
    if (words.empty()) return "none is defined";
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < most_listed; ++i) {
        text += (text.empty() ? "" : ", ") + quoted(words[i]);
    }
    const bool more = words.size() > most_listed;
    return more ? text + " and " + std::to_string(words.size() - most_listed) + " more" : text;
}

std::string permitted(std::string_view found, const Words& words) {
    const std::string near = nearest(found, words);
    return (near.empty() ? "" : "Did you mean " + quoted(near) + "? ") +
           "Permitted: " + listed(words) + ".";
}

void Findings::say(const At& at, std::string what, std::string allowed) {
    problems_.push_back({at.table, at.id, at.field, std::move(what), std::move(allowed)});
}

void Findings::known(const At& at, const char* kind, const std::string& word, const Words& words) {
    if (word.empty() || lists(words, word)) return;
    say(at, std::string("unknown ") + kind + " " + quoted(word), permitted(word, words));
}

void Findings::all_known(const At& at, const char* kind, const Words& found, const Words& words) {
    for (const std::string& word : found) known(at, kind, word, words);
}

void Findings::check_id(const char* table, const std::string& id) {
    const At at{table, id, "id"};
    if (!is_id(id)) {
        say(at, "the id " + quoted(id) + " cannot be used",
            "Permitted: lower-case letters, digits and hyphens.");
    }
    // A step is named wherever a stage is, so that the two share their names.
    const std::string kind = std::string_view(table) == "step" ? "stage" : table;
    if (!seen_.insert(kind + "/" + id).second) {
        say(at, "a second " + kind + " has the id " + quoted(id), "Give each its own id.");
    }
}

void Findings::check_clauses(const char* table, const std::string& id, const Words& clauses) {
    if (!clauses.empty()) return;
    say({table, id, "clauses"}, "names no clause of the policy's text",
        "Permitted: at least one clause, such as \"CAMDEN-24\".");
}

const char* table_of(const Stage& stage) { return stage.within.empty() ? "stage" : "step"; }

void check_targets(const At& at, const std::vector<Target>& targets, Findings& findings) {
    for (const Target& target : targets) {
        const bool of_board = target.side == Side::board;
        if (target.side == Side::none) {
            findings.say(at, "a target stands on no side",
                         "Permitted: \"raising\", \"receiving\", \"both\", \"board\".");
        }
        if (target.role == "inbox" && !of_board) {
            findings.say(at, "the role \"inbox\" is the board's", "Permitted: side = \"board\".");
        }
        if (of_board && (target.role == "raiser" || target.role == "practitioner")) {
            findings.say(at, "the board has no " + target.role,
                         "Permitted: \"raising\", \"receiving\" or \"both\".");
        }
    }
}

std::vector<Asked> asked_targets(const Policy& policy) {
    std::vector<Asked> all;
    const auto add = [&](const std::vector<Target>& targets, std::vector<const When*> when) {
        for (const Target& target : targets) all.push_back({target, when});
    };
    const auto with_stage = [&](const std::string& id, const When& own) {
        std::vector<const When*> when{&own};
        const Stage* stage = find_stage(policy, id);
        if (stage == nullptr) return when;
        when.push_back(&stage->when);
        const Stage* outer = find_stage(policy, stage->within);
        if (outer != nullptr) when.push_back(&outer->when);
        return when;
    };
    for (const Procedure& row : policy.procedures) add(row.raise_roles, {&row.when});
    for (const Stage& row : policy.stages) {
        add(row.actors, with_stage(row.id, row.when));
        add(row.joins, with_stage(row.id, row.when));
    }
    for (const Duty& row : policy.duties) {
        add(row.owed_by, with_stage(row.stage, row.when));
        add(row.missed_tells, with_stage(row.stage, row.when));
    }
    for (const Copy& row : policy.copies) add(row.to, with_stage(row.stage, row.when));
    for (const Form& row : policy.forms) {
        if (row.return_to) add({*row.return_to}, {});
        for (const FormPart& part : row.parts) add({part.filled_by}, {});
    }
    for (const BoardReport& row : policy.reports) add(row.to, {});
    return all;
}

}  // namespace checking

std::vector<Problem> check(const Policy& policy) {
    checking::Findings findings;
    checking::check_head(policy, findings);
    checking::check_ladder(policy, findings);
    checking::check_duties(policy, findings);
    checking::check_rows(policy, findings);
    return findings.take();
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
//
// Every clause of a policy's text is either named by a row that implements it, or listed as no rule
// with the reason. Silence about a clause is a finding.
#include <map>

#include "adapters/policy/toml/rows.h"
#include "bot/core/nearest.h"

namespace stageclock::policy_toml {
namespace {

using toml_reader::Row;

struct Naming {
    std::string table;
    std::string id;
};

// Each clause that is named, and where.
using Named = std::multimap<std::string, Naming>;

template <class Rows>
void gather(Named& named, const char* table, const Rows& rows) {
    for (const auto& row : rows) {
        for (const std::string& clause : row.clauses) named.insert({clause, {table, row.id}});
    }
}

Named named_clauses(const BoardData& data) {
    Named named;
    for (const std::string& clause : data.policy.clauses) named.insert({clause, {"policy", ""}});
    gather(named, "procedure", data.policy.procedures);
    for (const Stage& row : data.policy.stages) {
        gather(named, row.within.empty() ? "stage" : "step", std::vector<Stage>{row});
    }
    gather(named, "duty", data.policy.duties);
    gather(named, "copy", data.policy.copies);
    gather(named, "event", data.policy.events);
    gather(named, "form", data.policy.forms);
    gather(named, "guard", data.policy.guards);
    gather(named, "reason", data.policy.reasons);
    gather(named, "priority", data.policy.priorities);
    gather(named, "circumstance", data.policy.circumstances);
    gather(named, "area", data.policy.areas);
    gather(named, "route", data.policy.routes);
    gather(named, "phrase", data.policy.phrases);
    gather(named, "report", data.policy.reports);
    const auto& delegates = data.directory.delegates;  // known by their place: they have no id
    for (std::size_t i = 0; i < delegates.size(); ++i) {
        for (const std::string& clause : delegates[i].clauses) {
            named.insert({clause, {"delegate", std::to_string(i + 1)}});
        }
    }
    gather(named, "agency", data.directory.agencies);
    gather(named, "post", data.directory.posts);
    return named;
}

void check_names(const Named& named, const std::vector<std::string>& clauses,
                 const std::string& file, toml_reader::Report& report) {
    const std::set<std::string> known(clauses.begin(), clauses.end());
    for (const auto& [clause, naming] : named) {
        if (known.contains(clause)) continue;
        const auto place = report.place(naming.table, naming.id, "clauses", file);
        const std::string near = nearest(clause, clauses);
        report.findings.push_back(
            {place.file, place.line,
             naming.table + (naming.id.empty() ? "" : " " + naming.id) + ", clauses",
             "unknown clause \"" + clause + "\"",
             near.empty() ? "Permitted: " + clauses.front() + " to " + clauses.back() + "."
                          : "Did you mean \"" + near + "\"?"});
    }
}

}  // namespace

void check_clauses(const std::string& file, const BoardData& data, toml_reader::Report& report) {
    toml_reader::Document document(file, report);
    if (!document.usable()) return;
    Row root = document.root();
    std::vector<std::string> clauses;
    if (auto text = root.table("text")) {
        const std::string prefix = text->required("prefix");
        const int count = text->number("count", 0, 1, 9999);
        for (int i = 1; i <= count; ++i) clauses.push_back(prefix + "-" + std::to_string(i));
    }
    const Named named = named_clauses(data);
    std::set<std::string> open(clauses.begin(), clauses.end());
    for (const auto& [clause, naming] : named) open.erase(clause);
    for (Row& row : root.rows("not_rule")) {
        const std::string clause = row.required("clause");
        row.required("why");
        if (named.contains(clause)) {
            row.wrong("clause", clause + " is named by a rule", "Take it from this list.");
        } else if (open.erase(clause) == 0) {
            row.wrong("clause", "\"" + clause + "\" is unknown or listed twice",
                      "Permitted: a clause of the text, once.");
        }
    }
    for (const std::string& clause : open) {
        root.wrong("", "no rule implements " + clause,
                   "Name it in the clauses of a row, or list it here with the reason.");
    }
    if (!clauses.empty()) check_names(named, clauses, file, report);
    document.report_unknown_keys();
}

}  // namespace stageclock::policy_toml

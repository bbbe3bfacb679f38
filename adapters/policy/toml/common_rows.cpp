// SPDX-License-Identifier: MIT
#include "adapters/policy/toml/common_rows.h"

namespace stageclock::policy_toml {
namespace {

using toml_reader::Row;

const std::vector<std::string> sides{"raising", "receiving", "both", "board"};

// `{ role = "duty-inspector" }` of the party's own agency, `{ agency = "ncl-ccg", role = ... }`.
std::vector<RouteTo> read_route_targets(Row& row, const char* key) {
    std::vector<RouteTo> targets;
    for (Row& target : row.rows(key, "route_to")) {
        targets.push_back({.agency = target.text("agency"), .role = target.required("role")});
    }
    return targets;
}

Route read_route(Row row) {
    return {.id = row.required("id"),
            .role = row.required("role"),
            .agency = row.texts("agency"),
            .unit = row.texts("unit"),
            .hours = read_hours(row, "hours"),
            .except_hours = read_hours(row, "except_hours"),
            .when = read_when(row),
            .to = read_route_targets(row, "to"),
            .else_to = read_route_targets(row, "else_to"),
            .note = row.text("note"),
            .clauses = row.texts("clauses")};
}

Phrase read_phrase(Row row) {
    return {.id = row.required("id"),
            .text = row.required("text"),
            .in_subject = row.choice("in", {"body", "subject"}) == "subject",
            .stages = row.texts("stages"),
            .clauses = row.texts("clauses")};
}

BoardReport read_report(Row row) {
    const std::string every = row.choice("every", {"quarter", "year", "case"});
    return {.id = row.required("id"),
            .title = row.required("title"),
            .every = every == "year"   ? BoardReport::Every::year
                     : every == "case" ? BoardReport::Every::once
                                       : BoardReport::Every::quarter,
            .after = row.term("after"),
            .from_stage = row.text("from_stage"),
            .to = read_targets(row, "to"),
            .text = row.text("text"),
            .clauses = row.texts("clauses")};
}

// The tables of an id, a title and clauses.
template <class Value>
void read_plain(Row& root, const char* key, std::vector<Value>& values) {
    for (Row& row : root.rows(key)) {
        values.push_back({.id = row.required("id"),
                          .title = row.required("title"),
                          .clauses = row.texts("clauses")});
    }
}

}  // namespace

std::vector<Hours> read_hours(Row& row, const char* key) {
    std::vector<Hours> hours;
    for (const std::string& text : row.texts(key)) {
        const auto read = parse_hours(text);
        if (read) {
            hours.push_back(*read);
        } else {
            row.wrong(key, read.error().what, "");
        }
    }
    return hours;
}

Target read_target(Row row) {
    Target target;
    if (!row.has("side")) row.required("side");
    target.side = parse_side(row.choice("side", sides)).value_or(Side::both);
    target.role = row.required("role");
    return target;
}

std::vector<Target> read_targets(Row& row, const char* key) {
    std::vector<Target> targets;
    for (const Row& target : row.rows(key, "target")) targets.push_back(read_target(target));
    return targets;
}

When read_when(Row& row, const char* key) {
    When when;
    auto limits = row.table(key, "when");
    if (!limits) return when;
    when.subject = limits->texts("subject");
    when.case_status = limits->texts("case_status");
    when.agency = limits->texts("agency");
    when.raising_agency = limits->texts("raising_agency");
    when.unit = limits->texts("unit");
    when.priority = limits->texts("priority");
    when.circumstance = limits->texts("circumstance");
    when.not_circumstance = limits->texts("not_circumstance");
    when.area = limits->texts("area");
    when.reason = limits->texts("reason");
    when.procedure = limits->texts("procedure");
    when.tag = limits->texts("tag");
    when.not_tag = limits->texts("not_tag");
    when.stage = limits->texts("stage");
    when.form_missing = limits->texts("form_missing");
    when.immediate_risk = limits->flag("immediate_risk");
    when.urgent = limits->flag("urgent");
    return when;
}

void read_more(Row& root, Policy& policy) {
    read_plain(root, "priority", policy.priorities);
    read_plain(root, "circumstance", policy.circumstances);
    read_plain(root, "area", policy.areas);
    for (const Row& row : root.rows("route")) policy.routes.push_back(read_route(row));
    for (const Row& row : root.rows("phrase")) policy.phrases.push_back(read_phrase(row));
    for (const Row& row : root.rows("report")) policy.reports.push_back(read_report(row));
}

}  // namespace stageclock::policy_toml

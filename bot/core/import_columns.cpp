// SPDX-License-Identifier: MIT
//
// The columns a sheet may have, and its header.
#include "bot/core/import_parts.h"

#include <algorithm>
#include <map>

#include "bot/core/check_parts.h"
#include "bot/core/nearest.h"

namespace stageclock {
namespace {

const ColumnSpec* spec_for(const std::string& heading) {
    for (const ColumnSpec& spec : import_columns()) {
        for (const char* known : spec.headings) {
            if (importing::plain(known) == heading) return &spec;
        }
    }
    return nullptr;
}

std::string nearest_heading(const std::string& heading) {
    std::vector<std::string> known;
    for (const ColumnSpec& spec : import_columns()) {
        known.insert(known.end(), spec.headings.begin(), spec.headings.end());
    }
    return nearest(heading, known);
}

void add_role(std::vector<std::string>& roles, const std::string& role) {
    const bool of_case = role == "practitioner" || role == "raiser";
    if (role.empty() || of_case) return;
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
}

}  // namespace

const std::vector<ColumnSpec>& import_columns() {
    static const std::vector<ColumnSpec> columns{
        {Column::id, "id", {"Post id", "Id", "Post reference"}},
        {Column::agency, "agency", {"Agency", "Organisation", "Organization", "Employer"}},
        {Column::role, "role", {"Role", "Escalation role", "Role in the policy"}},
        {Column::title, "title", {"Post", "Title", "Job title", "Post title", "Position"}},
        {Column::holder,
         "holder",
         {"Name", "Officer", "Full name", "Post holder", "Officer name", "Contact name"}},
        {Column::address,
         "address",
         {"Email", "E-mail", "Email address", "E-mail address", "Work email"}},
        {Column::more_addresses,
         "more_addresses",
         {"Second email", "Second e-mail", "Other email", "Alternative email",
          "Second email address"}},
        {Column::phone,
         "phone",
         {"Phone", "Telephone", "Tel", "Phone number", "Telephone number", "Contact number"}},
        {Column::channels, "channels", {"Channels", "Channel", "Preferred channels"}},
        {Column::window, "window", {"Sending hours", "Sending window", "Reminder hours"}},
        {Column::deputy, "deputy", {"Deputy", "Covered by", "Cover"}},
        {Column::away_from, "absent", {"Away from", "Absent from", "Leave from", "Leave start"}},
        {Column::away_to,
         "absent",
         {"Away to", "Away until", "Absent to", "Leave to", "Leave end"}},
        {Column::unit, "unit", {"Unit", "Team"}},
        {Column::case_status, "case_status", {"Case status", "Status of the case"}},
        {Column::subject, "subject", {"Subject", "Child or adult", "Children or adults"}},
        {Column::area, "area", {"Area", "Local board", "Locality"}},
    };
    return columns;
}

const char* heading_of(Column column) {
    return import_columns().at(static_cast<std::size_t>(column)).headings.front();
}

namespace importing {

std::string plain(std::string_view text) {
    std::string spaced;
    for (const char c : text) spaced += c == '_' || c == '-' ? ' ' : c;
    while (!spaced.empty() &&
           (spaced.back() == ':' || spaced.back() == '*' || spaced.back() == ' '))
        spaced.pop_back();
    return folded(spaced);
}

std::string slug(std::string_view text) {
    std::string made;
    for (const char c : folded(text)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept) {
            made += c;
        } else if (!made.empty() && made.back() != '-') {
            made += '-';
        }
    }
    while (!made.empty() && made.back() == '-') made.pop_back();
    return made;
}

std::string in_words(const std::string& role) {
    std::string words = role;
    std::replace(words.begin(), words.end(), '-', ' ');
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') {
        words[0] = static_cast<char>(words[0] - 'a' + 'A');
    }
    return words;
}

std::vector<std::string> known_roles(const ImportRules& rules) {
    std::vector<std::string> roles;
    for (const checking::Asked& asked : checking::asked_targets(rules.policy)) {
        add_role(roles, asked.target.role);
    }
    for (const Route& route : rules.policy.routes) {
        for (const RouteTo& to : route.to) add_role(roles, to.role);
        for (const RouteTo& to : route.else_to) add_role(roles, to.role);
    }
    for (const Delegate& delegate : rules.directory.delegates) add_role(roles, delegate.to_role);
    for (const Post& post : rules.directory.posts) add_role(roles, post.role);
    return roles;
}

Header read_header(const SheetRow& row) {
    Header header;
    std::map<Column, std::size_t> places;
    const auto wrong = [&](std::string column, std::string what, std::string permitted) {
        header.problems.push_back(
            {row.row, std::move(column), std::move(what), std::move(permitted)});
    };
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string heading = plain(tidied(row.cells[i]));
        const ColumnSpec* spec = spec_for(heading);
        header.columns.push_back(spec == nullptr ? std::nullopt : std::optional(spec->column));
        const std::string number = "column " + std::to_string(i + 1);
        if (spec == nullptr) {
            const std::string near = nearest_heading(heading);
            if (!near.empty()) {
                wrong(number, "has a heading we do not know",
                      "Did you mean \"" + near + "\"? If not, give it another name.");
            } else {
                header.ignored.push_back(heading.empty() ? number : tidied(row.cells[i]));
            }
            continue;
        }
        const auto [first, fresh] = places.emplace(spec->column, i + 1);
        if (fresh) continue;
        wrong(spec->headings.front(),
              "is there twice, in columns " + std::to_string(first->second) + " and " +
                  std::to_string(i + 1),
              "Keep one of them.");
    }
    const bool by_role = places.contains(Column::agency) && places.contains(Column::role);
    if (!by_role && !places.contains(Column::id)) {
        wrong("", "no columns say which post a row is",
              "Give the columns Agency and Role, or Post id.");
    }
    return header;
}

std::string tidied(std::string_view cell) {
    std::string text;
    bool space_owed = false;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const bool no_break = cell.substr(i).starts_with("\xC2\xA0");
        if (no_break) ++i;
        const char c = no_break ? ' ' : cell[i];
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            space_owed = !text.empty();
            continue;
        }
        if (space_owed) text += ' ';
        space_owed = false;
        text += c;
    }
    return text;
}

}  // namespace importing
}  // namespace stageclock

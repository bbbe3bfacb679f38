// SPDX-License-Identifier: MIT
//
// Two versions of a policy compared row by row and key by key, as they are written: whatever the
// language learns later is compared as well.
#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include <toml++/toml.h>

#include "adapters/registry.h"

namespace stageclock {
namespace {

namespace fs = std::filesystem;

using Fields = std::map<std::string, std::string>;

struct RowText {
    std::string table;
    std::string id;
    int line = 0;
    Fields fields;
};

// As it is written in the file, on one line, texts in double quotes.
std::string written(const toml::node& node) {
    constexpr auto flags =
        toml::default_formatter::default_flags & ~toml::format_flags::allow_literal_strings;
    std::ostringstream text;
    node.visit([&](const auto& value) { text << toml::default_formatter{value, flags}; });
    std::string all = text.str();
    std::replace(all.begin(), all.end(), '\n', ' ');
    return all;
}

RowText row_of(const std::string& table, const toml::table& row) {
    RowText made{table, row["id"].value_or(std::string()), 0, {}};
    made.line = static_cast<int>(row.source().begin.line);
    for (const auto& [key, node] : row) made.fields[std::string(key.str())] = written(node);
    return made;
}

std::vector<RowText> rows_of(const toml::table& root) {
    std::vector<RowText> rows;
    for (const auto& [key, node] : root) {
        const std::string table(key.str());
        if (const auto* one = node.as_table()) rows.push_back(row_of(table, *one));
        const auto* many = node.as_array();
        if (many == nullptr) continue;
        for (const toml::node& element : *many) {
            if (const auto* row = element.as_table()) rows.push_back(row_of(table, *row));
        }
    }
    std::sort(rows.begin(), rows.end(),
              [](const RowText& a, const RowText& b) { return a.line < b.line; });
    return rows;
}

const RowText* find(const std::vector<RowText>& rows, const RowText& like) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const RowText& row) {
        return row.table == like.table && row.id == like.id;
    });
    return found == rows.end() ? nullptr : &*found;
}

void compare(const RowText& before, const RowText& after, std::vector<PolicyChange>& changes) {
    Fields keys = before.fields;
    keys.insert(after.fields.begin(), after.fields.end());
    for (const auto& [key, ignored] : keys) {
        const auto old_value = before.fields.find(key);
        const auto new_value = after.fields.find(key);
        const bool was = old_value != before.fields.end();
        const bool is = new_value != after.fields.end();
        if (was && is && old_value->second == new_value->second) continue;
        changes.push_back({PolicyChange::Kind::changed, after.table, after.id, key,
                           was ? old_value->second : "", is ? new_value->second : "", after.line});
    }
}

}  // namespace

Result<std::vector<PolicyChange>> diff_policies(const std::string& before,
                                                const std::string& after) {
    std::vector<std::vector<RowText>> sides;
    for (const std::string& path : {before, after}) {
        const fs::path file =
            fs::is_directory(path) ? fs::path(path) / "policy.toml" : fs::path(path);
        try {
            sides.push_back(rows_of(toml::parse_file(file.string())));
        } catch (const toml::parse_error& error) {
            return Error{Code::invalid_input, std::string(error.description()),
                         file.string() + ":" + std::to_string(error.source().begin.line)};
        }
    }
    std::vector<PolicyChange> changes;
    for (const RowText& row : sides.front()) {
        if (find(sides.back(), row) != nullptr) continue;
        changes.push_back({PolicyChange::Kind::removed, row.table, row.id, "", "", "", row.line});
    }
    for (const RowText& row : sides.back()) {
        const RowText* known = find(sides.front(), row);
        if (known != nullptr) {
            compare(*known, row, changes);
        } else {
            changes.push_back({PolicyChange::Kind::added, row.table, row.id, "", "", "", row.line});
        }
    }
    return changes;
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/core/directory.h"
#include "bot/core/policy.h"

// A board's own list of officers, from a spreadsheet into its directory: which post each row is,
// what it changes, and what is wrong with it. docs/directory-import.md is the same for people.
namespace stageclock {

// A row of a spreadsheet, with the number shown beside it there.
struct SheetRow {
    int row = 0;
    std::vector<std::string> cells = {};
};
struct Sheet {
    SheetRow header = {};
    std::vector<SheetRow> rows = {};
};

enum class Column {
    id,
    agency,
    role,
    title,
    holder,
    address,
    more_addresses,
    phone,
    channels,
    window,
    deputy,
    away_from,
    away_to,
    unit,
    case_status,
    subject,
    area
};

// One column a sheet may have.
struct ColumnSpec {
    Column column{};
    const char* key;                    // of a [[post]]; both ends of an absence are "absent"
    std::vector<const char*> headings;  // as boards write them; the first is the one we use
};
const std::vector<ColumnSpec>& import_columns();
const char* heading_of(Column column);

// What is wrong with a row. Says nothing of what stands in its cells: they hold people's names.
struct RowProblem {
    int row = 0;
    std::string column;  // as heading_of() calls it; empty: the whole row
    std::string what;
    std::string permitted;
};

struct FieldChange {
    std::string key;  // of the [[post]]
    std::string before;
    std::string after;
};

// A post that is added or changed.
struct PostChange {
    int row = 0;
    bool added = false;
    Post post = {};  // as it is to be
    std::vector<FieldChange> fields = {};
};

struct ImportPlan {
    std::vector<PostChange> changes = {};   // of rows without a problem, in the order of the sheet
    int unchanged = 0;                      // rows that say what is known
    std::vector<std::string> ignored = {};  // headings of columns we have no use for
    std::vector<RowProblem> problems = {};  // by row
    bool readable = true;                   // false: the header is wrong, and no row was looked at
};

// What rows are held against.
struct ImportRules {
    const Directory& directory;
    const Policy& policy;
    const Board& board;
    std::vector<std::string> chats = {};  // configured destinations: "teams:duty-managers"
};

ImportPlan plan_import(const Sheet& sheet, const ImportRules& rules);

// The value of a column as people read it; a list's parts with "; " between them.
std::string value_of(const Post& post, Column column);

}  // namespace stageclock

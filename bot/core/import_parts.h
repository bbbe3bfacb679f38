// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/directory_import.h"

// The inside of plan_import(): how headings and cells are read.
namespace stageclock::importing {

struct Header {
    std::vector<std::optional<Column>> columns;  // of each cell; none: ignored
    std::vector<std::string> ignored;
    std::vector<RowProblem> problems;
};
Header read_header(const SheetRow& row);

// Outer blanks off (the no-break space of spreadsheets too), inner runs of them as one.
std::string tidied(std::string_view cell);
// For comparing: lower case, hyphens and underscores as blanks, no colon or star at the end.
std::string plain(std::string_view text);

// Letters and digits of a text with hyphens between: "Named safeguarding lead" is
// "named-safeguarding-lead"; and back, for a title nobody gave.
std::string slug(std::string_view text);
std::string in_words(const std::string& role);
// The roles some rule asks for, and those posts have already.
std::vector<std::string> known_roles(const ImportRules& rules);

// Why a cell cannot be taken.
struct CellProblem {
    std::string what;
    std::string permitted;
};
// Puts what one cell says into a post: everything but who the post is (id, agency, role), its
// deputy and its absence. `cell` is not blank.
std::optional<CellProblem> take_cell(Column column, const std::string& cell,
                                     const ImportRules& rules, Post& post);
// A period from its two cells, either of which may be blank, into a post.
struct AbsenceProblem {
    Column column{};
    CellProblem problem;
};
std::optional<AbsenceProblem> take_absence(const std::string& from, const std::string& to,
                                           Post& post);
// The parts of a list: "a; b", one a line, and with commas where `by_comma`.
std::vector<std::string> parts_of(std::string_view cell, bool by_comma);
// True for the single hyphen that empties a field.
bool empties(const std::string& cell);

}  // namespace stageclock::importing

// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "bot/app/simulate/json.h"
#include "bot/core/directory_import.h"

// What an import of officers shows. The preview names people and their addresses: it is the
// operator's own file. The lines about errors never do.
namespace stageclock::directory {

struct Import {
    std::string file;  // the sheet
    std::string board;
    std::string overlay;  // the file that is, or would be, written
    bool applied = false;
    bool skipping = false;  // rows with errors are left out
    ImportPlan plan;
};

std::string as_text(const Import& import);
simulate::Json as_json(const Import& import);
// "people.csv: row 3, Email: is not an email address. Permitted: ...", a line each.
std::vector<std::string> problem_lines(const Import& import);
// How many rows have an error.
int wrong_rows(const ImportPlan& plan);

}  // namespace stageclock::directory

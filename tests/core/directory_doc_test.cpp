// SPDX-License-Identifier: MIT
//
// docs/directory-import.md and the import know the same columns and headings.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "bot/core/directory_import.h"

using namespace stageclock;

namespace {

using Headings = std::vector<std::string>;

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The rows of the table below "## The columns": the heading, then what it is also called.
std::vector<Headings> documented() {
    std::ifstream doc("docs/directory-import.md");
    std::vector<Headings> rows;
    bool here = false;
    for (std::string line; std::getline(doc, line);) {
        if (line.starts_with("## ")) here = line == "## The columns";
        const bool row = line.starts_with("| ") && !line.starts_with("| column |");
        if (!here || !row) continue;
        std::istringstream cells(line.substr(1));
        std::string heading;
        std::string others;
        std::getline(cells, heading, '|');
        std::getline(cells, others, '|');
        Headings names{trimmed(heading)};
        std::istringstream list(others);
        for (std::string name; std::getline(list, name, ',');) names.push_back(trimmed(name));
        rows.push_back(names);
    }
    return rows;
}

}  // namespace

TEST_CASE("the table of columns is the one the import goes by, spelling by spelling") {
    std::vector<Headings> known;
    for (const ColumnSpec& spec : import_columns()) {
        known.emplace_back(spec.headings.begin(), spec.headings.end());
    }
    CHECK(documented() == known);
}

TEST_CASE("each column stands at its own place, and no heading means two") {
    std::map<std::string, int> seen;
    for (std::size_t i = 0; i < import_columns().size(); ++i) {
        const ColumnSpec& spec = import_columns()[i];
        CHECK(static_cast<std::size_t>(spec.column) == i);
        CHECK(heading_of(spec.column) == std::string(spec.headings.front()));
        for (const char* heading : spec.headings) {
            CAPTURE(heading);
            CHECK(++seen[folded(heading)] == 1);
        }
    }
}

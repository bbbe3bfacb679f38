// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bot/core/result.h"

namespace stageclock::pdf {

enum class Kind { text, multiline, check, choice, date, signature };

// One thing to fill in. templates/forms/README.md explains each key.
struct Field {
    std::string id;  // of its value; a signature block has four: id.name, id.designation, ...
    std::string label;
    std::string hint;  // beside the label, in lighter type
    Kind kind = Kind::text;
    bool half = false;                 // half the page's width: two such fields stand side by side
    double height = 0;                 // multiline: the least height of the box, in points
    std::vector<std::string> options;  // choice
};

struct Section {
    std::string title;              // may be empty
    std::vector<std::string> text;  // paragraphs under the title
    std::vector<Field> fields;
};

// The form's own small words, in its language. Holes: {page}, {pages}, {limit}, {lines},
// {reference}.
struct Words {
    std::string page;
    std::string continued;
    std::string cut;
    std::string name;
    std::string designation;
    std::string agency;
    std::string date;
};

// A form as data: what templates/forms/NAME.toml says.
struct Layout {
    std::string title;
    std::string tagline;
    std::string language;  // BCP 47: "en-GB"
    std::string header;
    std::vector<std::string> footer;
    std::string return_to;                      // a sentence ...
    std::vector<std::string> return_to_values;  // ... and the values that follow it
    std::string return_to_if;                   // left out while this value is empty
    std::vector<std::string> introduction;
    std::vector<Section> sections;
    Words words;
    // The values it may be given: those of its fields, and those the daemon offers every layout.
    std::set<std::string> accepts;
};

// The ids of the values a field takes.
std::vector<std::string> value_ids(const Field& field);

// Reads every layout of the folder, by name: NAME.toml. The error names each problem of each file,
// one per line, as "file:line: what is wrong; what is permitted".
Result<std::map<std::string, Layout>> read_layouts(const std::string& folder);

}  // namespace stageclock::pdf

// SPDX-License-Identifier: MIT
#include "bot/app/directory/report.h"

#include <doctest/doctest.h>

using namespace stageclock;

namespace {

directory::Import sample() {
    Post lead;
    lead.id = "housing-lead";
    lead.title = "Head of Housing";
    Post fresh;
    fresh.id = "school-head";
    fresh.title = "Head";
    directory::Import import{"people.csv", "camden", "camden.toml", false, false, {}};
    import.plan.changes = {{2,
                            false,
                            lead,
                            { {"holder", "Bo", "Ann"},
                              { "phone",
                                "0100",
                                "" } }},
                           { 3,
                             true,
                             fresh,
                             { {"id", "", "school-head"},
                               { "address",
                                 "",
                                 "head@example.org" } } }};
    import.plan.unchanged = 4;
    import.plan.ignored = {"Fax", "column 9"};
    return import;
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the preview says what is added, what changes field by field, and that nothing is done") {
    CHECK(as_text(sample()) ==
          R"(people.csv for camden: 1 added, 1 changed, 4 unchanged, 0 with errors
Columns not used: Fax, column 9

changed housing-lead (row 2, Head of Housing)
  holder: Bo -> Ann
  phone: 0100 -> (empty)

added   school-head (row 3, Head)
  id: school-head
  address: head@example.org

Nothing was written: this is a preview. --apply writes it to camden.toml.
)");
}

TEST_CASE("the last line says what came of it") {
    directory::Import import = sample();
    import.applied = true;
    CHECK(has(as_text(import), "Written to camden.toml. The daemon reads it when"));
    import.applied = false;
    import.plan.problems = {{ 5, "Email", "is not an email address", "" }};
    CHECK(has(as_text(import), "Nothing is written while a row has an error"));
    import.plan.readable = false;
    CHECK(has(as_text(import), "No row was looked at: the header is wrong."));
    import.plan.readable = true;
    import.skipping = true;
    CHECK(has(as_text(import), "this is a preview"));
    import.plan.changes.clear();
    CHECK(has(as_text(import), "Nothing to change."));
}

TEST_CASE("an error is a line with file, row and column") {
    directory::Import import = sample();
    import.plan.problems = {{5, "Email", "is not an email address", "Permitted: one."},
                            { 5,
                              "",
                              "has 3 cells",
                              "" }};
    CHECK(problem_lines(import) ==
          std::vector<std::string>{
              "people.csv: row 5, Email: is not an email address. Permitted: one.",
              "people.csv: row 5: has 3 cells."});
    CHECK(directory::wrong_rows(import.plan) == 1);
}

TEST_CASE("the JSON says the same") {
    directory::Import import = sample();
    import.plan.problems = {{ 5, "Email", "is not an email address", "Permitted: one." }};
    const std::string json = as_json(import).print();
    for (const char* part :
         {R"("applied": false)", R"("post": "school-head")", R"("added": true)", R"("row": 2)",
          R"("before": "Bo")", R"("after": "Ann")", R"("unchanged": 4)", R"("column": "Email")",
          R"("what": "is not an email address")", R"("columns_not_used")"}) {
        CAPTURE(part);
        CHECK(has(json, part));
    }
}

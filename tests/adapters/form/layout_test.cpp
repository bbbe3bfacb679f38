// SPDX-License-Identifier: MIT
#include "adapters/form/layout/layouts.h"

#include "tests/adapters/form/pdf_tools.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

const std::string values_toml = "[[value]]\nid = \"subject\"\nmeans = \"the name\"\n";
const std::string head =
    "title = \"A form\"\nlanguage = \"en-GB\"\n"
    "words = { page = \"p\", continued = \"c\", cut = \"x\", name = \"n\", designation = \"d\", "
    "agency = \"a\", date = \"t\" }\n[[section]]\n";  // four lines

// What is said about a layout whose fields begin on line 5.
std::string problems_of(const std::string& fields, const std::string& values = values_toml) {
    const TempFolder folder;
    folder.write("values.toml", values);
    folder.write("own.toml", head + fields);
    const auto forms = make_pdf_forms(folder.path());
    return forms ? "" : forms.error().what;
}

void says(const std::string& problems, const std::vector<std::string>& parts) {
    CAPTURE(problems);
    in_order(problems, parts);
}

}  // namespace

TEST_CASE("a board's own layout needs nothing but a file") {
    CHECK(problems_of("[[section.field]]\nid = \"subject\"\nlabel = \"Name\"\n") == "");
}

TEST_CASE("a misspelt key, kind or id is named with file, line and what is permitted") {
    says(problems_of("[[section.field]]\nid = \"subject\"\nlabel = \"Name\"\nlable = \"x\"\n"),
         {"own.toml:8:", "unknown key", "Did you mean \"label\"?"});
    says(problems_of("[[section.field]]\nid = \"subject\"\nlabel = \"Name\"\nkind = \"tick\"\n"),
         {"own.toml:8:", "unknown value \"tick\"", "\"check\""});
    says(problems_of("[[section.field]]\nid = \"subjct\"\nlabel = \"Name\"\n"),
         {"own.toml:6:", "does not offer \"subjct\"", "by_hand", "Did you mean \"subject\"?"});
}

TEST_CASE("every problem of a layout is reported at once") {
    says(problems_of("[[section.field]]\nlabel = \"Name\"\n"
                     "[[section.field]]\nid = \"note\"\nlabel = \"Note\"\nkind = \"choice\"\n"
                     "height_mm = 900\nby_hand = true\n"),
         {"own.toml:5:", "is missing", "own.toml:11:", "out of range",
          "own.toml:7:", "offers no choice"});
}

TEST_CASE("keys that have no meaning where they stand are refused") {
    says(problems_of("[[section.field]]\nid = \"subject\"\nlabel = \"Name\"\nheight_mm = 20\n"),
         {"own.toml:8:", "kind = \"multiline\""});
    says(problems_of("[[section.field]]\nid = \"subject\"\nlabel = \"Name\"\n"
                     "options = [\"a\", \"b\"]\n"),
         {"own.toml:8:", "kind = \"choice\""});
    says(problems_of("[[section.field]]\nid = \"subject\"\nlabel = \"Name\"\nby_hand = true\n"),
         {"own.toml:8:", "the daemon fills \"subject\""});
}

TEST_CASE("two fields cannot take one value, and a form needs a field") {
    const std::string field = "[[section.field]]\nid = \"subject\"\nlabel = \"Name\"\n";
    says(problems_of(field + field), {"own.toml:4:", "two fields take \"subject\""});
    says(problems_of(""), {"own.toml:4:", "has no field"});
}

TEST_CASE("a file that is not TOML is named with its line") {
    says(problems_of("id = = 1\n"), {"own.toml:5:"});
    says(problems_of("", "[[value]]\nid = 7\nmeans = \"x\"\n"), {"values.toml:2:", "whole number"});
}

TEST_CASE("a folder without layouts, or no folder, is an error") {
    const TempFolder folder;
    CHECK(make_pdf_forms(folder.path()).error().code == Code::not_found);
    CHECK(make_pdf_forms(folder.path() / "none").error().code == Code::not_found);
}

// SPDX-License-Identifier: MIT
#include "tests/adapters/form/pdf_tools.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

// tests/forms/own/board.pdf was made by LibreOffice: tests/forms/make_own_form.py.
namespace {

const std::string layout_toml = R"toml(
title = "Board's own"
language = "en-GB"
[words]
page = "p"
continued = "c"
cut = "x"
name = "n"
designation = "d"
agency = "a"
date = "t"
[own]
pdf = "board.pdf"
[[own.field]]
id = "subject"
name = "ChildName"
[[own.field]]
id = "summary"
name = "Summary"
[[own.field]]
id = "copied"
name = "Copied"
[[own.field]]
id = "stage"
name = "Stage"
[[own.field]]
id = "effect"
name = "Effect"
[[section]]
[[section.field]]
id = "subject"
label = "Name"
[[section.field]]
id = "summary"
label = "Summary"
kind = "multiline"
[[section.field]]
id = "copied"
label = "Copied"
kind = "check"
by_hand = true
[[section.field]]
id = "stage"
label = "Stage"
kind = "choice"
options = ["3", "4"]
by_hand = true
[[section.field]]
id = "effect"
label = "Effect"
kind = "choice"
options = ["well", "badly"]
by_hand = true
)toml";

std::string board_pdf() {
    std::ifstream in("tests/forms/own/board.pdf", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct OwnFolder {
    TempFolder folder;

    explicit OwnFolder(const std::string& layout = layout_toml,
                       const std::string& pdf = board_pdf()) {
        folder.write("values.toml",
                     "[[value]]\nid = \"subject\"\nmeans = \"x\"\n"
                     "[[value]]\nid = \"summary\"\nmeans = \"x\"\n");
        folder.write("own.toml", layout);
        folder.write("board.pdf", pdf);
    }
    std::string problems() const {
        const auto made = make_pdf_forms(folder.path());
        return made ? "" : made.error().what;
    }
    std::string render(const std::map<std::string, std::string>& values) const {
        const auto made = make_pdf_forms(folder.path());
        if (!made) FAIL(made.error().what);
        const auto pdf = (*made)->render({.layout = "own",
                                          .reference = "NSSB-2026-0007",
                                          .subtitle = "",
                                          .mark = "v1.sealed",
                                          .made = utc("2026-12-24T17:00:00Z"),
                                          .values = values});
        if (!pdf) FAIL(pdf.error().what);
        return *pdf;
    }
};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("a board's own PDF is filled, drawn and can be read back with its mark") {
    const OwnFolder own;
    const std::string pdf = own.render({{"subject", "Łukasz محمد"},
                                        {"summary", "It was said\nand not settled."},
                                        {"copied", "yes"},
                                        {"stage", "4"},
                                        {"effect", "well"}});
    CHECK(said_by("qpdf --check", pdf).find("No syntax") != std::string::npos);
    std::filesystem::create_directories("build/pictures/forms");
    said_by("pdftoppm -r 60 -png", pdf, std::filesystem::absolute("build/pictures/forms/own"));
    const auto read = make_form_reader()->read(pdf);
    REQUIRE(read);
    CHECK(read->mark == "v1.sealed");
    const std::map<std::string, std::string> expected{{"ChildName", "Łukasz محمد"},
                                                      {"Summary", "It was said\nand not settled."},
                                                      {"Copied", "yes"},
                                                      {"Stage", "4"},
                                                      {"Effect", "well"},
                                                      {"OfficeUse", ""}};
    for (const auto& [name, value] : expected) CHECK(read->values.at(name) == value);
    CHECK(read->values.size() == expected.size());
    const std::string text = text_of(pdf);
    for (const char* drawn : {"Łukasz", "It was said", "and not settled.", "well"})
        CHECK(text.find(drawn) != std::string::npos);
    CHECK(own.render({{"subject", "Siân"}}) == own.render({{"subject", "Siân"}}));
}

TEST_CASE("a field the file lacks, and a value the form lacks, are named") {
    const std::string problems =
        OwnFolder(replaced(replaced(layout_toml, "\"ChildName\"", "\"ChildNam\""),
                           "id = \"summary\"\nname", "id = \"sumary\"\nname"))
            .problems();
    CAPTURE(problems);
    in_order(problems, {"board.pdf: ", "\"ChildNam\", which the file does not have"});
    in_order(problems, {"board.pdf: ", "\"sumary\", which is no value of the form"});
}

TEST_CASE("fields no value is given to, and values without a field, are gaps and no problem") {
    const OwnFolder own(
        replaced(layout_toml, "[[own.field]]\nid = \"effect\"\nname = \"Effect\"\n", ""));
    const auto gaps = own_pdf_gaps(own.folder.path());
    REQUIRE(gaps);
    const std::vector<std::string> expected{"board.pdf: the field \"Effect\" is not in the map",
                                            "board.pdf: the field \"OfficeUse\" is not in the map",
                                            "board.pdf: no field is given to \"effect\""};
    CHECK(*gaps == expected);
}

TEST_CASE("an own file that is missing, encrypted or without fields is refused by its name") {
    in_order(OwnFolder(layout_toml, "").problems(), {"board.pdf: ", "cannot be read"});
    in_order(OwnFolder(layout_toml,
                       "%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n"
                       "trailer << /Root 1 0 R >>")
                 .problems(),
             {"board.pdf: ", "has no fields"});
    in_order(OwnFolder(layout_toml,
                       "%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n"
                       "trailer << /Root 1 0 R /Encrypt 2 0 R >>")
                 .problems(),
             {"board.pdf: ", "encrypted"});
}

// SPDX-License-Identifier: MIT
#include "tests/adapters/form/docx_tools.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

const std::string board_document =
    document_with("<w:p><w:r><w:t>A board's own words</w:t></w:r></w:p>" +
                  named("Child",
                        "<w:r><w:rPr><w:rStyle w:val=\"PlaceholderText\"/><w:b/></w:rPr>"
                        "<w:t>Click</w:t></w:r>",
                        "<w:showingPlcHdr/><w:dataBinding w:xpath=\"/x\"/><w:text/>") +
                  named("Story", "<w:p><w:pPr><w:pStyle w:val=\"Own\"/></w:pPr>" + text_run("old") +
                                     "</w:p><w:p>" + text_run("older") + "</w:p>") +
                  named("Agreed", text_run("\u2610"),
                        "<w14:checkbox><w14:checked w14:val=\"0\"/></w14:checkbox>") +
                  named("day", text_run("1 May"), "<w:date w:fullDate=\"2026-05-01T00:00:00Z\"/>") +
                  named("Ours", text_run("kept")) + "<w:sectPr/>");
const std::string map =
    "[own]\nword = \"own.docx\"\n"
    "[[own.field]]\nid = \"subject\"\nname = \"Child\"\n"
    "[[own.field]]\nid = \"story\"\nname = \"Story\"\n"
    "[[own.field]]\nid = \"agreed\"\nname = \"Agreed\"\n";

std::string board_file() {
    const auto bytes = docx::with_parts(
        {}, {{"word/document.xml", board_document}, {"word/media/logo.png", "a picture"}});
    REQUIRE(bytes);
    return *bytes;
}

struct Folder {
    TempFolder folder;
    explicit Folder(const std::string& own, const std::string& file = board_file()) {
        folder.write("values.toml", every_kind_values);
        folder.write("kinds.toml", every_kind + own);
        folder.write("own.docx", file);
    }
    std::string problems() const {
        const auto forms = make_docx_forms(folder.path());
        return forms ? "" : forms.error().what;
    }
};

}  // namespace

TEST_CASE("a board's own Word file is filled in, and all else of it stays as it was") {
    const Folder folder(map);
    const auto forms = make_docx_forms(folder.folder.path());
    if (!forms) FAIL(forms.error().what);
    const auto filled = (*forms)->render(kinds({{"subject", "Siân & Łukasz"},
                                                {"story", "one\ntwo"},
                                                {"agreed", "yes"},
                                                {"day", "2 May 2026"},
                                                {"level", "two"}}));
    if (!filled) FAIL(filled.error().what);
    const FilledForm form = read_back(*filled);
    CHECK(form.mark == "NSSB-2026-0007.kinds.0123456789");
    CHECK(form.values == std::map<std::string, std::string>{{"Child", "Siân & Łukasz"},
                                                            {"Story", "one\ntwo"},
                                                            {"Agreed", "yes"},
                                                            {"day", "2 May 2026"},
                                                            {"Ours", "kept"}});
    CHECK(part_of(*filled, "word/media/logo.png") == "a picture");
    const std::string document = part_of(*filled, "word/document.xml");
    in_order(document, {"A board's own words", "<w:rPr><w:b/></w:rPr>", "Siân &amp; Łukasz",
                        "<w:pStyle w:val=\"Own\"/>", "one", "<w:br/>", "two", "\u2612",
                        "Form reference", "<w:sectPr/>"});
    CHECK(document.find("showingPlcHdr") == std::string::npos);
    CHECK(document.find("dataBinding") == std::string::npos);
    CHECK(document.find("fullDate") == std::string::npos);
}

TEST_CASE("a control of a board's own file stays as it is when there is nothing to put in it") {
    const Folder folder(map);
    const auto forms = make_docx_forms(folder.folder.path());
    if (!forms) FAIL(forms.error().what);
    FormValues none = kinds({});
    none.mark.clear();
    const auto filled = (*forms)->render(none);
    REQUIRE(filled);
    CHECK(part_of(*filled, "word/document.xml") == board_document);
}

TEST_CASE("a map that does not fit the board's Word file is named line by line") {
    const std::string problems = Folder(map +
                                        "[[own.field]]\nid = \"level\"\nname = \"Nowhere\"\n"
                                        "[[own.field]]\nid = \"nothing\"\nname = \"Ours\"\n")
                                     .problems();
    CAPTURE(problems);
    in_order(problems, {"own.docx", "\"Nowhere\" (for \"level\")", "\n", "own.docx",
                        "no field of the form is \"nothing\""});
    CHECK(Folder(map, "").problems().find("it is not there, or empty") != std::string::npos);
    CHECK(Folder(map, "%PDF-1.7").problems().find("own.docx: The Word file is damaged") !=
          std::string::npos);
}

TEST_CASE("the check shows what of a board's Word file is left out, on either side") {
    const Folder folder(map);
    const auto lines = unused_word_fields(folder.folder.path());
    REQUIRE(lines);
    std::string all;
    for (const std::string& line : *lines) all += line + "\n";
    CAPTURE(all);
    in_order(all, {"no content control shows the value \"closed\"", "\"level\"", "\"head.name\"",
                   "nothing is put in the content control \"Ours\""});
    CHECK(all.find("\"day\"") == std::string::npos);
    CHECK(unused_word_fields("templates/forms")->empty());
}

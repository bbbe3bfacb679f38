// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "adapters/form/docx/archive.h"
#include "adapters/form/docx/read.h"
#include "tests/adapters/form/pdf_tools.h"
#include "tests/support/calendars.h"

// Forms with fields of every kind, and Word files as others make them.
namespace stageclock::testing {

inline const std::string every_kind_values =
    "[[value]]\nid = \"subject\"\nmeans = \"the name\"\n"
    "[[value]]\nid = \"head.name\"\nmeans = \"who signs\"\n";
inline const std::string every_kind =
    "title = \"A form\"\ntagline = \"for a test\"\nlanguage = \"cy\"\nheader = \"A header\"\n"
    "footer = [\"A foot\"]\nintroduction = [\"Why it is asked.\"]\n"
    "return_to = \"Return it to the board\"\nreturn_to_values = [\"subject\"]\n"
    "[words]\npage = \"page {page} of {pages}\"\ncontinued = \"c\"\ncut = \"cut at {limit}\"\n"
    "name = \"Name\"\ndesignation = \"Role\"\nagency = \"Agency\"\ndate = \"Date\"\n"
    "write = \"Ysgrifennwch yma\"\n"
    "[[section]]\ntitle = \"First\"\n"
    "[[section.field]]\nid = \"subject\"\nlabel = \"Who\"\nhint = \"in full\"\n"
    "[[section.field]]\nid = \"story\"\nlabel = \"What\"\nkind = \"multiline\"\nby_hand = true\n"
    "[[section.field]]\nid = \"agreed\"\nlabel = \"Agreed\"\nkind = \"check\"\nby_hand = true\n"
    "[[section.field]]\nid = \"closed\"\nlabel = \"Closed\"\nkind = \"check\"\nby_hand = true\n"
    "[[section.field]]\nid = \"level\"\nlabel = \"Level\"\nkind = \"choice\"\n"
    "options = [\"one & only\", \"two\"]\nby_hand = true\n"
    "[[section.field]]\nid = \"day\"\nlabel = \"Day\"\nkind = \"date\"\nby_hand = true\n"
    "[[section.field]]\nid = \"head\"\nlabel = \"Signed\"\nkind = \"signature\"\n";

inline std::unique_ptr<FormRenderer> word_forms(const std::string& layout = every_kind) {
    const TempFolder folder;
    folder.write("values.toml", every_kind_values);
    folder.write("kinds.toml", layout);
    auto forms = make_docx_forms(folder.path());
    if (!forms) FAIL(forms.error().what);
    return std::move(*forms);
}

inline FormValues kinds(std::map<std::string, std::string> values) {
    return {.layout = "kinds",
            .reference = "NSSB-2026-0007",
            .subtitle = "Opened at stage 3",
            .mark = "NSSB-2026-0007.kinds.0123456789",
            .made = utc("2026-12-24T17:00:00Z"),
            .values = std::move(values)};
}

inline std::string word_file(const FormValues& values) {
    const auto bytes = word_forms()->render(values);
    if (!bytes) FAIL(bytes.error().what);
    return *bytes;
}

inline FilledForm read_back(const std::string& bytes) {
    auto form = docx::read(bytes);
    if (!form) FAIL(form.error().what);
    return std::move(*form);
}

// A Word file with this body, as any program may have written it.
inline std::string file_with(const std::string& document) {
    const auto bytes = docx::with_parts({}, {{"word/document.xml", document}});
    REQUIRE(bytes);
    return *bytes;
}

inline std::string document_with(const std::string& body) {
    return "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
           "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w:body>" +
           body + "</w:body></w:document>";
}

inline std::string named(const std::string& tag, const std::string& content,
                         const std::string& kind = "") {
    return "<w:sdt><w:sdtPr><w:tag w:val=\"" + tag + "\"/>" + kind + "</w:sdtPr><w:sdtContent>" +
           content + "</w:sdtContent></w:sdt>";
}

inline std::string text_run(const std::string& text) {
    return "<w:r><w:t>" + text + "</w:t></w:r>";
}

// One part of an archive.
inline std::string part_of(const std::string& bytes, const std::string& name) {
    const auto archive = docx::Archive::open(bytes);
    REQUIRE(archive);
    const auto part = archive->part(name);
    if (!part) FAIL(part.error().what);
    return *part;
}

}  // namespace stageclock::testing

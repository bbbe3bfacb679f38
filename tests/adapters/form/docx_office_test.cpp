// SPDX-License-Identifier: MIT
#include <fstream>
#include <iterator>

#include "tests/adapters/form/docx_tools.h"

// Another program, LibreOffice, opens our Word forms and fills them in.
using namespace stageclock;
using namespace stageclock::testing;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The form as LibreOffice saves it after somebody filled in these fields.
std::string filled_in_office(const std::string& form, const std::string& fields) {
    const TempFolder folder;
    const std::string out = folder.path() / "filled.docx";
    const std::string command = "timeout 100 tests/forms/fill_docx.py " +
                                folder.write("form.docx", form) + " " + out + " " + fields;
    REQUIRE(std::system(command.c_str()) == 0);
    return bytes_of(out);
}

}  // namespace

TEST_CASE("what somebody fills in with LibreOffice is read back, and what they left alone stays") {
    const FilledForm form = read_back(filled_in_office(
        word_file(kinds({{"subject", "Siân Llŷr"},
                         {"level", "two"},
                         {"story", "First\nsecond"},
                         {"closed", "yes"}})),
        "'subject=Łukasz محمد' agreed=yes closed= 'head.name=بچے کی' 'day=2 May 2026' "
        "'level=one & only'"));
    CHECK(form.mark == "NSSB-2026-0007.kinds.0123456789");
    CHECK(form.values == std::map<std::string, std::string>{{"subject", "Łukasz محمد"},
                                                            {"story", "First\nsecond"},
                                                            {"agreed", "yes"},
                                                            {"closed", ""},
                                                            {"level", "one & only"},
                                                            {"day", "2 May 2026"},
                                                            {"head.name", "بچے کی"},
                                                            {"head.designation", ""},
                                                            {"head.agency", ""},
                                                            {"head.date", ""}});
}

TEST_CASE("LibreOffice shows every word of a Word form") {
    const TempFolder folder;
    const std::string form = folder.write(
        "form.docx", word_file(kinds({{"subject", "Zuzanna Wójcik-Łęcka"}, {"story", "a\nb"}})));
    const std::string command = "timeout 100 soffice --headless -env:UserInstallation=file://" +
                                std::string(folder.path()) + "/profile --convert-to pdf --outdir " +
                                std::string(folder.path()) + " " + form + " >/dev/null 2>&1";
    REQUIRE(std::system(command.c_str()) == 0);
    in_order(text_of(bytes_of(folder.path() / "form.pdf")), {"A header",
                                                             "NSSB-2026-0007",
                                                             "A form",
                                                             "for a test",
                                                             "Return it to the board",
                                                             "Why it is asked.",
                                                             "First",
                                                             "Who",
                                                             "Zuzanna Wójcik-Łęcka",
                                                             "What",
                                                             "a b",
                                                             "Agreed",
                                                             "Level",
                                                             "Choose one",
                                                             "Signed",
                                                             "Name",
                                                             "Ysgrifennwch yma",
                                                             "Form reference",
                                                             "A foot",
                                                             "page 1 of"});
}

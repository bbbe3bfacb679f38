// SPDX-License-Identifier: MIT
#include "tests/adapters/form/pdf_tools.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

// A layout with a field of each kind.
const std::string every_kind = R"toml(
title = "Every kind"
language = "en-GB"
[words]
page = "page {page} of {pages}"
continued = "(continued)"
cut = "[cut]"
name = "Name"
designation = "Designation"
agency = "Agency"
date = "Date"
[[section]]
[[section.field]]
id = "line"
label = "A line"
by_hand = true
[[section.field]]
id = "lines"
label = "Lines"
kind = "multiline"
height_mm = 30
by_hand = true
[[section.field]]
id = "agreed"
label = "Agreed"
kind = "check"
by_hand = true
[[section.field]]
id = "told"
label = "Told"
kind = "check"
by_hand = true
[[section.field]]
id = "how"
label = "How it ended"
kind = "choice"
options = ["Resolved – by agreement", "Escalated", "Zakończone"]
by_hand = true
[[section.field]]
id = "when"
label = "When"
kind = "date"
by_hand = true
[[section.field]]
id = "signed"
label = "Signed"
kind = "signature"
by_hand = true
)toml";

class KindForms {
public:
    KindForms() {
        folder_.write("values.toml", "");
        folder_.write("kinds.toml", every_kind);
        auto made = make_pdf_forms(folder_.path());
        if (!made) FAIL(made.error().what);
        forms_ = std::move(*made);
    }
    std::string render(const std::map<std::string, std::string>& values,
                       const std::string& mark = "v1.sealed") const {
        const auto pdf = forms_->render({.layout = "kinds",
                                         .reference = "NSSB-2026-0007",
                                         .subtitle = "",
                                         .mark = mark,
                                         .made = utc("2026-12-24T17:00:00Z"),
                                         .values = values});
        if (!pdf) FAIL(pdf.error().what);
        return *pdf;
    }

private:
    TempFolder folder_;
    std::unique_ptr<FormRenderer> forms_;
};

// What poppler makes of a form when somebody fills it in.
std::string filled_by_poppler(const std::string& pdf, const std::string& values) {
    const TempFolder folder;
    const std::string out = folder.path() / "filled.pdf";
    const std::string said =
        said_by("/usr/bin/python3 -B tests/forms/fill_pdf.py", pdf, out + " " + values);
    CHECK(said == "");
    std::ifstream in(out, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("what is put in fields of each kind can be read back") {
    const std::map<std::string, std::string> values{{"line", "Łukasz (\\) Ω"},
                                                    {"lines", "one\n\ntwo محمد"},
                                                    {"agreed", "yes"},
                                                    {"told", ""},
                                                    {"how", "Zakończone"},
                                                    {"when", "3 1 2027"},
                                                    {"signed.name", "Siân"},
                                                    {"signed.designation", ""},
                                                    {"signed.agency", "Education"},
                                                    {"signed.date", ""}};
    const std::string pdf = KindForms().render(values);
    CHECK(said_by("qpdf --check", pdf).find("No syntax") != std::string::npos);
    const auto read = make_form_reader()->read(pdf);
    REQUIRE(read);
    CHECK(read->mark == "v1.sealed");
    CHECK(read->values == values);
}

TEST_CASE("what somebody fills in with another program can be read back") {
    const KindForms own;
    const std::string sent = own.render({{"line", "before"}, {"told", "yes"}});
    const std::string back = filled_by_poppler(
        sent,
        "line='Łódź £40' lines='It was\nsettled – محمد' agreed=yes told=no "
        "how='Resolved – by agreement' when='3 1 2027' signed.name='Siân Llŷr' signed.date=4.1.27");
    CHECK(said_by("qpdf --check", back).find("No syntax") != std::string::npos);
    const auto read = make_form_reader()->read(back);
    REQUIRE(read);
    CHECK(read->mark == "v1.sealed");
    const std::map<std::string, std::string> expected{{"line", "Łódź £40"},
                                                      {"lines", "It was\nsettled – محمد"},
                                                      {"agreed", "yes"},
                                                      {"told", ""},
                                                      {"how", "Resolved – by agreement"},
                                                      {"when", "3 1 2027"},
                                                      {"signed.name", "Siân Llŷr"},
                                                      {"signed.designation", ""},
                                                      {"signed.agency", ""},
                                                      {"signed.date", "4.1.27"}};
    CHECK(read->values == expected);
}

TEST_CASE("a form that is rewritten with its objects packed says the same") {
    const std::string sent = KindForms().render({{"line", "Łódź"}, {"how", "Escalated"}});
    const TempFolder folder;
    const std::string out = folder.path() / "packed.pdf";
    said_by("qpdf --object-streams=generate --linearize", sent, out);
    std::ifstream in(out, std::ios::binary);
    const std::string packed{std::istreambuf_iterator<char>(in), {}};
    const auto read = make_form_reader()->read(packed);
    REQUIRE(read);
    CHECK(read->mark == "v1.sealed");
    CHECK(read->values.at("line") == "Łódź");
    CHECK(read->values.at("how") == "Escalated");
}

TEST_CASE("a form without a mark has no field for it") {
    const std::string pdf = KindForms().render({}, "");
    CHECK(pdf.find("(stageclock)") != std::string::npos);  // its maker
    CHECK(pdf.find("/T (stageclock)") == std::string::npos);
    CHECK(make_form_reader()->read(pdf)->mark == "");
}

TEST_CASE("a text too long for its box stays whole in its field, and all of it is drawn") {
    std::string words;
    for (int word = 1; word <= 4'000; ++word) words += "word" + std::to_string(word) + " ";
    words.pop_back();
    const std::string shown = KindForms().render({{"lines", words.substr(0, 15'000)}});
    CHECK(fields_of(shown).at("lines") == words.substr(0, 15'000));
    CHECK(number_of_pages(shown) >= 3);
    const std::string cut = KindForms().render({{"lines", words}});
    CHECK(fields_of(cut).at("lines") == words);
    CHECK(text_of(cut).find("[cut]") != std::string::npos);
}

TEST_CASE("letters of the scripts people here write are drawn, none as an empty box") {
    const std::string text = text_of(KindForms().render(
        {{"lines", "Siân Łukasz Νίκος Юлія\nمحمد\nنہیں ہے ۔\nਪੰਜਾਬੀ বাংলা ગુજરાતી தமிழ் שלום"}}));
    CHECK(text.find("Siân Łukasz Νίκος Юлія") != std::string::npos);
    CHECK(text.find("محمد") != std::string::npos);
    CHECK(text.find("\uFFFD") == std::string::npos);
}

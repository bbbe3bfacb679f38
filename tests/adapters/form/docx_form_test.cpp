// SPDX-License-Identifier: MIT
#include <thread>

#include "tests/adapters/form/docx_tools.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

const std::map<std::string, std::string> all_filled{
    {"subject", "Zuzanna Wójcik-Łęcka & Siân Llŷr <Gruffydd>"},
    {"story", "First line\nعربي في النص NSSB\n\nاردو: بچے کی حفاظت"},
    {"agreed", "yes"},
    {"level", "one & only"},
    {"day", "24 December 2026"},
    {"head.name", "Łukasz Śmiałek"},
    {"head.designation", "Senior manager"},
    {"head.agency", "Education"}};

}  // namespace

TEST_CASE("every kind of field comes back from a Word form as it was filled in") {
    const FilledForm form = read_back(word_file(kinds(all_filled)));
    CHECK(form.mark == "NSSB-2026-0007.kinds.0123456789");
    auto expected = all_filled;
    expected["closed"] = "";
    expected["head.date"] = "";
    CHECK(form.values == expected);
}

TEST_CASE(
    "an empty Word form says what to do in each control, in its own words, and has no value") {
    const std::string bytes = word_file(kinds({}));
    const std::string document = part_of(bytes, "word/document.xml");
    CHECK(document.find("Ysgrifennwch yma") != std::string::npos);
    CHECK(document.find("Choose or write a date") != std::string::npos);
    for (const auto& [id, value] : read_back(bytes).values) {
        CAPTURE(id);
        CHECK(value.empty());
    }
}

TEST_CASE("a choice that is none of the options is shown beside them and is no answer") {
    const std::string bytes = word_file(kinds({{"level", "neither of them"}}));
    CHECK(part_of(bytes, "word/document.xml").find("neither of them") != std::string::npos);
    CHECK(read_back(bytes).values.at("level").empty());
}

TEST_CASE("a Word form names its language, title and headings, and labels every control") {
    const std::string bytes = word_file(kinds(all_filled));
    CHECK(part_of(bytes, "word/styles.xml").find("<w:lang w:val=\"cy\"") != std::string::npos);
    in_order(part_of(bytes, "docProps/core.xml"),
             {"<dc:title>A form - for a test</dc:title>", "NSSB-2026-0007", "2026-12-24T17:00:00Z",
              "<dc:language>cy</dc:language>"});
    const std::string document = part_of(bytes, "word/document.xml");
    in_order(document, {"Heading1",
                        "A form",
                        "Subtitle",
                        "for a test",
                        "NSSB-2026-0007",
                        "Opened at stage 3",
                        "Notice",
                        "Return it to the board",
                        "Why it is asked.",
                        "Heading2",
                        "First",
                        "Who",
                        "in full",
                        "w:alias w:val=\"Who\"",
                        "w:tag w:val=\"subject\"",
                        "w:alias w:val=\"Signed: Name\"",
                        "head.name",
                        "Form reference",
                        "sdtContentLocked",
                        "NSSB-2026-0007.kinds.0123456789"});
    CHECK(document.find("<w:tbl>") == std::string::npos);
    in_order(part_of(bytes, "word/footer1.xml"), {"A foot", "page ", " PAGE ", " of ", "NUMPAGES"});
    in_order(part_of(bytes, "word/header1.xml"), {"A header", "NSSB-2026-0007"});
}

TEST_CASE("Arabic and Urdu run to the left, and names in Latin letters among them do not") {
    const std::string document =
        part_of(word_file(kinds({{"subject", "محمد NSSB أحمد"}})), "word/document.xml");
    in_order(document, {"<w:bidi/>", "<w:rtl/></w:rPr><w:t xml:space=\"preserve\">محمد</w:t>",
                        "<w:r><w:t xml:space=\"preserve\"> NSSB</w:t>", "<w:rtl/>", " أحمد"});
    const std::string welsh = part_of(word_file(kinds({{"subject", "Siân"}})), "word/document.xml");
    CHECK(welsh.find("<w:rtl/>") == std::string::npos);
}

TEST_CASE("the same values give the same Word file, in every thread and time zone") {
    const auto forms = word_forms();
    const std::string first = *forms->render(kinds(all_filled));
    std::vector<std::string> made(4);
    std::vector<std::thread> threads;
    for (std::string& one : made) {
        threads.emplace_back([&] { one = *forms->render(kinds(all_filled)); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& one : made) CHECK(one == first);
    FormValues other = kinds(all_filled);
    other.mark.clear();
    CHECK(*forms->render(other) != first);
}

TEST_CASE("a form that is not sent out has no mark") {
    FormValues values = kinds({});
    values.mark.clear();
    const std::string bytes = word_file(values);
    CHECK(part_of(bytes, "word/document.xml").find("stageclock.reference") == std::string::npos);
    CHECK(read_back(bytes).mark.empty());
}

TEST_CASE("the mark is known from the file's properties when its line was deleted") {
    const std::string bytes = word_file(kinds(all_filled));
    std::string document = part_of(bytes, "word/document.xml");
    const std::size_t at = document.find("<w:p><w:pPr><w:pStyle w:val=\"Mark\"/>");
    REQUIRE(at != std::string::npos);
    document.erase(at, document.find("</w:p>", at) + 6 - at);
    const auto without = docx::with_parts(bytes, {{"word/document.xml", document}});
    REQUIRE(without);
    CHECK(read_back(*without).mark == "NSSB-2026-0007.kinds.0123456789");
}

TEST_CASE("a Word form takes no value its layout does not know, and cuts one that has no end") {
    const auto forms = word_forms();
    CHECK(forms->render(kinds({{"nothing", "x"}})).error().code == Code::invalid_input);
    FormValues none = kinds({});
    none.layout = "other";
    CHECK(forms->render(none).error().code == Code::not_found);
    const std::string long_text(30'000, 'a');
    const std::string kept = read_back(word_file(kinds({{"story", long_text}}))).values["story"];
    CHECK(kept.size() < 21'000);
    CHECK(kept.ends_with("cut at 20000"));
}

TEST_CASE("control characters and broken bytes never spoil a Word form") {
    const FilledForm form = read_back(word_file(kinds({{"subject",
                                                        "a\x01"
                                                        "b\xFF"
                                                        "c\xEF\xBF\xBF]]>"}})));
    CHECK(form.values.at("subject") == "ab\uFFFDc]]>");
}

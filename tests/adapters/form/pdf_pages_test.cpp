// SPDX-License-Identifier: MIT
#include "adapters/form/pdf/clean.h"
#include "tests/adapters/form/pdf_tools.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

FormValues form_with(const std::string& id, const std::string& value) {
    return {.layout = "monitoring-form",
            .reference = "NSSB-2026-0007",
            .subtitle = "",
            .made = utc("2026-12-24T17:00:00Z"),
            .values = {{id, value}}};
}

// "word1 word2 ..." of at least so many bytes: each word can be looked for.
std::string numbered_words(std::size_t bytes, int& last) {
    std::string text;
    for (last = 0; text.size() < bytes;) text += "word" + std::to_string(++last) + " ";
    return text;
}

int count_of(const std::string& text, const std::string& part) {
    int count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

}  // namespace

TEST_CASE("an empty form keeps to two pages") {
    for (const char* layout : {"monitoring-form", "escalation-record"}) {
        FormValues values = form_with("subject", "");
        values.layout = layout;
        CHECK(number_of_pages(rendered(values)) == 2);
    }
}

TEST_CASE("a text of 15 000 characters flows over pages and loses no word") {
    int last = 0;
    const std::string pdf = rendered(form_with("summary", numbered_words(15'000, last)));
    const std::string text = text_of(pdf);
    const int pages = number_of_pages(pdf);
    CHECK(pages >= 4);
    std::size_t at = 0;
    for (int word = 1; word <= last && at != std::string::npos; ++word)
        at = text.find("word" + std::to_string(word) + " ", at);
    CHECK(at != std::string::npos);
    CHECK(text.find("Cut here") == std::string::npos);
    CHECK(count_of(text, "Summary of reason for dispute (continued)") >= 2);
    CHECK(count_of(text, "NSSB-2026-0007") >= pages);
    const std::string of = " of " + std::to_string(pages);
    for (int page = 1; page <= pages; ++page)
        CHECK(text.find("page " + std::to_string(page) + of) != std::string::npos);
    in_order(text, {"Summary of reason", "Agreed outcomes", "Signature of initiating",
                    "Additional Notes:"});
    CHECK(said_by("qpdf --check", pdf).find("No syntax") != std::string::npos);
}

TEST_CASE("the last line of a text never stands alone on a page") {
    std::string value = "line 1.";
    for (int line = 2; line <= 48; ++line) {
        const std::string before = "line " + std::to_string(line - 1) + ".";
        const std::string last = "line " + std::to_string(line) + ".";
        value += "\n" + last;
        if (line < 24) continue;  // all on the first page
        const std::string text =
            said_by("pdftotext -raw", rendered(form_with("summary", value)), "-");
        const auto page_of = [&](const std::string& part) {
            return count_of(text.substr(0, text.find(part)), "\f");
        };
        CHECK(page_of(before) == page_of(last));
    }
}

TEST_CASE("a text beyond the limit is cut with a sentence that says where the whole is") {
    int last = 0;
    const std::string text = text_of(rendered(form_with("summary", numbered_words(25'000, last))));
    CHECK(text.find("[Cut here, after 20000 characters or 2000 lines. The whole text is held with "
                    "the case under reference NSSB-2026-0007.]") != std::string::npos);
    CHECK(text.find("word" + std::to_string(last)) == std::string::npos);
}

TEST_CASE("a word longer than a line is broken, not lost over the edge") {
    const std::string text = text_of(rendered(form_with("subject", std::string(3'000, 'x'))));
    CHECK(count_of(text, "x") >= 3'000);
}

TEST_CASE("a name too long for its signature box moves to a field of full width") {
    int last = 0;
    const std::string pdf = rendered(form_with("receiving.agency", numbered_words(4'000, last)));
    in_order(text_of(pdf),
             {"Signature of receiving manager – Name:", "Signature of receiving manager – Agency:",
              "word1 ", "word" + std::to_string(last),
              "Signature of receiving manager – Date:", "Please complete for monitoring purposes"});
    CHECK(said_by("qpdf --check", pdf).find("No syntax") != std::string::npos);
}

TEST_CASE("every field full at once is still a sound document") {
    FormValues values = form_with("reference", "NSSB-2026-0007");
    values.layout = "escalation-record";
    int last = 0;
    const std::string words = numbered_words(6'000, last);
    for (const char* id : {"subject", "policy", "parties", "contacts", "reason", "matter", "views",
                           "wanted", "stage_history", "discussions", "outcome", "resolved_at",
                           "time_taken", "open_points", "initiating.name"})
        values.values[id] = words;
    const std::string pdf = rendered(values);
    CHECK(count_of(text_of(pdf), "word" + std::to_string(last)) == 15);
    CHECK(said_by("qpdf --check", pdf).find("No syntax") != std::string::npos);
}

TEST_CASE("ten thousand line ends do not make a form of hundreds of pages") {
    std::string lines;
    for (int line = 0; line < 10'000; ++line) lines += "x\n";
    CHECK(number_of_pages(rendered(form_with("summary", lines))) < 45);
    CHECK(number_of_pages(rendered(form_with("summary", std::string(19'000, '\n')))) == 2);
}

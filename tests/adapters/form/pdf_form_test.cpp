// SPDX-License-Identifier: MIT
#include <thread>

#include "tests/adapters/form/pdf_tools.h"
#include "tests/support/calendars.h"

using namespace stageclock;
using namespace stageclock::testing;

namespace {

FormValues filled_form() {
    return {.layout = "monitoring-form",
            .reference = "NSSB-2026-0007",
            .subtitle = "Opened at stage 3",
            .made = utc("2026-12-24T17:00:00Z"),
            .values = {{"return_to.person", "Robin Example, robin@example.org"},
                       {"subject", "Zuzanna Wójcik-Łęcka and Siân Llŷr Gruffydd"},
                       {"summary", "The plan was not shared.\n\nView of both sides: £40 & more."},
                       {"agreed_outcome", "Moved to stage 3 on Tuesday."},
                       {"initiating.name", "Łukasz Śmiałek"},
                       {"initiating.designation", "Senior manager"},
                       {"initiating.agency", "Education"},
                       {"receiving.name", "Priya Example"},
                       {"receiving.agency", "Children's Social Care"},
                       {"resolved_stage", "3"},
                       {"time_taken", "so far: 5 working days"},
                       {"additional_notes", "Stage 3 entered on Tuesday."}}};
}

FormValues with_value(const std::string& id, const std::string& value) {
    FormValues values = filled_form();
    values.values[id] = value;
    return values;
}

}  // namespace

TEST_CASE("the monitoring form carries the words of Appendix 2, in reading order") {
    const std::string text = text_of(rendered(filled_form()));
    in_order(text,
             {"NSSB-2026-0007",
              "Monitoring Form",
              "a tool to record decisions and to monitor the Resolution of Professional "
              "Differences policy",
              "Opened at stage 3",
              "Please return to The Strategic Safeguarding and Quality Assurance Service Leader, "
              "North Somerset Council",
              "Robin Example, robin@example.org",
              "Experience and outcomes of serious case reviews tells us how devastating",
              "children and adults at risk do not receive adequate services and are left exposed "
              "to harm.",
              "This tool is a means to enable your service",
              "to aid NSSCB/NSSAB to monitor its use.",
              "Child/Adult/Family name:",
              "Summary of reason for dispute – include views of all agencies concerned.",
              "Agreed outcomes or actions if satisfactorily resolved – includes escalation to next "
              "stage if unresolved",
              "Action Note:",
              "if escalating to next stage use as basis of report to manager at next stage",
              "Signature of initiating manager",
              "Name:",
              "Designation:",
              "Agency:",
              "Date:",
              "Signature of receiving manager",
              "Name:",
              "Designation:",
              "Agency:",
              "Date:",
              "Please complete for monitoring purposes",
              "Stage at which Resolution achieved",
              "3 4",
              "Time taken to reach resolution",
              "(no. of Days)",
              "Please note how effective this policy was in resolving the issue",
              "Additional Notes:"});
}

TEST_CASE("each value stands in its field and is drawn there") {
    const std::string pdf = rendered(filled_form());
    const auto read = fields_of(pdf);
    const std::string text = text_of(pdf);
    for (const auto& [id, value] : filled_form().values) {
        CAPTURE(id);
        if (id == "return_to.person") continue;  // printed: it is no field
        CHECK(read.at(id) == value);
        for (const std::string& line : lines_of(value)) CHECK(text.find(line) != std::string::npos);
    }
    CHECK(read.at("receiving.designation") == "");
    CHECK(read.at("initiating.date") == "");
}

TEST_CASE("a form is a sound, tagged A4 document with its title and language") {
    const std::string pdf = rendered(filled_form());
    const std::string info = said_by("pdfinfo", pdf);
    in_order(info, {"Title:", "Monitoring Form - a tool to record decisions",
                    "Subject:", "NSSB-2026-0007", "Creator:", "stageclock", "CreationDate:", "2026",
                    "Tagged:", "yes", "Pages:", "2", "A4"});
    CHECK(said_by("qpdf --check", pdf).find("No syntax or stream encoding errors") !=
          std::string::npos);
    const std::string objects = said_by("qpdf --qdf --object-streams=disable", pdf, "-");
    CHECK(objects.find("/DisplayDocTitle true") != std::string::npos);
    CHECK(objects.find("/Lang (en-GB)") != std::string::npos);
    CHECK(objects.find("<dc:title>") != std::string::npos);
    CHECK(objects.find("/Tabs /S") != std::string::npos);
}

TEST_CASE("the structure holds the headings, and each field beside its label") {
    const std::string tree = said_by("pdfinfo -struct-text", rendered(filled_form()));
    in_order(tree, {"Document",
                    "H1",
                    "Monitoring Form",
                    "Div",
                    "Lbl",
                    "Child/Adult/Family name:",
                    "Form",
                    "Object",
                    "H2",
                    "Action Note:",
                    "Div",
                    "Lbl",
                    "Signature of initiating manager",
                    "Lbl",
                    "Name:",
                    "Form",
                    "Object",
                    "Lbl",
                    "Designation:",
                    "Form",
                    "H2",
                    "Please complete for monitoring purposes",
                    "Div",
                    "Lbl",
                    "Form",
                    "Object"});
}

TEST_CASE("every font is embedded") {
    const std::string fonts = said_by("pdffonts", rendered(filled_form()));
    CHECK(fonts.find("DejaVuSans-Bold") != std::string::npos);
    CHECK(fonts.find(" no  ") == std::string::npos);
}

TEST_CASE("the same values give the same bytes, another time gives others") {
    const FormValues values = filled_form();
    CHECK(rendered(values) == rendered(values));
    FormValues later = values;
    later.made += std::chrono::hours{1};
    CHECK(rendered(later) != rendered(values));
}

TEST_CASE("four threads at once give the same bytes") {
    const std::string expected = rendered(filled_form());
    int different[4] = {};
    {
        std::vector<std::jthread> threads;
        for (int& count : different) {
            threads.emplace_back([&count, &expected] {
                for (int i = 0; i < 8; ++i) {
                    const auto pdf = forms().render(filled_form());
                    if (!pdf || *pdf != expected) ++count;
                }
            });
        }
    }
    for (const int count : different) CHECK(count == 0);
}

TEST_CASE("a value no field takes is refused by name, and so is an unknown layout") {
    const auto refused = forms().render(with_value("sumary", "text"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::invalid_input);
    CHECK(refused.error().what.find("\"sumary\"") != std::string::npos);
    CHECK(refused.error().what.find("text") == std::string::npos);

    FormValues values = filled_form();
    values.layout = "no-such-form";
    const auto unknown = forms().render(values);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == Code::not_found);
}

TEST_CASE("a value the daemon offers and the layout does not show is no error") {
    const std::string text = text_of(rendered(with_value("wanted", "NOT-SHOWN-HERE")));
    CHECK(text.find("NOT-SHOWN-HERE") == std::string::npos);
}

TEST_CASE("fields filled by hand take values too: a completed form can be printed again") {
    const std::string pdf = rendered(with_value("effectiveness", "It worked."));
    CHECK(text_of(pdf).find("It worked.") != std::string::npos);
    CHECK(fields_of(pdf).at("effectiveness") == "It worked.");
}

TEST_CASE("a record that stays with the agencies asks nobody to return it") {
    FormValues values = filled_form();
    values.layout = "escalation-record";
    CHECK(text_of(rendered(values)).find("Please return") == std::string::npos);
    values.values["return_to.post"] = "Board Manager";
    in_order(text_of(rendered(values)),
             {"Please return this record to the safeguarding board", "Board Manager, Robin"});
}

TEST_CASE("a choice that is none of the options is shown beside them") {
    const std::string pdf = rendered(with_value("resolved_stage", "panel"));
    in_order(text_of(pdf), {"3 4 panel"});
    CHECK(fields_of(pdf).at("resolved_stage") == "panel");
}

TEST_CASE("hostile characters do not reach the page") {
    const std::string text = text_of(rendered(with_value("subject",
                                                         "A\x01\x1b[31m\u202Elex\u2066a\xff\xfe"
                                                         "z\0 end")));
    CHECK(text.find("A[31mlexa") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\u202E") == std::string::npos);
}

TEST_CASE("a reference too long for the corner of the page is refused") {
    FormValues values = filled_form();
    values.reference = std::string(65, 'X');
    CHECK_FALSE(forms().render(values));
}

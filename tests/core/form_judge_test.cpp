// SPDX-License-Identifier: MIT
#include "bot/core/form_judge.h"

#include <doctest/doctest.h>

namespace stageclock {
namespace {

FormField field(const std::string& id, FieldKind kind, FieldUse use = FieldUse::none) {
    FormField made;
    made.id = id;
    made.label = "The " + id;
    made.kind = kind;
    made.use = use;
    return made;
}

FormLayout layout() {
    FormLayout made;
    made.words.name = "Name:";
    made.words.designation = "Designation:";
    made.words.agency = "Agency:";
    made.words.date = "Date:";
    FormField stage = field("stage", FieldKind::choice, FieldUse::resolved_stage);
    stage.options = {"3", "4"};
    FormField outcome = field("agreed", FieldKind::multiline, FieldUse::outcome);
    outcome.required = true;
    made.sections.resize(2);
    made.sections[0].fields = {outcome, stage, field("days", FieldKind::text, FieldUse::days)};
    made.sections[1].fields = {field("day", FieldKind::date), field("ok", FieldKind::check),
                               field("sign", FieldKind::signature)};
    return made;
}

TEST_CASE("the values of a form are shown in the order of the form, whatever order the file has") {
    const auto judged = judge_form(layout(), {{"sign.name", "Jo Example"},
                                              {"stage", "3"},
                                              {"ok", std::string(ticked)},
                                              {"agreed", "A visit on Monday"}},
                                   {});
    const std::vector<FormLine> lines{{"The agreed", "A visit on Monday", false},
                                      {"The stage", "3", false},
                                      {"The ok", "yes", false},
                                      {"The sign, Name", "Jo Example", false}};
    CHECK(judged.lines == lines);
    CHECK(judged.missing.empty());
    CHECK(judged.doubtful.empty());
    CHECK(judged.returned.use("outcome") == "A visit on Monday");
    CHECK(judged.returned.use("resolved_stage") == "3");
    CHECK(judged.returned.find("sign.name")->value == "Jo Example");
}

TEST_CASE("an outcome that stood there when the form went out is not one its sender gives") {
    const std::map<std::string, std::string> sent{{"agreed", "Not resolved\nat stage 2"},
                                                  {"stage", "3"}};
    const auto back = judge_form(layout(), {{"agreed", "Not resolved at  stage 2"}, {"stage", "3"}},
                                 sent);
    CHECK(back.lines.at(0).as_sent);
    CHECK(back.returned.use("outcome").empty());
    CHECK(back.returned.use("resolved_stage") == "3");
    const auto filled = judge_form(layout(), {{"agreed", "A visit"}, {"stage", "3"}}, sent);
    CHECK_FALSE(filled.returned.values.at(0).as_sent);
    CHECK(filled.returned.values.at(1).as_sent);
    CHECK(filled.returned.use("outcome") == "A visit");
}

TEST_CASE("a required field that says nothing makes the form incomplete") {
    const auto judged = judge_form(layout(), {{"agreed", " \n\t "}, {"stage", "4"}}, {});
    const std::vector<FormProblem> missing{{"The agreed", "is to be filled in and is empty"}};
    CHECK(judged.missing == missing);
}

TEST_CASE("a value that cannot be what its field asks for is kept, and given no use") {
    const auto judged = judge_form(
        layout(),
        {{"agreed", "x"}, {"stage", "5"}, {"days", "soon"}, {"day", "31 February 2027"}}, {});
    REQUIRE(judged.doubtful.size() == 3);
    CHECK(judged.doubtful[0].what == "is not one of the answers the form offers: 3, 4");
    CHECK(judged.doubtful[1].what == "says no number of days");
    CHECK(judged.doubtful[2].what == "is not a date: write it like 4 January 2027");
    CHECK(judged.returned.use("resolved_stage").empty());
    CHECK(judged.returned.find("stage")->value == "5");
}

TEST_CASE("what the layout does not know is ignored") {
    const auto judged = judge_form(layout(), {{"agreed", "x"}, {"evil", "y"}, {"sign", "z"}}, {});
    CHECK(judged.returned.values.size() == 1);
}

TEST_CASE("a board's own file has names of its own for its fields") {
    FormLayout own = layout();
    own.own.fields = {{"agreed", "Text1"}};
    const auto judged = judge_form(own, {{"Text1", "A visit"}, {"agreed", "not this"}}, {});
    CHECK(judged.returned.use("outcome") == "A visit");
}

TEST_CASE("control characters are left out, and a value without end is cut between characters") {
    std::string large(most_form_value - 1, 'a');
    large += "\xc3\xa9tail";
    const auto judged = judge_form(layout(), {{"agreed", large}, {"days", "4\x01\x7f\r\n"}}, {});
    CHECK(judged.returned.find("agreed")->value == std::string(most_form_value - 1, 'a'));
    CHECK(judged.returned.find("days")->value == "4");
    REQUIRE(judged.doubtful.size() == 1);
    CHECK(judged.doubtful[0].what == "is very long: the whole stands in the file");
}

}  // namespace
}  // namespace stageclock

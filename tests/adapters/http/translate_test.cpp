// SPDX-License-Identifier: MIT
#include "adapters/http/translate.h"

#include <doctest/doctest.h>

#include "adapters/http/json_value.h"

using namespace stageclock;
using front::translate;
using front::Translated;

namespace {

std::string event(const std::string& kind, const std::string& data,
                  const std::string& more = R"("subject":"CSCP-2026-0042",)") {
    return R"({"specversion":"1.0","id":"e-1","source":"/cms","type":"stageclock.case.)" + kind +
           "\"," + more + R"("time":"2026-05-22T16:30:00+01:00","data":)" + data + "}";
}

const std::string raising = R"("raising":{"agency":"Housing","unit":"North",
  "practitioner":{"name":"Alex Example","email":"alex@example.org","phone":"01632 960001"},
  "contacts":[{"role":"line-manager","name":"Robin Sample","email":"robin@example.org"}]})";
const std::string receiving = R"("receiving":{"agency":"Health",
  "practitioner":{"name":"Sam Test","email":"sam@example.org"}})";
const std::string by = R"("by":{"name":"Alex Example","email":"alex@example.org"})";

std::string raise(const std::string& data) { return event("raise", data, ""); }
std::string whole_raise(const std::string& more = "") {
    return raise("{\"board\":\"camden\",\"summary\":\"We differ.\"," + raising + "," + receiving +
                 more + "}");
}

// The problem at `pointer`; empty when there is none.
std::string problem_at(const Translated& translated, const std::string& pointer) {
    for (const auto& problem : translated.problems) {
        if (problem.pointer == pointer) return problem.detail;
    }
    return "";
}

}  // namespace

TEST_CASE("a raise carries both parties, the people and the words") {
    const auto made = translate(whole_raise(
        R"(,"procedure":"children","subject":{"kind":"child","name":"C. Name","case_status":"cp"},
        "reason":"threshold","raising_view":"a","receiving_view":"b","wanted":"c","stage":"3",
        "skip_reason":"d","urgent":true,"immediate_risk":true)"));
    REQUIRE(made.update);
    const Update& update = *made.update;
    CHECK(update.kind == UpdateKind::raise);
    CHECK(update.id == "e-1");
    CHECK(update.board == "camden");
    CHECK(update.ref.empty());
    CHECK(to_rfc3339(*update.happened) == "2026-05-22T15:30:00Z");
    CHECK(update.by.address == "alex@example.org");
    CHECK(update.by.side == Side::raising);
    CHECK(update.facts.raising.agency == "Housing");
    CHECK(update.facts.raising.unit == "North");
    REQUIRE(update.facts.contacts.size() == 3);
    CHECK(update.facts.contacts[0] == Contact{Side::raising, "practitioner", "Alex Example",
                                              "alex@example.org", "01632 960001"});
    CHECK(update.facts.contacts[1].role == "line-manager");
    CHECK(update.facts.contacts[2].side == Side::receiving);
    CHECK(update.facts.subject_kind == "child");
    CHECK(update.facts.case_status == "cp");
    CHECK(update.facts.stage == "3");
    CHECK(update.facts.urgent);
    CHECK(update.facts.immediate_risk);
    CHECK(update.facts.procedure == "children");
    CHECK(update.facts.wanted == "c");
}

TEST_CASE("whoever is given as the sender of a raise comes before the practitioner") {
    const auto made = translate(whole_raise(
        R"(,"by":{"name":"Kim Manager","email":"kim@example.org","role":"line-manager"})"));
    REQUIRE(made.update);
    CHECK(made.update->by.address == "kim@example.org");
    CHECK(made.update->by.role == "line-manager");
}

TEST_CASE("every kind of update is understood by its word") {
    const std::string plain = "{" + by + R"(,"text":"t","stage":"2","mode":"telephone")";
    for (const char* kind : {"acknowledge", "discuss", "escalate", "resolve", "withdraw",
                             "mark-urgent", "mark-standard", "attest", "confirm-outcome", "decide",
                             "reopen"}) {
        CAPTURE(kind);
        const auto made = translate(event(kind, plain + "}"));
        REQUIRE(made.update);
        CHECK(to_text(made.update->kind) == kind);
        CHECK(made.update->ref == "CSCP-2026-0042");
        CHECK(made.update->text == "t");
        CHECK(made.update->stage == "2");
        CHECK(made.update->mode == "telephone");
    }
    CHECK(translate(event("tag", plain + R"(,"tag":"learning"})")).update->tag == "learning");
    CHECK(translate(event("report-event", plain + R"(,"event":"told"})")).update->event == "told");
    const auto limit = translate(event("set-deadline",
                                       plain + R"(,"deadline":"2026-12-23T12:00:00Z"})"));
    CHECK(to_rfc3339(*limit.update->deadline) == "2026-12-23T12:00:00Z");
    const auto named = translate(event(
        "name-contact", plain + R"(,"contact":{"side":"receiving","role":"line-manager",
        "name":"Robin Sample","email":"robin@example.org"}})"));
    CHECK(named.update->contact.side == Side::receiving);
    CHECK(named.update->contact.role == "line-manager");
}

TEST_CASE("a field of one kind is not silently ignored on another") {
    const auto made = translate(event("acknowledge", "{" + by + R"(,"tag":"learning"})"));
    CHECK(problem_at(made, "/data/tag").starts_with("is not known here"));
}

TEST_CASE("every problem of an event is named at once, with its pointer") {
    const auto made = translate(raise(
        R"({"board":7,"summary":"","sumary":"x","urgent":"yes","raising":{"agency":"Housing",
        "practitioner":{"name":"Alex Example","email":"not an address"},
        "contacts":[{"role":"r","name":"n","email":"a@example.org","mail":"x"}]}})"));
    CHECK(!made.update);
    CHECK(made.id == "e-1");
    CHECK(made.status == 422);
    CHECK(problem_at(made, "/data/board") == "must be a string, not a number");
    CHECK(problem_at(made, "/data/summary") == "is empty");
    CHECK(problem_at(made, "/data/urgent") == "must be true or false, not a string");
    CHECK(problem_at(made, "/data/receiving") == "is missing");
    CHECK(problem_at(made, "/data/sumary") == "is not known here: did you mean \"summary\"?");
    CHECK(problem_at(made, "/data/raising/practitioner/email").starts_with("must be one email"));
    CHECK(problem_at(made, "/data/raising/contacts/0/mail") ==
          "is not known here: did you mean \"email\"?");
}

TEST_CASE("what is missing around the data is named too") {
    const auto made = translate(R"({"specversion":"0.3","type":"stageclock.case.resolved"})");
    CHECK(problem_at(made, "/specversion") == "must be \"1.0\"");
    CHECK(problem_at(made, "/id") == "is missing");
    CHECK(problem_at(made, "/source") == "is missing");
    CHECK(problem_at(made, "/type").find("did you mean \"stageclock.case.resolve\"?") !=
          std::string::npos);
    CHECK(problem_at(translate(event("resolve", "{" + by + "}", "")), "/subject") == "is missing");
    CHECK(problem_at(translate(event("resolve", "{" + by + "}", R"("subject":"../x",)")),
                     "/subject").starts_with("must be the reference"));
    CHECK(problem_at(translate(event("raise", "{}")), "/subject").starts_with("a raise has none"));
    CHECK(problem_at(translate(event("resolve", "{}")), "/data/by") == "is missing");
    CHECK(problem_at(translate(event("resolve", "7")), "/data") ==
          "must be an object, not a number");
    CHECK(problem_at(translate("[]"), "") == "must be an object, not a list");
    CHECK(problem_at(translate("null"), "") == "must be an object, not null");
}

TEST_CASE("extension attributes are taken, misplaced fields are not") {
    const std::string data = "{" + by + "}";
    const std::string subject = R"("subject":"CSCP-2026-0042",)";
    CHECK(translate(event("withdraw", data, subject + R"("traceparent":"00-ab","n":1,)")).update);
    CHECK(!translate(event("withdraw", data, subject + R"("Data":{},)")).update);
    CHECK(!translate(event("withdraw", data, subject + R"("text":{"a":1},)")).update);
    CHECK(!translate(event("withdraw", data, subject + R"("data_base64":"e30=",)")).update);
    CHECK(!translate(event("withdraw", data, subject + R"("datacontenttype":"text/xml",)")).update);
}

TEST_CASE("a time must be a time") {
    const std::string text = event("withdraw", "{" + by + "}",
                                   R"("subject":"CSCP-2026-0042",)");
    std::string yesterday = text;
    yesterday.replace(yesterday.find("2026-05-22T16:30:00+01:00"), 25, "yesterday");
    CHECK(problem_at(translate(yesterday), "/time").starts_with("must be a time"));
    CHECK(problem_at(translate(event("set-deadline", "{" + by + R"(,"deadline":"soon"})")),
                     "/data/deadline").starts_with("must be a time"));
}

TEST_CASE("overlong, controlling and two-line texts are refused") {
    const auto with_name = [](const std::string& name) {
        return translate(event("withdraw", R"({"by":{"name":")" + name +
                                               R"(","email":"a@example.org"}})"));
    };
    CHECK(problem_at(with_name(std::string(201, 'n')), "/data/by/name") ==
          "longer than 200 bytes of UTF-8");
    CHECK(with_name(std::string(200, 'n')).update);
    CHECK(!with_name(R"(a\r\nBcc: b@example.org)").update);
    CHECK(!with_name(R"(a\u0000b)").update);
    CHECK(!with_name(R"(a\u0085b)").update);
    CHECK(problem_at(with_name("   "), "/data/by/name") == "is empty");
    const std::string text(20001, 't');
    CHECK(!translate(event("withdraw", "{" + by + ",\"text\":\"" + text + "\"}")).update);
    CHECK(translate(event("withdraw", "{" + by + R"(,"text":"two\nlines"})")).update);
    CHECK(!translate(event("withdraw", "{" + by + R"(,"text":"bell\u0007"})")).update);
}

TEST_CASE("unreadable JSON is answered by line and column, and its content is not said back") {
    const auto made = translate("{\n \"a\": secretname\n}");
    CHECK(made.status == 400);
    REQUIRE(made.problems.size() == 1);
    CHECK(made.problems[0].detail == "not valid JSON in UTF-8 at line 2, column 7");
    CHECK(translate("").status == 400);
    CHECK(translate("{\"a\":1} x").status == 400);
    CHECK(translate("{\"a\":NaN}").status == 400);
    CHECK(translate("{\"a\":1e999}").status == 400);
    CHECK(translate("{\"a\":\"\xff\"}").status == 400);
    CHECK(translate("{\"a\":\"\xed\xa0\x80\"}").status == 400);  // a lone surrogate
}

TEST_CASE("a key written twice is refused where it stands") {
    const auto made = translate(R"({"data":{"list":[{"x":1},{"y":1,"y":2}]}})");
    CHECK(made.status == 400);
    CHECK(problem_at(made, "/data/list/1/y") == "this key is written twice");
}

TEST_CASE("nesting deeper than 32 levels and floods of values are refused") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(front::parse_json(nested(32)));
    CHECK(!front::parse_json(nested(33)));
    CHECK(!front::parse_json(std::string(200000, '[')));
    std::string flood = "[0";
    for (int i = 0; i < 5000; ++i) flood += ",0";
    CHECK(!front::parse_json(flood + "]"));
}

TEST_CASE("keys are escaped in pointers") {
    CHECK(front::pointer_step("a/b~c") == "/a~1b~0c");
}

TEST_CASE("in binary form the attributes are headers and the body is the data") {
    const std::vector<front::Header> headers{
        {"ce-specversion", "1.0"},       {"ce-id", "e-9"},
        {"ce-source", "/cms"},           {"ce-type", "stageclock.case.resolve"},
        {"ce-subject", "CSCP-2026-0042"}, {"content-type", "application/json"}};
    const auto made = front::translate_binary(headers, "{" + by + R"(,"text":"agreed"})");
    REQUIRE(made.update);
    CHECK(made.update->id == "e-9");
    CHECK(made.update->kind == UpdateKind::resolve);
    CHECK(made.update->text == "agreed");
    auto twice = headers;
    twice.push_back({"ce-id", "e-10"});
    CHECK(!front::translate_binary(twice, "{" + by + "}").update);
    const auto wrong = front::translate_binary(headers, R"({"by":1})");
    CHECK(problem_at(wrong, "/data/by") == "must be an object, not a number");
    CHECK(front::translate_binary(headers, "{").status == 400);
}

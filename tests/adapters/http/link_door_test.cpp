// SPDX-License-Identifier: MIT
//
// The pages behind the links in our mails: what a link shows, and that only a person acts on it.
#include <doctest/doctest.h>

#include "adapters/http/http_front.h"
#include "tests/adapters/http/fake_desk.h"
#include "tests/support/plain_seal.h"

using namespace stageclock;
using front::Header;
using front::Request;
using front::Response;

namespace {

constexpr std::int64_t known = 7;

// One notice and one claim under the same number.
class FakeLinks final : public Links {
public:
    FakeLinks() {
        shown.ref = "CSCP-2026-0001";
        shown.board = "Camden";
        shown.stage = "Stage 2: Managers";
        shown.deadline = "Thursday 24 December 2026 at 17:00";
        shown.ask = "Please speak <to each other>.";
        shown.capacity = "line manager of the receiving side";
        shown.choices = {{"acknowledged", "Acknowledge", "", "you have seen this", false},
                         {"resolved", "Resolved", "what was agreed", "every clock stops", true}};
        returned.ref = "CSCP-2026-0001";
        returned.title = "Monitoring Form";
        returned.capacity = "senior manager of the raising side";
        returned.lines = {{"Outcome", "A visit <on Monday>\nand a call"}};
        returned.may_resolve = true;
        claimed.board = "Camden";
        claimed.came = "Friday 5 June 2026 at 11:00";
        claimed.understood = {"You asked for: resolved"};
    }
    Result<ActionPage> action(std::int64_t notice) override {
        if (notice != known) return Error{Code::not_found, "", ""};
        return shown;
    }
    Result<Acted> act(std::int64_t notice, const Action& action) override {
        if (notice != known) return Error{Code::not_found, "", ""};
        actions.push_back(action);
        Acted acted = next;
        acted.page = shown;
        return acted;
    }
    Result<ClaimPage> claim(std::int64_t notice) override {
        if (notice != known) return Error{Code::not_found, "", ""};
        return claimed;
    }
    Result<ClaimAnswered> answer_claim(std::int64_t, bool yes) override {
        answers.push_back(yes);
        ClaimAnswered answered;
        answered.kind = yes ? ClaimAnswered::Kind::recorded : ClaimAnswered::Kind::dropped;
        answered.ref = "CSCP-2026-0001";
        return answered;
    }

    Result<FormPage> form(std::int64_t notice) override {
        if (notice != known) return Error{Code::not_found, "", ""};
        return returned;
    }
    Result<FormAnswered> answer_form(std::int64_t, FormChoice choice) override {
        choices.push_back(choice);
        FormAnswered answered;
        answered.kind = choice == FormChoice::wrong ? FormAnswered::Kind::dropped
                                                    : FormAnswered::Kind::recorded;
        answered.resolved = choice == FormChoice::resolve;
        answered.page.ref = "CSCP-2026-0001";
        return answered;
    }

    ActionPage shown;
    ClaimPage claimed;
    FormPage returned;
    std::vector<FormChoice> choices;
    Acted next;
    std::vector<Action> actions;
    std::vector<bool> answers;
};

struct House {
    FakeDesk desk;
    FakeLinks links;
    testing::PlainSeal seal;
    front::Routes routes{front_settings(), desk, {&links, &seal, nullptr, {}}};

    Response get(const std::string& path, const std::string& method = "GET") {
        return routes.answer({method, path, {}, ""});
    }
    Response post(const std::string& path, const std::string& body,
                  std::vector<Header> headers = {}) {
        headers.push_back({"content-type", "application/x-www-form-urlencoded"});
        const Request request{"POST", path, std::move(headers), body};
        if (auto refused = routes.admit(request)) return *refused;
        return routes.answer(request);
    }
    std::string token(const std::string& path) {
        const std::string body = get(path).body;
        const std::size_t at = body.find("name=\"token\" value=\"");
        REQUIRE(at != std::string::npos);
        return body.substr(at + 20, body.find('"', at + 20) - at - 20);
    }
};

bool holds(const Response& response, const std::string& text) {
    return response.body.find(text) != std::string::npos;
}

std::string value_of(const Response& response, const std::string& name) {
    for (const Header& header : response.headers) {
        if (header.name == name) return header.value;
    }
    return "";
}

}  // namespace

TEST_CASE("an action page shows what is asked, presets nothing and loads no script") {
    House house;
    const Response page = house.get("/a/l7");
    CHECK(page.status == 200);
    CHECK(holds(page, "Case CSCP-2026-0001"));
    CHECK(holds(page, "Thursday 24 December 2026 at 17:00"));
    CHECK(holds(page, "Please speak &lt;to each other&gt;."));
    CHECK(holds(page, "It will be recorded for you as the line manager of the receiving side."));
    CHECK(holds(page, "Needs your words below: what was agreed."));
    CHECK(holds(page, "call 999"));
    CHECK_FALSE(holds(page, " checked"));
    CHECK_FALSE(holds(page, "<script"));
    CHECK_FALSE(holds(page, "href=\"/cases\""));
    CHECK(value_of(page, "Referrer-Policy") == "no-referrer");
    CHECK(value_of(page, "Cache-Control") == "no-store");
    CHECK(value_of(page, "X-Robots-Tag") == "noindex");
    CHECK(value_of(page, "Content-Security-Policy").starts_with("default-src 'none'"));
    CHECK(house.get("/a/l7", "HEAD").status == 200);
    CHECK(house.links.actions.empty());
}

TEST_CASE("a changed link, one for another purpose and one to nothing are a page in words") {
    House house;
    for (const char* path : {"/a/", "/a/l", "/a/c7", "/a/l8", "/a/l7x", "/c/l7", "/c/c8"}) {
        const Response page = house.get(path);
        CHECK(page.status == 404);
        CHECK(holds(page, "This link does not work"));
        CHECK(house.post(path, "choice=resolved").status == 404);
    }
    CHECK_FALSE(house.desk.refusals().empty());
}

TEST_CASE("a form acts once it has a choice, and hands on what was written") {
    House house;
    house.links.next.kind = Acted::Kind::recorded;
    house.links.next.choice = "Resolved";
    house.links.next.open = false;
    house.links.next.at = house.desk.now();
    const std::string token = house.token("/a/l7");
    const Response page =
        house.post("/a/l7", "token=" + token + "&choice=resolved&text=A%0D%0Avisit+%C3%A9");
    CHECK(page.status == 200);
    CHECK(holds(page, "<strong>Resolved</strong>"));
    CHECK(holds(page, "The case is closed"));
    REQUIRE(house.links.actions.size() == 1);
    CHECK(house.links.actions.front().choice == "resolved");
    CHECK(house.links.actions.front().text == "A\nvisit \xC3\xA9");
    CHECK(house.links.actions.front().form == token);
}

TEST_CASE("whatever is not a whole form of ours changes nothing") {
    House house;
    const std::string token = house.token("/a/l7");
    CHECK(house.post("/a/l7", "").status == 403);
    CHECK(house.post("/a/l7", "choice=resolved&text=x").status == 403);
    CHECK(house.post("/a/l7", "token=1.2.3&choice=resolved&text=x").status == 403);
    CHECK(house.post("/a/l7", "token=..&choice=resolved&text=x").status == 403);
    CHECK(house.post("/a/l7", "token=" + house.token("/c/c7") + "&choice=resolved&text=x").status ==
          403);
    CHECK(house
              .post("/a/l7", "token=" + token + "&choice=resolved&text=x",
                    {{"sec-fetch-site", "cross-site"}})
              .status == 403);
    const Response unset = house.post("/a/l7", "token=" + token + "&text=%3Cb%3E");
    CHECK(unset.status == 422);
    CHECK(holds(unset, "role=\"alert\""));
    CHECK(holds(unset, "<a href=\"#choices\">Choose what should be recorded.</a>"));
    CHECK(holds(unset, "&lt;b&gt;</textarea>"));
    const Response control = house.post("/a/l7", "token=" + token + "&choice=resolved&text=a%00b");
    CHECK(control.status == 422);
    CHECK_FALSE(holds(control, std::string("a\0b", 3)));
    const Response long_text =
        house.post("/a/l7", "token=" + token + "&choice=resolved&text=" + std::string(20001, 'x'));
    CHECK(long_text.status == 422);
    const Request json{"POST", "/a/l7", {{"content-type", "application/json"}}, "{}"};
    CHECK(house.routes.admit(json)->status == 415);
    CHECK(house.links.actions.empty());
}

TEST_CASE("a form is good for a day, and for its own link only") {
    House house;
    const std::string token = house.token("/a/l7");
    house.desk.present = house.desk.now() + std::chrono::hours(24) + std::chrono::seconds(1);
    CHECK(house.post("/a/l7", "token=" + token + "&choice=resolved&text=x").status == 403);
    house.desk.present = house.desk.now() - std::chrono::hours(25);
    CHECK(house.post("/a/l7", "token=" + token + "&choice=resolved&text=x").status == 403);
    CHECK(house.links.actions.empty());
}

TEST_CASE("what the rules refuse is said with the form, and the words are kept") {
    House house;
    house.links.next.kind = Acted::Kind::refused;
    house.links.next.refusal = "This is the last stage.";
    house.links.next.clauses = {"A-1", "A-2"};
    const std::string body = "token=" + house.token("/a/l7") + "&choice=resolved&text=Mine";
    const Response refused = house.post("/a/l7", body);
    CHECK(refused.status == 422);
    CHECK(holds(refused, "This is the last stage. (A-1, A-2)"));
    CHECK(holds(refused, "Mine</textarea>"));
    CHECK(holds(refused, "value=\"resolved\" checked"));
    house.links.next.kind = Acted::Kind::conflict;
    CHECK(house.post("/a/l7", body).status == 409);
    house.links.next.kind = Acted::Kind::unavailable;
    CHECK(house.post("/a/l7", body).status == 503);
    house.links.shown.over = "This case was resolved.";
    house.links.next.kind = Acted::Kind::over;
    CHECK(house.post("/a/l7", body).status == 410);
    CHECK(house.get("/a/l7").status == 410);
    CHECK(holds(house.get("/a/l7"), "This case was resolved."));
}

TEST_CASE("a claim is answered by a choice, never by a look") {
    House house;
    const Response page = house.get("/c/c7");
    CHECK(page.status == 200);
    CHECK(holds(page, "You asked for: resolved"));
    CHECK_FALSE(holds(page, " checked"));
    const std::string token = house.token("/c/c7");
    CHECK(house.post("/c/c7", "token=" + token).status == 422);
    CHECK(house.post("/c/c7", "token=" + token + "&choice=maybe").status == 422);
    CHECK(house.post("/c/c7", "choice=yes").status == 403);
    CHECK(house.links.answers.empty());
    CHECK(house.post("/c/c7", "token=" + token + "&choice=yes").status == 200);
    CHECK(house.post("/c/c7", "token=" + token + "&choice=no").status == 200);
    CHECK(house.links.answers == std::vector<bool>{true, false});
}

TEST_CASE("what was read in a form is shown, and recorded by a choice, never by a look") {
    House house;
    const Response page = house.get("/f/k7");
    CHECK(page.status == 200);
    CHECK(holds(page, "A visit &lt;on Monday&gt;\nand a call"));
    CHECK_FALSE(holds(page, " checked"));
    CHECK(house.get("/f/c7").status == 404);
    CHECK(house.get("/f/k8").status == 404);
    const std::string token = house.token("/f/k7");
    CHECK(house.post("/f/k7", "token=" + token).status == 422);
    CHECK(house.post("/f/k7", "choice=record").status == 403);
    CHECK(house.post("/f/k7", "token=" + house.token("/c/c7") + "&choice=record").status == 403);
    CHECK(house.links.choices.empty());
    CHECK(house.post("/f/k7", "token=" + token + "&choice=record").status == 200);
    CHECK(house.post("/f/k7", "token=" + token + "&choice=resolve").status == 200);
    CHECK(house.post("/f/k7", "token=" + token + "&choice=wrong").status == 200);
    CHECK(house.links.choices == std::vector<FormChoice>{FormChoice::record, FormChoice::resolve,
                                                         FormChoice::wrong});
}

TEST_CASE("a form that lacks something can only be sent again") {
    House house;
    house.links.returned.missing = {{"Outcome", "is to be filled in and is empty"}};
    house.links.returned.may_resolve = false;
    const Response page = house.get("/f/k7");
    CHECK(holds(page, "Outcome is to be filled in and is empty"));
    CHECK_FALSE(holds(page, "value=\"record\""));
    CHECK_FALSE(holds(page, "value=\"resolve\""));
    CHECK(holds(page, "value=\"wrong\""));
}

TEST_CASE("a front without links has no such pages") {
    FakeDesk desk;
    front::Routes routes{front_settings(), desk};
    CHECK(routes.answer({"GET", "/a/l7", {}, ""}).status == 404);
}

// SPDX-License-Identifier: MIT
//
// What may be read, by whom, and how it is protected.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/http/html.h"
#include "adapters/http/http_front.h"
#include "adapters/registry.h"
#include "adapters/support/crypto.h"
#include "tests/adapters/http/fake_desk.h"
#include "tests/adapters/http/raw_client.h"

using namespace stageclock;
using front::Header;
using front::Request;
using front::Response;

namespace {

struct House {
    FakeDesk desk;
    front::Routes routes{front_settings(), desk};

    Response get(const std::string& path, const std::string& token = "") {
        Request request{"GET", path, {}, ""};
        if (!token.empty()) request.headers.push_back({"authorization", "Bearer " + token});
        return routes.answer(request);
    }
    Response post(const std::string& body, const std::string& type, std::vector<Header> headers) {
        headers.push_back({"content-type", type});
        const Request request{"POST", "/sandbox/clock", std::move(headers), body};
        if (auto refused = routes.admit(request)) return *refused;
        return routes.answer(request);
    }
    std::string form_token() {
        const std::string body = get("/").body;
        const std::size_t at = body.find("name=\"token\" value=\"");
        REQUIRE(at != std::string::npos);
        return body.substr(at + 20, 32);
    }
};

const Header as_operator{"authorization", std::string("Bearer ") + operator_token};
constexpr const char* as_form = "application/x-www-form-urlencoded";

std::string basic(const std::string& user, const std::string& password) {
    return "Basic " + crypto::base64_encode(user + ":" + password);
}

std::string value_of(const Response& response, const std::string& name) {
    for (const Header& header : response.headers) {
        if (header.name == name) return header.value;
    }
    return "";
}

bool holds(const Response& response, const std::string& text) {
    return response.body.find(text) != std::string::npos;
}

const std::vector<std::string> guarded{"/cases",          "/cases/CSCP-2026-0042",
                                       "/outbox",         "/outbox/3",
                                       "/outbox/3/html",  "/outbox/3/raw",
                                       "/refusals",       "/outbox/3/attachments/0"};

}  // namespace

TEST_CASE("pages need an operator's token; the start page, the style sheet and probes do not") {
    House house;
    for (const std::string& path : guarded) {
        CAPTURE(path);
        const Response asked = house.get(path);
        CHECK(asked.status == 401);
        CHECK(value_of(asked, "WWW-Authenticate").starts_with("Basic"));
        CHECK(house.get(path, "wrong").status == 401);
        CHECK(house.get(path, reader_token).status == 403);
        CHECK(house.get(path, officer_token).status == 403);
        CHECK(house.get(path, operator_token).status == 200);
    }
    for (const char* path : {"/", "/style.css", "/healthz", "/readyz"}) {
        CHECK(house.get(path).status == 200);
    }
}

TEST_CASE("a browser may give the token as password, with any user name") {
    House house;
    const auto status = [&](const std::string& value) {
        return house.routes.answer({"GET", "/cases", {{"authorization", value}}, ""}).status;
    };
    CHECK(status(basic("", operator_token)) == 200);
    CHECK(status(basic("anybody", operator_token)) == 200);
    CHECK(status("bAsIc " + basic("x", operator_token).substr(6)) == 200);
    CHECK(status(basic(operator_token, "")) == 401);
    CHECK(status("Basic " + crypto::base64_encode(operator_token)) == 401);
    CHECK(status("Basic !!!") == 401);
    CHECK(status("") == 401);
    CHECK(status(basic("x", "")) == 401);
}

TEST_CASE("every answer is protected, pages by a policy that loads the style sheet only") {
    House house;
    for (std::string path : {"/", "/cases", "/outbox", "/refusals", "/nothing", "/api/v1/cases"}) {
        CAPTURE(path);
        const Response response = house.get(path, operator_token);
        CHECK(value_of(response, "X-Content-Type-Options") == "nosniff");
        CHECK(value_of(response, "Cache-Control") == "no-store");
        CHECK(value_of(response, "Referrer-Policy") == "no-referrer");
        const std::string policy = value_of(response, "Content-Security-Policy");
        CHECK(policy.starts_with("default-src 'none'"));
        CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
        CHECK(policy.find("unsafe") == std::string::npos);
        CHECK(!holds(response, "<script"));
        CHECK(!holds(response, " style="));
    }
}

TEST_CASE("pages have a language, a title, one first heading and scoped table headers") {
    House house;
    for (std::string path : {"/", "/cases", "/cases/CSCP-2026-0042", "/outbox", "/outbox/3"}) {
        CAPTURE(path);
        const std::string body = house.get(path, operator_token).body;
        CHECK(body.find("<html lang=\"en-GB\">") != std::string::npos);
        CHECK(body.find("<title>") != std::string::npos);
        CHECK(body.find("<h1>") == body.rfind("<h1>"));
        CHECK(body.find("<th>") == std::string::npos);
        CHECK(body.find("<main") != std::string::npos);
    }
}

TEST_CASE("names are escaped wherever they stand") {
    House house;
    const Response page = house.get("/cases/CSCP-2026-0042", operator_token);
    CHECK(holds(page, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
    front::Html html;
    html.text("<a href=\"x\">&'");
    CHECK(html.str() == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
}

TEST_CASE("the case page shows what is owed, since when, how it was counted, and what failed") {
    House house;
    const Response page = house.get("/cases/CSCP-2026-0042", operator_token);
    for (const char* text : {"Due Friday 5 June 2026 at 17:00", "overdue", "working day 5",
                             "Saturday 30 May 2026", "CAMDEN-28", "Not everybody could be reached",
                             "named safeguarding lead of Camden Housing", "999",
                             "discussed by telephone"}) {
        CAPTURE(text);
        CHECK(holds(page, text));
    }
}

TEST_CASE("open cases come with the overdue first") {
    House house;
    const std::string body = house.get("/cases", operator_token).body;
    const std::size_t overdue = body.find("CSCP-2026-0042");
    REQUIRE(overdue != std::string::npos);
    CHECK(overdue < body.find("NSSB-2026-0007"));
}

TEST_CASE("the outbox is newest first, and a message can be seen as it was sent") {
    House house;
    const std::string body = house.get("/outbox", operator_token).body;
    CHECK(body.find("/outbox/5") < body.find("/outbox/4"));
    const Response page = house.get("/outbox/3", operator_token);
    CHECK(holds(page, "Resolve it with the other side"));
    CHECK(holds(page, "<iframe sandbox "));
    CHECK(value_of(page, "Content-Security-Policy").find("frame-src 'self'") != std::string::npos);
    const Response html = house.get("/outbox/3/html", operator_token);
    CHECK(value_of(html, "Content-Security-Policy").ends_with("sandbox"));
    const Response raw = house.get("/outbox/3/raw", operator_token);
    CHECK(raw.content_type == "message/rfc822");
    CHECK(raw.body == house.desk.messages[3]);
    const Response pdf = house.get("/outbox/3/attachments/0", operator_token);
    CHECK(pdf.content_type == "application/pdf");
    CHECK(pdf.body == "%PDF-1.7\n");
    CHECK(value_of(pdf, "Content-Disposition") ==
          "attachment; filename=\"escalation_record.pdf\"");
}

TEST_CASE("a chat message is shown as text, and never as markup") {
    House house;
    CHECK(holds(house.get("/outbox/2", operator_token), "&lt;b&gt;Case CSCP-2026-0042&lt;/b&gt;"));
    CHECK(house.get("/outbox/2/html", operator_token).status == 404);
    CHECK(house.get("/outbox/2/raw", operator_token).content_type.starts_with("text/plain"));
}

TEST_CASE("what was not sent says so, and what does not exist is not found") {
    House house;
    CHECK(holds(house.get("/outbox/5", operator_token), "Nothing was sent so far"));
    for (const char* path : {"/outbox/99", "/outbox/x", "/outbox/3/", "/outbox/3/attachments/1",
                             "/outbox/3/attachments/", "/outbox/-3", "/outbox/99999999999999999999",
                             "/outbox/5/raw", "/cases/CSCP-2026-9999", "/outbox/3/other"}) {
        CAPTURE(path);
        CHECK(house.get(path, operator_token).status == 404);
    }
}

TEST_CASE("a token bound to a board sees that board and nothing of the others") {
    House house;
    CHECK(house.get("/cases/NSSB-2026-0007", north_token).status == 200);
    for (const char* path : {"/cases/CSCP-2026-0042", "/outbox/3", "/outbox/3/raw", "/refusals",
                             "/api/v1/cases/CSCP-2026-0042"}) {
        CAPTURE(path);
        const Response response = house.get(path, north_token);
        CHECK(response.status == 404);
        CHECK(!holds(response, "Canary"));
    }
    for (const char* path : {"/cases", "/outbox", "/api/v1/cases", "/api/v1/outbox"}) {
        CHECK(!holds(house.get(path, north_token), "CSCP-2026-0042"));
    }
}

TEST_CASE("the API gives a case whole to an officer, without people and free text to a reader") {
    House house;
    const Response whole = house.get("/api/v1/cases/CSCP-2026-0042", officer_token);
    CHECK(whole.status == 200);
    const auto json = nlohmann::json::parse(whole.body);
    CHECK(json["case"] == "CSCP-2026-0042");
    CHECK(json["subject"]["name"] == "Canary Childname");
    CHECK(json["raising"]["contacts"][0]["email"] == "alex@example.org");
    const auto& duty = json["duties"][0];
    CHECK(duty["state"] == "missed");
    CHECK(duty["deadline"]["due"] == "2026-06-05T16:00:00Z");
    CHECK(duty["deadline"]["days"][1]["why"] == "Saturday");
    CHECK(duty["deadline"]["days"][7]["counted"] == 5);
    CHECK(json["notices"].size() == 5);
    CHECK(json["notices"][3]["state"] == "failed");
    CHECK(json["notices"][0]["to"]["address"] == "officer@example.org");
    CHECK(json["notices"][1]["destination"] == "housing-duty");
    CHECK(json["failures"] == nlohmann::json::array({4}));
    CHECK(json["gaps"].size() == 1);
    const Response bare = house.get("/api/v1/cases/CSCP-2026-0042", reader_token);
    CHECK(bare.status == 200);
    for (const char* text : {"Canary", "alex@example.org", "officer@example.org", "Robin", "Alex",
                             "01632", "threshold", "joint visit", "telephone", "Free text",
                             "no such mailbox"}) {
        CAPTURE(text);
        CHECK(!holds(bare, text));
    }
    CHECK(nlohmann::json::parse(bare.body)["duties"][0]["deadline"]["days"].size() == 8);
}

TEST_CASE("the API lists cases and notices, and needs a token") {
    House house;
    const Response cases = house.get("/api/v1/cases", reader_token);
    CHECK(nlohmann::json::parse(cases.body)["cases"].size() == 2);
    const Response outbox = house.get("/api/v1/outbox", reader_token);
    CHECK(nlohmann::json::parse(outbox.body)["notices"][0]["id"] == 5);
    CHECK(!holds(outbox, "example.org"));
    CHECK(house.get("/api/v1/cases").status == 401);
    CHECK(house.get("/api/v1/other", reader_token).status == 404);
    CHECK(house.get("/api/v1/cases/", reader_token).status == 404);
    CHECK(house.get("/api/v1/cases/nothing", reader_token).status == 404);
}

TEST_CASE("the form moves the sandbox's clock and comes back to the start page") {
    House house;
    const Instant before = house.desk.now();
    const Response moved = house.post("by=5+working%20days&token=" + house.form_token(), as_form,
                                      {as_operator});
    CHECK(moved.status == 303);
    CHECK(value_of(moved, "Location") == "/");
    CHECK(house.desk.now() == before + std::chrono::days(7));
    const Response wrong =
        house.post("by=soon&token=" + house.form_token(), as_form, {as_operator});
    CHECK(wrong.status == 422);
    CHECK(holds(wrong, "role=\"alert\""));
}

TEST_CASE("a form made elsewhere does not move the clock") {
    House house;
    const Instant before = house.desk.now();
    const std::string good = "by=5+working+days&token=" + house.form_token();
    CHECK(house.post("by=5+working+days", as_form, {as_operator}).status == 403);
    CHECK(house.post("by=5+working+days&token=00", as_form, {as_operator}).status == 403);
    CHECK(house.post(good, as_form, {as_operator, {"sec-fetch-site", "cross-site"}}).status == 403);
    CHECK(house.post(good, as_form, {as_operator, {"sec-fetch-site", "same-site"}}).status == 403);
    CHECK(house.post(good, "text/plain", {as_operator}).status == 415);
    CHECK(house.post(good, as_form, {}).status == 401);
    CHECK(house.desk.now() == before);
}

TEST_CASE("the command line moves the clock with JSON and an operator's token") {
    House house;
    const auto move = [&](const std::string& body, const std::string& token) {
        return house.post(body, "application/json", {{"authorization", "Bearer " + token}});
    };
    const std::string body = R"({"by":"5 working days"})";
    CHECK(move(body, reader_token).status == 403);
    CHECK(move(body, "wrong").status == 401);
    const auto json = nlohmann::json::parse(move(body, operator_token).body);
    CHECK(json["now"] == "2026-06-16T08:05:00Z");
    CHECK(json["words"] == "Tuesday 16 June 2026 at 09:05");
    CHECK(move(R"({"by":"soon"})", operator_token).status == 422);
    CHECK(move(R"({"by":5})", operator_token).status == 422);
    CHECK(move("[]", operator_token).status == 422);
    CHECK(move("{", operator_token).status == 400);
    house.desk.movable = false;
    const Response live = move(body, operator_token);
    CHECK(live.status == 403);
    CHECK(holds(live, "The clock of a live daemon cannot be moved."));
}

TEST_CASE("a live daemon shows no clock and no band") {
    House house;
    house.desk.movable = false;
    CHECK(!holds(house.get("/"), "/sandbox/clock"));
    CHECK(!holds(house.get("/"), "Sandbox."));
    CHECK(house.post("by=1", as_form, {as_operator}).status == 403);
}

TEST_CASE("readiness follows the desk, methods and places are checked") {
    House house;
    house.desk.is_ready = false;
    CHECK(house.get("/readyz").status == 503);
    CHECK(house.get("/healthz").status == 200);
    CHECK(house.get("/hooks/v1/cms").status == 405);
    CHECK(house.get("/sandbox/clock").status == 405);
    CHECK(house.get("/hooks/v1/").status == 404);
    CHECK(house.routes.admit({"POST", "/outbox", {}, ""})->status == 405);
    CHECK(house.routes.admit({"POST", "/else", {}, ""})->status == 404);
}

TEST_CASE("the whole front answers over a socket, and an exception leaves a line and no text") {
    FakeDesk desk;
    desk.throws = true;
    const auto front = make_http_front(front_settings(), desk);
    REQUIRE(front->start());
    CHECK(status_of(ask(front->address(), "GET /healthz HTTP/1.1\r\n\r\n")) == 200);
    const std::string body =
        R"({"specversion":"1.0","id":"e","source":"s","type":"stageclock.case.withdraw",
        "subject":"CSCP-2026-0042","data":{"by":{"name":"A B","email":"a@example.org"}}})";
    const std::string answer = ask(
        front->address(), "POST /hooks/v1/cms HTTP/1.1\r\nContent-Type: application/json\r\n"
                          "Authorization: Bearer " + std::string(cms_bearer) +
                              "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
                              body);
    CHECK(status_of(answer) == 500);
    CHECK(answer.find("Robin") == std::string::npos);
    CHECK(desk.refusals().size() == 1);
    front->stop();
}

TEST_CASE("a token with an unknown role or without text stops the start") {
    FakeDesk desk;
    Settings settings = front_settings();
    settings.tokens.push_back({"odd", "king", "t", {}});
    CHECK(!make_http_front(settings, desk)->start());
    settings.tokens.back() = {"odd", "reader", "", {}};
    const Done refused = make_http_front(settings, desk)->start();
    REQUIRE(!refused);
    CHECK(refused.error().where == "token odd");
}

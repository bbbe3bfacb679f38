// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/notify/govuk/reports.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/contract/hook_server.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

const std::string token = "0123456789abcdef0123456789abcdef";

struct Heard final : ReportDesk {
    std::vector<DeliveryReport> reports;
    std::vector<std::string> refusals;
    bool full = false;

    bool take(const DeliveryReport& report) override {
        if (!full) reports.push_back(report);
        return !full;
    }
    void note_refusal(const std::string& why) override { refusals.push_back(why); }
};

NotifySettings service_at(const std::string& url) {
    NotifySettings settings;
    settings.api_key =
        "stageclock-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";
    settings.url = url;
    settings.callback_token = token;
    return settings;
}

Json notification(const std::string& status, const Json& reference = "n.seal@x.org") {
    return {{"id", "740e5834-3a29-46b4-9a6f-16142fde533a"},
            {"reference", reference},
            {"to", "zoe@example.org"},
            {"status", status},
            {"unknown", {1, 2}}};
}

front::Response call(Heard& heard, const std::string& body, const std::string& authorization) {
    front::Request request{"POST", "/notify/v1/callbacks", {}, body};
    if (!authorization.empty()) request.headers.push_back({"authorization", authorization});
    return govuk::make_callbacks(service_at(""), heard)->answer(request);
}

}  // namespace

TEST_CASE("govuk notify: a callback reports the end of a message") {
    Heard heard;
    const std::string proof = "Bearer " + token;
    CHECK(call(heard, notification("delivered").dump(), proof).status == 200);
    for (const char* failure : {"permanent-failure", "temporary-failure", "technical-failure"}) {
        CHECK(call(heard, notification(failure).dump(), proof).status == 200);
        CHECK(heard.reports.back().said == failure);
        CHECK_FALSE(heard.reports.back().delivered);
    }
    REQUIRE(heard.reports.size() == 4);
    CHECK(heard.reports.front().delivered);
    CHECK(heard.reports.front().id == "<n.seal@x.org>");
    for (const Json& nothing : {notification("sending"), notification("delivered", nullptr),
                                Json{{"status", 7}}, Json::object()}) {
        CHECK(call(heard, nothing.dump(), proof).status == 200);
    }
    CHECK(heard.reports.size() == 4);
    CHECK(call(heard, "[]", proof).status == 400);
    heard.full = true;
    CHECK(call(heard, notification("delivered").dump(), proof).status == 503);
}

TEST_CASE("govuk notify: a callback without the token is refused and noted") {
    Heard heard;
    const std::string body = notification("permanent-failure").dump();
    const std::vector<std::string> forged{
        "",   "Bearer ", "Bearer " + token + "0", "Bearer " + token.substr(1), "bearer-" + token,
        token};
    for (const std::string& proof : forged) CHECK(call(heard, body, proof).status == 401);
    CHECK(heard.reports.empty());
    CHECK(heard.refusals.size() == forged.size());
}

TEST_CASE("govuk notify: asked, it tells page by page and begins anew after the last") {
    HookServer server;
    Heard heard;
    const auto reports = govuk::make_reports(service_at(server.url("")), impatient());
    Json page{{"notifications", Json::array()}};
    for (int i = 0; i < 250; ++i) page["notifications"].push_back(notification("delivered"));
    server.answer(200, page.dump());
    REQUIRE(reports->ask(heard));
    CHECK(server.last_target() == "/v2/notifications");
    CHECK(server.last_header("Authorization").starts_with("Bearer ey"));
    CHECK(heard.reports.size() == 250);
    page["notifications"] = Json::array(
        {notification("permanent-failure"), notification("created"), 7, Json::object()});
    server.answer(200, page.dump());
    REQUIRE(reports->ask(heard));
    CHECK(server.last_target() ==
          "/v2/notifications?older_than=740e5834-3a29-46b4-9a6f-16142fde533a");
    CHECK(heard.reports.size() == 251);
    REQUIRE(reports->ask(heard));
    CHECK(server.last_target() == "/v2/notifications");
    for (const auto& [status, body] :
         {std::pair(403, "{}"), std::pair(200, "no JSON"), std::pair(200, "[1]")}) {
        server.answer(status, body);
        const auto asked = reports->ask(heard);
        REQUIRE_FALSE(asked);
        CHECK(asked.error().code == Code::unavailable);
    }
}

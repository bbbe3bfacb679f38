// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "adapters/notify/teams/activity.h"
#include "adapters/notify/teams/outgoing_webhook.h"
#include "adapters/support/crypto.h"
#include "tests/adapters/notify/teams_fixtures.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

const std::string secret = "c2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXMsIGhlcmUh";

struct House {
    Settings settings;
    FakeChatDesk desk;
    FakePlaces places;
    testing::FakeClock clock{*parse_rfc3339("2026-12-23T09:00:00Z")};
    ChatAppSettings app;
    notify::Doors doors;

    explicit House(const std::string& shared = secret) {
        app.id = "camden-team";
        app.channel = "teams-webhook";
        app.secret = shared;
        app.boards = {"camden"};
        teams::open_outgoing_webhook({app, settings, desk, places, clock, {}}, doors);
    }
    front::Response post(const std::string& body, const std::string& authorization) {
        front::Request request{"POST", "/chat/v1/camden-team", {}, body};
        if (!authorization.empty()) request.headers = {{"authorization", authorization}};
        return doors.front()->answer(request);
    }
    front::Response signed_post(const std::string& body) {
        const auto key = crypto::base64_decode(secret);
        return post(body, "HMAC " + crypto::base64_encode(crypto::hmac_sha256(*key, body)));
    }
};

// Made with: openssl dgst -sha256 -hmac 'secret of thirty-two bytes, here!' -binary | base64
const std::string body = R"({"type":"message","from":{"id":"29:a"},"text":"list","id":"1"})";
const std::string right = "HMAC 4N6D1vkIfj9bDnnAxW4Izd3t2cm2u3WjnFLY8jfuPkM=";

}  // namespace

TEST_CASE("outgoing webhook: what is signed with the secret is heard and answered") {
    House house;
    CHECK(house.doors.front()->path() == "/chat/v1/camden-team");
    const auto answer = house.post(body, right);
    CHECK(answer.status == 200);
    const auto message = Json::parse(answer.body);
    CHECK(message["type"] == "message");
    CHECK(message["text"] == "One open case asks something of you.");
    REQUIRE(house.desk.heard.size() == 1);
    const Said said = house.desk.heard.front();
    CHECK(said.text == "list");
    CHECK(said.who.channel == "teams-webhook");
    CHECK(said.who.account == "29:a");
    CHECK(said.who.address.empty());
    CHECK(said.who.boards == std::vector<std::string>{"camden"});
    house.post(body, right);
    CHECK(house.desk.heard.back().id == said.id);
}

TEST_CASE("outgoing webhook: without the right signature nothing is heard") {
    House house;
    for (const std::string& given :
         {std::string(), std::string("HMAC"), std::string("HMAC "), "hmac" + right.substr(4),
          right.substr(5), "Bearer " + right.substr(5), right.substr(0, right.size() - 1),
          "HMAC AAAA" + right.substr(9), right + "="}) {
        CAPTURE(given);
        CHECK(house.post(body, given).status == 401);
    }
    CHECK(house.post(body + " ", right).status == 401);
    House other("bm90IHRoaXMgb25l");
    CHECK(other.post(body, right).status == 401);
    for (const std::string unusable : {"", "!", "not base64 at all"}) {
        House without(unusable);
        CHECK(without.post(body, right).status == 401);
    }
    CHECK(house.desk.heard.empty());
    CHECK(house.desk.refusals.size() == 10);
}

TEST_CASE("outgoing webhook: a signed message counts for five minutes, either way") {
    House house;
    const auto dated = [&](const char* at) {
        Json json = Json::parse(body);
        json["timestamp"] = at;
        return house.signed_post(json.dump()).status;
    };
    CHECK(dated("2026-12-23T08:55:00.5Z") == 200);
    CHECK(dated("2026-12-23T09:05:00Z") == 200);
    CHECK(dated("2026-12-23T08:54:59Z") == 401);
    CHECK(dated("2026-12-23T09:05:01Z") == 401);
    CHECK(dated("yesterday") == 401);
    CHECK(house.desk.heard.size() == 2);
}

TEST_CASE("outgoing webhook: the answer to a team has the cases and no link that acts") {
    House house;
    ChatCase one;
    one.ref = "CSCP-2026-0042";
    one.stage = "Stage 2: Discussion";
    one.deadline = "Thursday 24 December 2026 at 17:00";
    one.passed = true;
    one.status = "open";
    one.page = "https://stageclock.example.org/a/1-seal";
    house.desk.reply.cases = {one};
    const auto text = Json::parse(house.post(body, right).body)["text"].get<std::string>();
    CHECK(text ==
          "One open case asks something of you.\n"
          "CSCP-2026-0042: Stage 2: Discussion; due Thursday 24 December 2026 at 17:00 (passed)");
}

TEST_CASE("outgoing webhook: what cannot be read is refused, whoever signed it") {
    House house;
    for (const std::string unreadable : {"", "{", "[]", "{}", "{\"from\":1}"}) {
        CHECK(house.signed_post(unreadable).status == 400);
    }
    CHECK(house.desk.heard.empty());
}

TEST_CASE("activity: mention and markup are gone, and what people write stays") {
    using teams::said_in;
    CHECK(said_in("<at>Test Bot</at> list") == "list");
    CHECK(said_in("<at id=\"0\">Stageclock</at>&nbsp;show CSCP-2026-0042\n") ==
          "show CSCP-2026-0042");
    CHECK(said_in("<p>ack&nbsp;CSCP-2026-0042</p>") == "ack CSCP-2026-0042");
    CHECK(said_in("resolve REF: 3 < 4 and R&D agreed") == "resolve REF: 3 < 4 and R&D agreed");
    CHECK(said_in("  list  ") == "list");
    CHECK(said_in("") == "");
}

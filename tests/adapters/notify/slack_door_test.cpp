// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/notify/slack/slack_door.h"
#include "adapters/notify/slack/slack_signature.h"
#include "adapters/support/http_client.h"
#include "tests/adapters/notify/chat_fakes.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/contract/hook_server.h"
#include "tests/support/fake_clock.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

constexpr const char* form_type = "application/x-www-form-urlencoded";

// Slack's own example.
constexpr const char* secret = "8f742231b10e8888abcd99yyyzzz85a5";

struct Office {
    FakePlaces places;
    FakeChatDesk desk;
    testing::FakeClock clock{*parse_rfc3339("2026-12-23T09:00:00Z")};
    HookServer slack;
    Settings settings;
    ChatAppSettings app{"desk", "slack", slack.url("/api"), "xoxb", secret, "", "T1", {}, {}};
    notify::Doors doors;

    Office() {
        slack.answer(200, R"({"ok":true,"user":{"id":"U1","team_id":"T1",
                              "profile":{"email":"zoe@example.org"}}})");
        stageclock::slack::open({app, settings, desk, places, clock, impatient()}, doors);
    }

    front::Request request(const std::string& type, const std::string& body,
                           std::chrono::seconds late = {}) const {
        auto call = a_call(type, body);
        const auto at = std::to_string((clock.now() - late).time_since_epoch().count());
        call.headers.push_back({"x-slack-request-timestamp", at});
        call.headers.push_back(
            {"x-slack-signature", stageclock::slack::signature(secret, at, body)});
        return call;
    }
    front::Response say(const std::string& body) {
        return doors.at(0)->answer(request(form_type, body));
    }
    front::Response press(const Json& payload) {
        return say("payload=" + http::encoded(payload.dump()));
    }
};

Json a_press(const std::string& response_url) {
    return Json::parse(R"({"type":"block_actions","user":{"id":"U1"},"channel":{"id":"C1"},
        "message":{"ts":"1503435956.000247","blocks":[
          {"type":"section","text":{"type":"plain_text","text":"Case"}},
          {"type":"input","element":{"type":"plain_text_input"}},
          {"type":"actions","elements":[{"type":"button","value":"seal"},
                                        {"type":"button","url":"https://a.example.org"}]}]},
        "state":{"values":{"b1":{"words":{"type":"plain_text_input","value":"A visit."}}}},
        "actions":[{"action_id":"act:resolved","value":"1c-seal","action_ts":"1.2"}],
        "response_url":")" +
                       response_url + "\"}");
}

}  // namespace

TEST_CASE("slack: the published signature, and no other form of it") {
    const std::string body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id="
        "G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-"
        "collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F3977"
        "00885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d1"
        "0d2c447fce8b6703c";
    CHECK(slack::signature(secret, "1531420618", body) ==
          "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
}

TEST_CASE("slack: forged, stale, future, doubled and missing proof is 401 and changes nothing") {
    Office office;
    auto& door = *office.doors.at(0);
    const std::string body = "command=/case&text=list&user_id=U1&trigger_id=1";
    const auto good = office.request(form_type, body);
    std::vector<front::Request> bad(6, good);
    bad[0].headers.pop_back();
    bad[1].headers[2].value[5] ^= 1;
    bad[2].body += "&text=escalate";
    bad[3].headers.push_back(bad[3].headers[2]);
    bad[4].headers[2].value.replace(0, 2, "v1");
    for (char& c : bad[5].headers[2].value) c = static_cast<char>(std::toupper(c));
    for (const int late : {301, -301, 86'400}) {
        bad.push_back(office.request(form_type, body, std::chrono::seconds(late)));
    }
    for (const char* time : {"", "1e9", " 1782205200", "-5", "99999999999999999999"}) {
        auto strange = a_call(form_type, body);
        strange.headers.push_back({"x-slack-request-timestamp", time});
        strange.headers.push_back({"x-slack-signature", slack::signature(secret, time, body)});
        bad.push_back(strange);
    }
    for (const auto& request : bad) {
        const auto answer = door.answer(request);
        CHECK(answer.status == 401);
        CHECK(answer.body == "{}");
    }
    CHECK(office.desk.refusals.size() == bad.size());
    CHECK(office.desk.heard.empty());
    CHECK(office.slack.calls() == 0);
    for (const int late : {0, 299, -299}) {
        CHECK(door.answer(office.request(form_type, body, std::chrono::seconds(late))).status ==
              200);
    }
}

TEST_CASE("slack: its own checks are answered") {
    Office office;
    const auto asked =
        office.request("application/json", R"({"type":"url_verification","challenge":"3eZbrw"})");
    CHECK(Json::parse(office.doors.at(0)->answer(asked).body)["challenge"] == "3eZbrw");
    CHECK(office.doors.at(0)->answer(a_call(form_type, "ssl_check=1&token=x")).status == 200);
    CHECK(office.say("hello=1").status == 400);
    CHECK(office.say("payload=" + std::string(100'000, '[')).status == 200);
    CHECK(office.desk.heard.empty());
}

TEST_CASE("slack: a slash command is heard once a trigger, by whom the workspace vouches for") {
    Office office;
    office.desk.reply.cases = {{"CSCP-2026-0042", "", "", false, false, "", "", "https://a/b"}};
    const auto answer = office.say(
        "command=%2Fcase&text=resolve+X-1%3A+a+%26amp%3B+b&user_id=U1&team_id=T1&trigger_id=7.8");
    REQUIRE(office.desk.heard.size() == 1);
    const Said said = office.desk.heard[0];
    CHECK(said.text == "resolve X-1: a & b");
    CHECK(said.id == "7.8");
    CHECK(said.who.channel == "slack");
    CHECK(said.who.account == "U1");
    CHECK(said.who.address == "zoe@example.org");
    const auto message = Json::parse(answer.body);
    CHECK(message["response_type"] == "ephemeral");
    CHECK(message["text"] == "One open case asks something of you.");
    CHECK(message["blocks"][1]["elements"][0]["url"] == "https://a/b");
    office.slack.answer(500);  // asked once a day
    office.say("command=/case&text=list&user_id=U1&trigger_id=8");
    CHECK(office.desk.heard[1].who.address == "zoe@example.org");
    CHECK(office.slack.calls() == 1);
}

TEST_CASE("slack: an address of another workspace, a robot or an ended account proves nothing") {
    for (const char* user :
         {R"("team_id":"T2")", R"("team_id":"T1","deleted":true)",
          R"("team_id":"T1","is_bot":true)", R"("team_id":"T1","is_stranger":true)",
          R"("team_id":"T1","is_email_confirmed":false)"}) {
        Office office;
        office.slack.answer(200, std::string(R"({"ok":true,"user":{"id":"U1",)") + user +
                                     R"(,"profile":{"email":"zoe@example.org"}}})");
        office.say("command=/case&text=list&user_id=U1&trigger_id=1");
        CHECK(office.desk.heard.at(0).who.address.empty());
    }
}

TEST_CASE("slack: a button acts once, and its message is replaced by what was recorded") {
    Office office;
    office.app.tenant.clear();
    office.desk.reply = {ChatReply::Kind::recorded, "Recorded: resolved.", {}, "post", {}};
    const auto payload = a_press("https://hooks.slack.com/actions/x");
    const auto answer = office.press(payload);
    CHECK(answer.status == 200);
    CHECK(answer.body.empty());
    office.press(payload);
    REQUIRE(office.desk.pressed.size() == 2);
    CHECK(office.desk.pressed[0].link == "1c-seal");
    CHECK(office.desk.pressed[0].choice == "resolved");
    CHECK(office.desk.pressed[0].text == "A visit.");
    CHECK(office.desk.pressed[0].id == office.desk.pressed[1].id);
    REQUIRE(comes_true([&] { return office.slack.last_target() == "/api/chat.update"; }));
    const auto update = Json::parse(office.slack.last_body());
    CHECK(update["channel"] == "C1");
    CHECK(update["ts"] == "1503435956.000247");
    REQUIRE(update["blocks"].size() == 3);
    CHECK(update["blocks"][1]["elements"].size() == 1);  // the link stays
    CHECK(update["blocks"][2]["text"]["text"] == "Recorded: resolved.");
    auto other = payload;
    other["state"]["values"]["b1"]["words"]["value"] = "Another visit.";
    office.press(other);
    CHECK(office.desk.pressed[2].id != office.desk.pressed[0].id);
    office.press(Json{{"type", "view_closed"}});
    CHECK(office.desk.pressed.size() == 3);
}

TEST_CASE("slack: a refused act is told to the one who pressed, at Slack's own address only") {
    Office office;
    office.desk.reply = {ChatReply::Kind::refused, "Nothing was recorded.", {}, "", {}};
    office.press(a_press(office.slack.url("/response")));
    REQUIRE(comes_true([&] { return office.slack.last_target() == "/response"; }));
    const auto told = Json::parse(office.slack.last_body());
    CHECK(told["response_type"] == "ephemeral");
    CHECK(told["replace_original"] == false);
    HookServer elsewhere;
    auto url = elsewhere.url("/response");
    url.replace(url.find("127.0.0.1"), 9, "localhost");
    const int before = office.slack.calls();
    office.press(a_press(url));
    office.doors.clear();  // whatever waits is called before the door is gone
    CHECK(elsewhere.calls() == 0);
    CHECK(office.slack.calls() == before);
}

// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/notify/mattermost/mattermost.h"
#include "adapters/notify/mattermost/mattermost_door.h"
#include "tests/adapters/notify/chat_fakes.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/contract/notifier_contract.h"
#include "tests/support/fake_clock.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

constexpr const char* form_type = "application/x-www-form-urlencoded";

FakeTemplates words() {
    FakeTemplates templates;
    templates.texts["mattermost/notice.json"] = R"({"text": "{{ask}}", "attachments": [
        {"actions": [{"name": "Acknowledge", "integration": {"context":
          {"link": "{{action_seal}}", "choice": "acknowledged"}}}]}]})";
    return templates;
}

const FakeTemplates templates = words();
FakePlaces places;
const ChatAppSettings app{"desk", "mattermost", "", "", "slash-token", "", "", {}, {}};

std::unique_ptr<Notifier> channel_of(Settings settings) {
    settings.public_url = "https://case.example.org";
    return mattermost::make({settings, templates, places, impatient()});
}

std::unique_ptr<Notifier> channel(const std::string& url) {
    return channel_of(one_chat("mattermost", url));
}

Rendered message_by(Notifier& notifier, const std::string& ask = "Please act.") {
    const auto notice = a_chat_notice();
    auto model = a_model();
    model["ask"] = ask;
    model["action_seal"] = "1c-seal";
    const auto rendered = notifier.render({notice, model, no_attachments});
    REQUIRE(rendered);
    return *rendered;
}

struct Office {
    FakeChatDesk desk;
    testing::FakeClock clock{*parse_rfc3339("2026-12-23T09:00:00Z")};
    Settings settings;
    notify::Doors doors;
    Office() { mattermost::open({app, settings, desk, places, clock, impatient()}, doors); }
    front::Response call(const std::string& type, const std::string& body) {
        return doors.at(0)->answer(a_call(type, body));
    }
};

}  // namespace

TEST_CASE("mattermost: the contract of a web hook channel") {
    const auto message = message_by(*channel("http://127.0.0.1:1/"));
    check_verdicts(channel, message);
    check_retry_after(channel, message);
    check_misbehaviour(channel, message);
    check_secrets(channel, message);
    check_hook_address(channel, message);
    check_connection_reuse(channel, message);
}

TEST_CASE("mattermost: taken is \"ok\" or a post, anything else is not its answer") {
    CHECK(mattermost::judge({200, "ok", {}}).outcome == Delivered::accepted);
    CHECK(mattermost::judge({201, R"({"id":"p1"})", {}}).outcome == Delivered::accepted);
    CHECK(mattermost::judge({200, "<html>Sign in</html>", {}}).outcome == Delivered::try_again);
    CHECK(mattermost::judge({501, "", {}}).outcome == Delivered::never);
    CHECK(mattermost::judge({400, "", {}}).to_mend);
}

TEST_CASE("mattermost: buttons carry our proof, and are left out where nobody takes them") {
    auto settings = one_chat("mattermost", "http://127.0.0.1:1/");
    const auto bare = Json::parse(message_by(*channel_of(settings)).bytes);
    CHECK_FALSE(bare["attachments"][0].contains("actions"));
    settings.chat_apps = {app};
    const auto armed = Json::parse(message_by(*channel_of(settings)).bytes);
    const auto& action = armed["attachments"][0]["actions"][0];
    CHECK(action["integration"]["url"] == "https://case.example.org/chat/v1/desk");
    CHECK(action["integration"]["context"]["token"] ==
          mattermost::button_token("slash-token", "1c-seal", "acknowledged"));
    CHECK(action["id"] == "act1");
}

TEST_CASE("mattermost: an app posts into a room by its number") {
    HookServer server;
    Settings settings;
    settings.chats = {{"camden-desk", "mattermost", "", "desk", "room1", ""}};
    settings.chat_apps = {{"desk", "mattermost", server.url("/api/v4"), "tok", "", "", "", {}, {}}};
    const auto notifier = channel_of(settings);
    server.answer(201, R"({"id":"p1"})");
    CHECK(notifier->deliver(message_by(*notifier)).outcome == Delivered::accepted);
    CHECK(server.last_target() == "/api/v4/posts");
    CHECK(server.last_header("Authorization") == "Bearer tok");
    const auto post = Json::parse(server.last_body());
    CHECK(post["channel_id"] == "room1");
    CHECK(post["message"] == "Please act.");
}

TEST_CASE("mattermost: no value is a mention, a link, a heading or a list") {
    CHECK(mattermost::escaped("[x](http://a.b) @channel *c*") ==
          "\\[x\\]\\(http:\xE2\x80\x8B//a\\.b\\) @\xE2\x80\x8B"
          "channel \\*c\\*");
    CHECK(mattermost::escaped("- one\n+ two\n# three") == "\\- one\n\\+ two\n\\# three");
    CHECK(mattermost::escaped("Thursday 24 December 2026 at 17:00") ==
          "Thursday 24 December 2026 at 17:00");
    CHECK(mattermost::escaped("CSCP-2026-0042: Stage 2.") == "CSCP-2026-0042: Stage 2.");
    const auto long_one = message_by(*channel("http://127.0.0.1:1/"), std::string(20'000, 'x'));
    CHECK(long_one.bytes.size() < 4'100);
    CHECK(long_one.bytes.find("cut here") != std::string::npos);
}

TEST_CASE("mattermost: calls without the right token are 401 and change nothing") {
    Office office;
    CHECK(office.call(form_type, "token=wrong&text=list&user_id=u1&trigger_id=1").status == 401);
    CHECK(office.call(form_type, "text=list&user_id=u1&trigger_id=1").status == 401);
    const auto press = [&](const std::string& token) {
        return office.call(
            "application/json",
            Json{{"user_id", "u1"},
                 {"post_id", "p1"},
                 {"context", {{"link", "1c-seal"}, {"choice", "escalated"}, {"token", token}}}}
                .dump());
    };
    // The proof of one button is none for another.
    for (const auto& token : {std::string(), std::string("slash-token"),
                              mattermost::button_token("slash-token", "1c-seal", "acknowledged")}) {
        CHECK(press(token).status == 401);
    }
    CHECK(office.call("application/json", std::string(200'000, '[')).status == 400);
    CHECK(office.call("application/json", "7").status == 401);
    CHECK(office.desk.refusals.size() == 7);
    CHECK(office.desk.pressed.empty());
    CHECK(office.desk.heard.empty());
}

TEST_CASE("mattermost: commands are heard, buttons act once and change their message") {
    Office office;
    office.desk.reply.text = "See *this*";
    const auto told = office.call(form_type, "token=slash-token&text=list&user_id=u1&trigger_id=9");
    CHECK(Json::parse(told.body)["response_type"] == "ephemeral");
    CHECK(Json::parse(told.body)["text"] == "See \\*this\\*");
    CHECK(office.desk.heard.at(0).id == "9");
    const auto token = mattermost::button_token("slash-token", "1c-seal", "acknowledged");
    const auto press =
        Json{{"user_id", "u1"},
             {"post_id", "p1"},
             {"context", {{"link", "1c-seal"}, {"choice", "acknowledged"}, {"token", token}}}}
            .dump();
    CHECK(Json::parse(office.call("application/json", press).body)["ephemeral_text"].is_string());
    office.desk.reply.kind = ChatReply::Kind::recorded;
    const auto done = Json::parse(office.call("application/json", press).body);
    CHECK(done["update"]["message"] == "See \\*this\\*");
    CHECK(done["update"]["props"].empty());
    CHECK(office.desk.pressed[0].id == office.desk.pressed[1].id);
    CHECK(office.desk.pressed[0].who.account == "u1");
}

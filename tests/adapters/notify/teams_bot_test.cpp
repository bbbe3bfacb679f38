// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "adapters/notify/teams/bot_channel.h"
#include "adapters/notify/teams/bot_door.h"
#include "adapters/notify/teams/connector.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/adapters/notify/teams_fixtures.h"
#include "tests/adapters/notify/teams_tokens.h"
#include "tests/contract/notifier_contract.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

constexpr const char* own_chat = "/v3/conversations/a%3Aown%3Bchat%3D1";
constexpr const char* member = "/v3/conversations/a%3Aown%3Bchat%3D1/members/29%3Arowan";

// The bot and its channel between a fake Microsoft and a fake desk.
struct House {
    FakeMicrosoft microsoft;
    FakeChatDesk desk;
    FakePlaces places;
    FakeTemplates templates;
    RsaKey key;
    testing::FakeClock clock{*parse_rfc3339("2026-12-23T09:00:00Z")};
    Settings settings;
    notify::Doors doors;
    std::unique_ptr<Notifier> channel;

    House() {
        ChatAppSettings app = a_bot();
        app.url = microsoft.url();
        settings.chat_apps = {app};
        settings.chats = {{"camden-desk", "teams-bot", "", app.id, "19:Desk@thread.tacv2", ""}};
        templates.texts["teams-bot/notice.json"] = templates.texts["teams/notice.json"];
        microsoft.publish(Json::array({key.jwk("k1", {"msteams"})}), Json::array());
        microsoft.answer(
            "GET " + std::string(member), 200,
            R"({"email":"Rowan@Council.example.org","userPrincipalName":"rr@example.org"})");
        open();
    }
    void open() {
        doors.clear();
        teams::open_bot({settings.chat_apps.front(), settings, desk, places, clock, impatient()},
                        doors);
        channel = teams::make_bot_channel({settings, templates, places, impatient()});
    }
    Json activity() const { return an_activity(microsoft.url()); }
    std::string proof() const {
        const long now = clock.now().time_since_epoch().count();
        return "Bearer " + key.signed_token({{"alg", "RS256"}, {"kid", "k1"}},
                                            {{"iss", "https://api.botframework.com"},
                                             {"aud", app_id},
                                             {"serviceurl", microsoft.url()},
                                             {"exp", now + 600}});
    }
    front::Response post(const Json& body) { return doors.front()->answer(call(body, proof())); }
    Json pressed() const {
        Json made = activity();
        made["type"] = "invoke";
        made["name"] = "adaptiveCard/action";
        made["value"]["action"] = {
            {"type", "Action.Execute"},
            {"verb", "resolved"},
            {"data", {{"link", "1-seal"}, {"words", "A visit was agreed."}}}};
        return made;
    }
    // What the channel makes of one notice, sent to `destination`.
    Delivery send(const std::string& destination) {
        Notice notice = a_chat_notice();
        notice.channel = "teams-bot";
        notice.destination = destination;
        const auto message = channel->render({notice, a_model(), no_attachments});
        REQUIRE(message);
        return channel->deliver(*message);
    }
    std::vector<std::string> connector_calls() const {
        std::vector<std::string> found;
        for (const std::string& each : microsoft.calls()) {
            if (each.find("/v3/") != std::string::npos) found.push_back(each);
        }
        return found;
    }
};

ChatReply recorded() {
    ChatReply reply{ChatReply::Kind::recorded,
                    "Recorded: resolved. [a](https://x.example.org)",
                    {},
                    "line manager of the receiving side",
                    {}};
    ChatCase one;
    one.ref = "CSCP-2026-0042";
    one.stage = "Stage 2";
    one.page = "https://stageclock.example.org/a/1-seal";
    reply.cases = {one};
    return reply;
}

}  // namespace

TEST_CASE("bot: a message is heard for its sender and answered in the same conversation") {
    House house;
    CHECK(house.doors.size() == 2);
    CHECK(house.doors.front()->path() == "/api/messages");
    CHECK(house.doors.back()->path() == "/chat/v1/camden-bot");
    CHECK(house.post(house.activity()).status == 200);
    REQUIRE(house.desk.heard.size() == 1);
    const Said said = house.desk.heard.front();
    CHECK(said.text == "list");
    CHECK(said.who.channel == "teams-bot");
    CHECK(said.who.account == an_account);
    CHECK(said.who.address == "rowan@council.example.org");
    CHECK(house.microsoft.calls().back() == "POST " + std::string(own_chat) + "/activities");
    CHECK(house.microsoft.last_authorization() == "Bearer token-1");
    const Json answer = Json::parse(house.microsoft.last_body());
    CHECK(answer["text"] == "One open case asks something of you.");
    CHECK(house.places.kept.contains("rowan@council.example.org"));
    CHECK(house.places.kept.contains("rr@example.org"));
    CHECK(house.post(house.activity()).status == 200);
    CHECK(house.desk.heard.back().id == said.id);
    CHECK(house.microsoft.calls_to("GET " + std::string(member)) == 1);
}

TEST_CASE("bot: calls that are not proven, or lead elsewhere, do nothing") {
    House house;
    const auto body = house.activity();
    CHECK(house.doors.front()->answer(call(body)).status == 401);
    CHECK(house.doors.front()->answer(call(body, house.proof() + "x")).status == 401);
    Json foreign = body;
    foreign["conversation"]["tenantId"] = "00000000-0000-4000-8000-00000000000b";
    CHECK(house.post(foreign).status == 403);
    house.settings.chat_apps.front().hosts.clear();
    house.open();
    CHECK(house.post(body).status == 403);
    CHECK(house.doors.front()->answer({"POST", "/api/messages", {}, "{"}).status == 400);
    CHECK(house.desk.heard.empty());
    CHECK(house.desk.pressed.empty());
    CHECK(house.places.kept.empty());
    CHECK(house.connector_calls().empty());
    CHECK(house.desk.refusals.size() == 5);
}

TEST_CASE("bot: a button is an act, and the card is replaced by what was recorded and for whom") {
    House house;
    house.desk.reply = recorded();
    const auto answer = house.post(house.pressed());
    CHECK(answer.status == 200);
    REQUIRE(house.desk.pressed.size() == 1);
    const Pressed act = house.desk.pressed.front();
    CHECK(act.choice == "resolved");
    CHECK(act.link == "1-seal");
    CHECK(act.text == "A visit was agreed.");
    CHECK(act.who.account == an_account);
    const Json body = Json::parse(answer.body);
    CHECK(body["statusCode"] == 200);
    CHECK(body["type"] == "application/vnd.microsoft.card.adaptive");
    const std::string card = body["value"].dump();
    CHECK(card.find("line manager of the receiving side") != std::string::npos);
    CHECK(card.find("CSCP-2026-0042") != std::string::npos);
    CHECK(card.find("Action.Execute") == std::string::npos);
    // Plain runs of text: what is recorded can never become a link.
    CHECK(body["value"]["body"][1]["type"] == "RichTextBlock");
    // In a team everybody would act by the link.
    Json in_team = house.pressed();
    in_team["conversation"]["conversationType"] = "channel";
    CHECK(house.post(in_team).body.find("/a/1-seal") == std::string::npos);
}

TEST_CASE("bot: every invoke is answered with a body that says what is") {
    House house;
    using Kind = ChatReply::Kind;
    const std::string message = "application/vnd.microsoft.activity.message";
    const std::string error = "application/vnd.microsoft.error";
    const std::string card = "application/vnd.microsoft.card.adaptive";
    const std::vector<std::pair<Kind, std::string>> rows{
        {Kind::recorded, card},    {Kind::over, card},     {Kind::refused, message},
        {Kind::who, message},      {Kind::which, message}, {Kind::not_understood, message},
        {Kind::unavailable, error}};
    for (const auto& [kind, type] : rows) {
        house.desk.reply = {kind, "This is how it is.", {}, "", {}};
        const auto answer = house.post(house.pressed());
        CHECK(answer.status == 200);
        CHECK(Json::parse(answer.body)["type"] == type);
        CHECK(answer.body.find("This is how it is.") != std::string::npos);
    }
    Json other = house.pressed();
    other["name"] = "composeExtension/query";
    CHECK(Json::parse(house.post(other).body)["statusCode"] == 501);
    CHECK(house.desk.pressed.size() == rows.size());
}

TEST_CASE("bot: a button of an older client is the same act, its card replaced by a call") {
    House house;
    house.desk.reply = recorded();
    Json submitted = house.activity();
    submitted.erase("text");
    submitted["replyToId"] = "card-1";
    submitted["value"] = {{"verb", "acknowledged"}, {"link", "1-seal"}};
    CHECK(house.post(submitted).status == 200);
    REQUIRE(house.desk.pressed.size() == 1);
    CHECK(house.desk.pressed.front().choice == "acknowledged");
    CHECK(house.microsoft.calls().back() == "PUT " + std::string(own_chat) + "/activities/card-1");
}

TEST_CASE("bot: who met it can be written to by account or address, until it is taken away") {
    House house;
    CHECK(house.send("@rowan@council.example.org").outcome == Delivered::never);
    Json installed = house.activity();
    installed["type"] = "installationUpdate";
    installed["action"] = "add";
    CHECK(house.post(installed).status == 200);
    for (const std::string& to :
         {"@" + std::string(an_account), std::string("@Rowan@council.example.org")}) {
        CHECK(house.send(to).outcome == Delivered::accepted);
        CHECK(house.microsoft.calls().back() == "POST " + std::string(own_chat) + "/activities");
    }
    const Json sent = Json::parse(house.microsoft.last_body());
    CHECK(sent["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive");
    installed["action"] = "remove";
    CHECK(house.post(installed).status == 200);
    CHECK(house.places.kept.empty());
    const auto gone = house.send("@rowan@council.example.org");
    CHECK(gone.outcome == Delivered::never);
    CHECK_FALSE(gone.to_mend);
    installed["type"] = "conversationUpdate";
    installed["membersAdded"] = Json::array({{{"id", "28:bot"}}});
    CHECK(house.post(installed).status == 200);
    CHECK(house.send("@" + std::string(an_account)).outcome == Delivered::accepted);
}

TEST_CASE("bot: where a member cannot be asked for alone, the list of members tells the address") {
    House house;
    house.microsoft.answer("GET " + std::string(member), 404, "");
    house.microsoft.answer("GET " + std::string(own_chat) + "/members", 200,
                           R"([{"id":"29:x","email":"x@example.org"},7,)"
                           R"({"id":"29:rowan","userPrincipalName":"rr@example.org"}])");
    CHECK(house.post(house.activity()).status == 200);
    CHECK(house.desk.heard.front().who.address == "rr@example.org");
}

TEST_CASE("bot: a conversation that is gone is forgotten, and the next way is tried at once") {
    House house;
    CHECK(house.post(house.activity()).status == 200);
    const std::string call = "POST " + std::string(own_chat) + "/activities";
    house.microsoft.answer(call, 404, R"({"error":{"code":"ConversationNotFound"}})");
    const auto gone = house.send("@" + std::string(an_account));
    CHECK(gone.outcome == Delivered::never);
    CHECK_FALSE(gone.to_mend);
    CHECK_FALSE(house.places.kept.contains(an_account));
    CHECK(house.connector_calls().size() == 3);
    CHECK(house.send("@" + std::string(an_account)).outcome == Delivered::never);
    CHECK(house.connector_calls().size() == 3);
}

TEST_CASE("bot: a team is written to where it was heard of") {
    House house;
    Json in_team = house.activity();
    in_team["conversation"] = {{"id", "19:Desk@thread.tacv2;messageid=170"},
                               {"conversationType", "channel"},
                               {"tenantId", own_tenant}};
    CHECK(house.post(in_team).status == 200);
    CHECK(house.desk.heard.back().who.address.empty());
    CHECK(house.send("camden-desk").outcome == Delivered::accepted);
    CHECK(house.microsoft.calls().back() ==
          "POST /v3/conversations/19%3ADesk%40thread.tacv2/activities");
}

TEST_CASE("bot: a token that ends is replaced once, one that never worked is ours to mend") {
    House house;
    const std::string call = "POST " + std::string(own_chat) + "/activities";
    CHECK(house.post(house.activity()).status == 200);
    const std::string to = "@" + std::string(an_account);
    CHECK(house.send(to).outcome == Delivered::accepted);
    house.microsoft.answer(call, 401, "");
    CHECK(house.send(to).outcome == Delivered::try_again);
    const auto second = house.send(to);
    CHECK(second.outcome == Delivered::never);
    CHECK(second.to_mend);
    house.microsoft.answer("POST /" + std::string(own_tenant) + "/oauth2/v2.0/token", 400,
                           R"({"error":"invalid_client"})");
    CHECK(house.send(to).outcome == Delivered::never);
    house.microsoft.answer("POST /" + std::string(own_tenant) + "/oauth2/v2.0/token", 503, "");
    CHECK(house.send(to).outcome == Delivered::try_again);
}

TEST_CASE("bot: without proof on loopback it answers, and never shows a token of ours") {
    House house;
    house.settings.chat_apps.front().unproven = true;
    house.open();
    CHECK(house.doors.front()->answer(call(house.activity())).status == 200);
    CHECK(house.send("@rowan@council.example.org").outcome == Delivered::accepted);
    CHECK(house.microsoft.last_authorization().empty());
    CHECK(house.microsoft.calls_to("POST /" + std::string(own_tenant) + "/oauth2/v2.0/token") == 0);
}

TEST_CASE("bot: hosts that may be called are Microsoft's and those of the settings") {
    const teams::Connector connector(a_bot(), {});
    for (const std::string url :
         {"https://smba.trafficmanager.net/uk/", "https://europe.botframework.com/",
          "https://smba.infra.gcc.teams.microsoft.com/x", "http://127.0.0.1:3978/"}) {
        CHECK(connector.permits(url));
    }
    for (const std::string url :
         {"https://evil.trafficmanager.net/", "https://smba.trafficmanager.net.example.org/",
          "https://example.org/smba.trafficmanager.net", "https://botframework.com.example.org/",
          "https://evilbotframework.com/", "https://a@smba.trafficmanager.net/",
          "https://example.org\\@smba.trafficmanager.net/", "https://smba.trafficmanager.net/?x=",
          "https://smba.trafficmanager.net/#", "ftp://smba.trafficmanager.net/", "127.0.0.1", ""}) {
        CAPTURE(url);
        CHECK_FALSE(connector.permits(url));
    }
}

TEST_CASE("bot: the contract of a web channel") {
    FakePlaces places;
    FakeTemplates templates;
    templates.texts["teams-bot/notice.json"] = templates.texts["teams/notice.json"];
    Settings settings;
    ChatAppSettings app = a_bot();
    app.unproven = true;
    settings.chat_apps = {app};
    settings.chats = {{"camden-desk", "teams-bot", "", app.id, "19:desk", ""}};
    const auto make = [&](const std::string& url) {
        places.kept["19:desk"] = teams::to_place({url, "19:desk"});
        return teams::make_bot_channel({settings, templates, places, impatient()});
    };
    Notice notice = a_chat_notice();
    notice.channel = "teams-bot";
    const auto message = make("")->render({notice, a_model(), no_attachments});
    REQUIRE(message);
    check_verdicts(make, *message);
    check_retry_after(make, *message);
    check_misbehaviour(make, *message);
    check_secrets(make, *message);
    check_connection_reuse(make, *message);
}

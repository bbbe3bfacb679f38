// SPDX-License-Identifier: MIT
//
// Google Chat, Webex and Matrix: each differs from the others in a few lines.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/notify/googlechat/google_chat.h"
#include "adapters/notify/matrix/matrix.h"
#include "adapters/notify/webex/webex.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/contract/notifier_contract.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

FakeTemplates words() {
    FakeTemplates own;
    own.texts["google-chat/notice.json"] =
        R"({"thread":{"threadKey":"{{ref}}"},"cardsV2":[{"cardId":"notice","card":{"sections":[)"
        R"({"widgets":[{"textParagraph":{"text":"{{ask}}"}},{"buttonList":{"buttons":[)"
        R"({"text":"Go","onClick":{"openLink":{"url":"https://x.org/?a=1&b=2"}}}]}}]}]}}]})";
    own.texts["matrix/notice.json"] =
        R"({"title":"{{ref}}","lines":[{"text":"{{ask}}"}],"facts":[{"title":"Stage",)"
        R"("value":"2"}],"links":[{"title":"Go","url":"https://x.org/?a=1&b=2"},)"
        R"({"title":"No","url":"javascript:x"}]})";
    return own;
}
const FakeTemplates templates = words();

struct Room {
    web::Channel (*channel)();
    bool app;

    std::unique_ptr<Notifier> at(const std::string& url) const {
        const std::string name = channel().name;
        Settings settings = one_chat(name, app ? "" : url);
        if (app) {
            ChatAppSettings bot;
            bot.id = "bot";
            bot.channel = name;
            bot.url = url;
            bot.token = "canary-3f9a";
            settings.chat_apps = {bot};
            settings.chats.front().app = "bot";
            settings.chats.front().to = "!room:example.org";
        }
        return web::make_channel(channel(), settings, templates, impatient());
    }
    Rendered message(const std::string& ask = "Please act.",
                     const std::string& to = "camden-desk") const {
        auto notice = a_chat_notice();
        notice.destination = to;
        auto model = a_model();
        model["ask"] = ask;
        const auto made = at("http://127.0.0.1:1")
                              ->render({notice, model, no_attachments, false, "", "", "<n.1@x>"});
        REQUIRE(made);
        return *made;
    }
};

const Room google{google_chat::channel, false};
const Room webex_space{webex::channel, true};
const Room matrix_room{matrix::channel, true};
const std::string hostile =
    "<users/all> <a href='https://evil.example.net'>go</a> @room "
    "[go](https://evil.example.net) & *now*";

}  // namespace

TEST_CASE("google chat, webex, matrix: the contract of a channel that calls a web address") {
    for (const Room& room : {google, webex_space, matrix_room}) {
        CAPTURE(room.channel().name);
        const MakeChannel make = [&room](const std::string& url) { return room.at(url); };
        const auto message = room.message();
        check_verdicts(make, message);
        check_retry_after(make, message);
        check_misbehaviour(make, message);
        check_secrets(make, message);
        check_connection_reuse(make, message);
    }
}

TEST_CASE("google chat, webex, matrix: a broken template still tells reference and no name") {
    const FakeTemplates none = [] {
        FakeTemplates empty;
        empty.texts.clear();
        return empty;
    }();
    for (const Room& room : {google, webex_space, matrix_room}) {
        const auto notice = a_chat_notice();
        const Model model = a_model();
        const auto made = room.at("http://127.0.0.1:1")
                              ->render({notice, model, no_attachments, false, "", "", "", &none});
        REQUIRE(made);
        CHECK(made->bytes.find("CSCP-2026-0042") != std::string::npos);
        CHECK(made->bytes.find("Zo") == std::string::npos);
    }
}

TEST_CASE("google chat: a thread for each case, a repeat known by its id, no markup of others") {
    HookServer server;
    const auto notifier = google.at(server.url("/v1/spaces/A/messages?key=k&token=t"));
    CHECK(notifier->deliver(google.message(hostile)).outcome == Delivered::accepted);
    const auto target = server.last_target();
    CHECK(
        target.starts_with("/v1/spaces/A/messages?key=k&token=t&messageReplyOption="
                           "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD&requestId="));
    CHECK(notifier->deliver(google.message(hostile)).outcome == Delivered::accepted);
    CHECK(server.last_target() == target);
    const auto json = Json::parse(server.last_body());
    CHECK(json["thread"]["threadKey"] == "CSCP-2026-0042");
    const auto& widgets = json["cardsV2"][0]["card"]["sections"][0]["widgets"];
    const auto text = widgets[0]["textParagraph"]["text"].get<std::string>();
    CHECK(text.starts_with("&lt;users/all&gt; &lt;a href="));
    CHECK(widgets[1]["buttonList"]["buttons"][0]["onClick"]["openLink"]["url"] ==
          "https://x.org/?a=1&b=2");
    CHECK(google.message(std::string(90'000, 'x')).bytes.size() <= google_chat::message_limit);
}

TEST_CASE("webex: the card of Teams to a space or a person, without markup of others") {
    HookServer server;
    const auto notifier = webex_space.at(server.url("/v1"));
    CHECK(notifier->deliver(webex_space.message(hostile)).outcome == Delivered::accepted);
    CHECK(server.last_target() == "/v1/messages");
    CHECK(server.last_header("Authorization") == "Bearer canary-3f9a");
    const auto json = Json::parse(server.last_body());
    CHECK(json["roomId"] == "!room:example.org");
    const auto& attachment = json["attachments"][0];
    CHECK(attachment["contentType"] == "application/vnd.microsoft.card.adaptive");
    CHECK(attachment["content"]["version"] == "1.3");
    const auto text = attachment["content"]["body"][0]["text"].get<std::string>();
    CHECK(text.find("\\[go\\](https") != std::string::npos);
    CHECK(text.find("\\*now\\*") != std::string::npos);
    CHECK(json.contains("text"));
    CHECK_FALSE(json.contains("markdown"));
    const auto mailed = Json::parse(webex_space.message("x", "@zoe@example.org").bytes);
    CHECK(mailed["toPersonEmail"] == "zoe@example.org");
    CHECK(Json::parse(webex_space.message("x", "@Y2lz").bytes)["toPersonId"] == "Y2lz");
}

TEST_CASE("matrix: one event for all attempts, sound without mentions, HTML of ours only") {
    HookServer server;
    const auto notifier = matrix_room.at(server.url(""));
    const auto message = matrix_room.message(hostile);
    CHECK(notifier->deliver(message).outcome == Delivered::accepted);
    const auto target = server.last_target();
    CHECK(
        target.starts_with("/_matrix/client/v3/rooms/%21room%3Aexample.org/send/m.room.message/"));
    CHECK(notifier->deliver(message).outcome == Delivered::accepted);
    CHECK(server.last_target() == target);
    CHECK(matrix_room.message("another").id == message.id);
    const auto json = Json::parse(server.last_body());
    CHECK(json["msgtype"] == "m.text");
    CHECK(json["m.mentions"] == Json::object());
    const auto html = json["formatted_body"].get<std::string>();
    CHECK(html.find("&lt;a href=&#39;https://evil.example.net&#39;&gt;") != std::string::npos);
    CHECK(html.find("<a href=\"https://x.org/?a=1&amp;b=2\">Go</a>") != std::string::npos);
    CHECK(json["body"].get<std::string>().find("Go: https://x.org/?a=1&b=2") != std::string::npos);
    CHECK(html.find("javascript:") == std::string::npos);
    CHECK(matrix_room.message(std::string(90'000, '"')).bytes.size() < 65'536);
    server.answer(429, R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2500})");
    CHECK(notifier->deliver(message).after == std::chrono::seconds(3));
    auto person = message;
    person.recipient = "@somebody:example.org";
    CHECK(notifier->deliver(person).outcome == Delivered::never);
}

// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/notify/slack/slack.h"
#include "adapters/notify/slack/slack_message.h"
#include "tests/adapters/notify/chat_fakes.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/contract/notifier_contract.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

constexpr const char* card = R"({"text": "{{ref}}", "blocks": [
    {"type": "section", "text": {"type": "plain_text", "text": "{{ask}}"}},
    {"type": "input", "element": {"type": "plain_text_input", "action_id": "words"}},
    {"type": "actions", "elements": [
      {"type": "button", "action_id": "act:acknowledged", "value": "{{action_seal}}"},
      {"type": "button", "action_id": "open", "url": "{{action_page}}"}]}]})";

FakeTemplates words(const std::string& notice = card) {
    FakeTemplates templates;
    templates.texts["slack/notice.json"] = notice;
    return templates;
}

const FakeTemplates templates = words();
FakePlaces places;

std::unique_ptr<Notifier> channel(const std::string& url) {
    return slack::make({one_chat("slack", url), templates, places, impatient()});
}

std::unique_ptr<Notifier> app_channel(const std::string& url, const std::string& secret = "s") {
    Settings settings;
    settings.chats = {{"camden-desk", "slack", "", "desk", "C0123ABCD", ""}};
    settings.chat_apps = {{"desk", "slack", url, "xoxb-canary-3f9a", secret, "", "", {}, {}}};
    return slack::make({settings, templates, places, impatient()});
}

Rendered message_by(Notifier& notifier, const std::string& destination = "camden-desk",
                    const std::string& ask = "Please act.") {
    auto notice = a_chat_notice();
    notice.destination = destination;
    auto model = a_model();
    model["ask"] = ask;
    model["action_seal"] = "1c-0123456789abcdef";
    model["action_page"] = "https://case.example.org/a/1c-0123456789abcdef";
    const auto rendered = notifier.render({notice, model, no_attachments});
    REQUIRE(rendered);
    return *rendered;
}

}  // namespace

TEST_CASE("slack: the contract of a web hook channel") {
    const auto message = message_by(*channel("http://127.0.0.1:1/"));
    check_verdicts(channel, message);
    check_retry_after(channel, message);
    check_misbehaviour(channel, message);
    check_secrets(channel, message);
    check_hook_address(channel, message);
    check_connection_reuse(channel, message);
}

TEST_CASE("slack: the same contract by an app, whose token and answers stay secret") {
    const auto make = [](const std::string& url) { return app_channel(url); };
    const auto message = message_by(*app_channel("http://127.0.0.1:1/"));
    check_verdicts(make, message);
    check_retry_after(make, message);
    check_misbehaviour(make, message);
    check_secrets(make, message);
}

TEST_CASE("slack: an app posts with its token into the room, and keeps where the message stands") {
    HookServer server;
    server.answer(200, R"({"ok":true,"channel":"C0123ABCD","ts":"1503435956.000247"})");
    const auto notifier = app_channel(server.url("/api"));
    const auto delivery = notifier->deliver(message_by(*notifier));
    CHECK(delivery.outcome == Delivered::accepted);
    CHECK(delivery.reply == "HTTP 200: C0123ABCD 1503435956.000247");
    CHECK(server.last_target() == "/api/chat.postMessage");
    CHECK(server.last_header("Authorization") == "Bearer xoxb-canary-3f9a");
    CHECK(server.last_type() == "application/json; charset=utf-8");
    CHECK(Json::parse(server.last_body())["channel"] == "C0123ABCD");
}

TEST_CASE("slack: a person is written to by account, or looked up by address and remembered") {
    HookServer server;
    const auto notifier = app_channel(server.url("/api"));
    server.answer(200, R"({"ok":true,"user":{"id":"U0777"}})");
    CHECK(notifier->deliver(message_by(*notifier, "@U0123")).outcome == Delivered::accepted);
    CHECK(Json::parse(server.last_body())["channel"] == "U0123");
    const auto by_address = message_by(*notifier, "@Zoe@example.org");
    CHECK(notifier->deliver(by_address).outcome == Delivered::accepted);
    CHECK(Json::parse(server.last_body())["channel"] == "U0777");
    CHECK(places.kept["zoe@example.org"] == "U0777");
    server.answer(200, R"({"ok":false,"error":"users_not_found"})");
    const int before = server.calls();
    const auto nobody = notifier->deliver(by_address);
    CHECK(nobody.outcome == Delivered::never);
    CHECK(nobody.reply.find("oe@example") == std::string::npos);
    CHECK(server.calls() == before + 1);
    server.answer(429, "", "3");  // remembered, so that only the message has to wait
    CHECK(notifier->deliver(by_address).after == std::chrono::seconds(3));
}

TEST_CASE("slack: each error word has its verdict") {
    const auto judged = [](int status, const std::string& body) {
        return slack::judge({status, body, {}});
    };
    const auto error = [](const std::string& word) {
        return Json{{"ok", false}, {"error", word}}.dump();
    };
    CHECK(judged(200, "ok").outcome == Delivered::accepted);
    for (const char* word : {"ratelimited", "internal_error", "fatal_error", "service_unavailable",
                             "request_timeout", "a_word_of_next_year"}) {
        CHECK(judged(200, error(word)).outcome == Delivered::try_again);
    }
    for (const char* word :
         {"channel_not_found", "not_in_channel", "is_archived", "invalid_auth", "not_authed",
          "account_inactive", "token_revoked", "missing_scope", "msg_too_long", "invalid_blocks",
          "restricted_action", "msg_blocks_too_long", "no_text", "users_not_found"}) {
        CAPTURE(word);
        const auto delivery = judged(200, error(word));
        CHECK(delivery.outcome == Delivered::never);
        CHECK(delivery.to_mend);
        CHECK(delivery.reply == "HTTP 200: " + std::string(word));
    }
    for (const auto& [status, word] : {std::pair{404, "no_service"},
                                       {404, "channel_not_found"},
                                       {410, "channel_is_archived"},
                                       {400, "invalid_payload"},
                                       {403, "action_prohibited"}}) {
        const auto delivery = judged(status, word);
        CHECK(delivery.outcome == Delivered::never);
        CHECK(delivery.to_mend);
        CHECK(delivery.reply.ends_with(word));
    }
    CHECK(judged(500, "rollup_error").outcome == Delivered::try_again);
    CHECK(judged(200, "<html>Sign in</html>").outcome == Delivered::try_again);
    CHECK(judged(200, R"({"ok":false})").outcome == Delivered::try_again);
}

TEST_CASE("slack: buttons that need an app go by an app alone") {
    const auto hook = Json::parse(message_by(*channel("http://127.0.0.1:1/")).bytes);
    REQUIRE(hook["blocks"].size() == 2);
    CHECK(hook["blocks"][1]["elements"].size() == 1);
    CHECK_FALSE(hook.contains("channel"));
    const auto deaf = Json::parse(message_by(*app_channel("http://127.0.0.1:1/", "")).bytes);
    CHECK(deaf["blocks"].size() == 2);
    const auto app = Json::parse(message_by(*app_channel("http://127.0.0.1:1/")).bytes);
    REQUIRE(app["blocks"].size() == 3);
    CHECK(app["blocks"][2]["elements"][0]["value"] == "1c-0123456789abcdef");
}

TEST_CASE("slack: no value is a mention, a link or a name") {
    const auto notifier = channel("http://127.0.0.1:1/");
    const auto text =
        message_by(*notifier, "camden-desk", "<!channel> & <https://x.example|y>").bytes;
    const auto message = Json::parse(text);
    CHECK(message["blocks"][0]["text"]["text"] ==
          "&lt;!channel&gt; &amp; &lt;https://x.example|y&gt;");
    CHECK(message["blocks"][1]["elements"][0]["url"] ==
          "https://case.example.org/a/1c-0123456789abcdef");
    CHECK(slack::unescaped(slack::escaped("a < b &amp; c > d")) == "a < b &amp; c > d");
}

TEST_CASE("slack: blocks above a limit are cut, or give way to plain words") {
    const auto section = [](std::size_t size) {
        return Json{{"type", "section"}, {"text", {{"text", std::string(size, 'x')}}}};
    };
    const auto fits = [](const Json& blocks) {
        return slack::fits(Json{{"text", "x"}, {"blocks", blocks}}.dump());
    };
    CHECK(fits(Json::array({section(3000)})));
    CHECK_FALSE(fits(Json::array({section(3001)})));
    CHECK_FALSE(fits(Json(51, section(1))));
    CHECK_FALSE(fits(Json::array({{{"type", "actions"}, {"elements", Json(26, Json::object())}}})));
    CHECK_FALSE(fits(Json::array({{{"type", "section"}, {"fields", Json(11, Json::object())}}})));
    CHECK_FALSE(slack::fits(Json{{"text", std::string(10'000, 'x')}}.dump()));
    const auto notifier = channel("http://127.0.0.1:1/");
    const auto cut = message_by(*notifier, "camden-desk", std::string(20'000, 'x')).bytes;
    CHECK(slack::fits(cut));
    CHECK(cut.find("cut here") != std::string::npos);
    const auto bad = words("[]");
    auto broken = slack::make({one_chat("slack", "http://127.0.0.1:1/"), bad, places, {}});
    const auto plain = Json::parse(message_by(*broken).bytes);
    CHECK(plain["text"].get<std::string>().starts_with("[CSCP-2026-0042]"));
}

// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/notify/teams/workflow.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/contract/notifier_contract.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

const FakeTemplates templates;

std::unique_ptr<Notifier> channel_with(const std::string& url, const Templates& words,
                                       http::ClientOptions options) {
    return web::make_channel(teams::workflow(), one_chat("teams", url), words, std::move(options));
}

std::unique_ptr<Notifier> channel(const std::string& url) {
    return channel_with(url, templates, impatient());
}

std::string message_for(const Outgoing& outgoing, const Templates& words) {
    const auto rendered = channel_with("http://127.0.0.1:1/", words, {})->render(outgoing);
    REQUIRE(rendered);
    return rendered->bytes;
}

Rendered a_message() {
    const auto notice = a_chat_notice();
    const auto rendered =
        channel("http://127.0.0.1:1/")->render({notice, a_model(), no_attachments});
    REQUIRE(rendered);
    return *rendered;
}

}  // namespace

TEST_CASE("teams: the contract of a web hook channel") {
    check_verdicts(channel, a_message());
    check_retry_after(channel, a_message());
    check_misbehaviour(channel, a_message());
    check_secrets(channel, a_message());
    check_hook_address(channel, a_message());
    check_connection_reuse(channel, a_message());
}

TEST_CASE("teams: the card travels as Workflows expects it") {
    HookServer server;
    CHECK(channel(server.url("/hook"))->deliver(a_message()).outcome == Delivered::accepted);
    CHECK(server.last_type() == "application/json");
    const auto message = Json::parse(server.last_body());
    CHECK(message["type"] == "message");
    REQUIRE(message["attachments"].size() == 1);
    const auto& attachment = message["attachments"][0];
    CHECK(attachment["contentType"] == "application/vnd.microsoft.card.adaptive");
    CHECK(attachment["contentUrl"].is_null());
    CHECK(attachment["content"]["type"] == "AdaptiveCard");
    CHECK(attachment["content"]["version"] == "1.3");
}

TEST_CASE("teams: throttling inside a 200 is throttling") {
    HookServer server;
    const auto notifier = channel(server.url("/hook"));
    server.answer(200,
                  "Webhook message delivery failed with error: Microsoft Teams endpoint "
                  "returned HTTP error 429 with ContextId tcid=0");
    CHECK(notifier->deliver(a_message()).outcome == Delivered::try_again);
    server.answer(202, "{\"code\":\"WorkflowThrottled\"}");
    CHECK(notifier->deliver(a_message()).outcome == Delivered::try_again);
    server.answer(200, "1");
    CHECK(notifier->deliver(a_message()).outcome == Delivered::accepted);
    server.answer(202, "{\"run\":\"08584429f\",\"x\":\"a429\"}");
    CHECK(notifier->deliver(a_message()).outcome == Delivered::accepted);
}

TEST_CASE("teams: a reason may have a card of its own") {
    FakeTemplates own;
    own.texts["teams/deadline-near.json"] = R"({"type":"AdaptiveCard","body":["near"]})";
    const auto notice = a_chat_notice();
    const auto message = Json::parse(message_for({notice, a_model(), no_attachments}, own));
    CHECK(message["attachments"][0]["content"]["body"][0] == "near");
}

TEST_CASE("teams: a card too large loses text and keeps its link") {
    auto model = a_model();
    model["ask"] = [] {
        std::string text;
        while (text.size() < 100'000) text += "Zoë ";
        return text;
    }();
    const auto notice = a_chat_notice();
    const auto text = message_for({notice, model, no_attachments}, templates);
    CHECK(text.size() <= teams::message_limit);
    CHECK(text.size() > teams::message_limit / 4);
    CHECK(text == message_for({notice, model, no_attachments}, templates));
    const auto card = Json::parse(text)["attachments"][0]["content"];
    CHECK(card["actions"][0]["url"] == "https://case.example.org/CSCP-2026-0042");
    CHECK(card["body"][0]["text"].get<std::string>().find("cut here") != std::string::npos);
}

TEST_CASE("teams: a broken template still tells reference and deadline, and no name") {
    const auto notice = a_chat_notice();
    for (const std::string broken : {"", "{{nobody}}", "[1]", "{\"open\":"}) {
        FakeTemplates bad;
        bad.texts.clear();
        if (!broken.empty()) bad.texts["teams/notice.json"] = broken;
        const auto text = message_for({notice, a_model(), no_attachments}, bad);
        CHECK(text.find("CSCP-2026-0042") != std::string::npos);
        CHECK(text.find("2026-12-24T17:00:00Z") != std::string::npos);
        CHECK(text.find("Zo") == std::string::npos);
    }
}

TEST_CASE("teams: only configured destinations, only public https addresses") {
    auto notice = a_chat_notice();
    notice.destination = "nowhere";
    CHECK_FALSE(channel("http://127.0.0.1:1/")->render({notice, a_model(), no_attachments}));
    auto message = a_message();
    message.recipient = "nowhere";
    CHECK(channel("http://127.0.0.1:1/")->deliver(message).outcome == Delivered::never);
    HookServer server;
    for (const auto& url : {server.url("/hook"), std::string("https://127.0.0.1:1/"),
                            std::string("https://localhost:1/"), std::string("https://10.0.0.1/"),
                            std::string("file:///etc/passwd"), std::string("https://u:p@x.org/")}) {
        const auto notifier = channel_with(url, templates, {});
        CHECK(notifier->deliver(a_message()).outcome == Delivered::never);
    }
    CHECK(server.calls() == 0);
}

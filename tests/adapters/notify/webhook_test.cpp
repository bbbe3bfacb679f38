// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adapters/notify/webhook/webhook.h"
#include "adapters/registry.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/contract/notifier_contract.h"

using namespace stageclock;
using namespace stageclock::test;
using Json = nlohmann::json;

namespace {

// The example of the specification's own libraries.
const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

FakeTemplates words() {
    FakeTemplates own;
    own.texts["webhook/notice.json"] = R"({"text":"{{ref}}: {{ask}}","page":"https://x.org/a"})";
    return own;
}
const FakeTemplates templates = words();
const auto nowhere_kept = make_memory_store();
Instant now = *parse_rfc3339("2026-12-24T16:00:00Z");

std::unique_ptr<Notifier> channel_with(const std::string& url, const std::string& with) {
    auto settings = one_chat("webhook", url);
    settings.chats.front().secret = with;
    settings.public_url = "https://stageclock.example.org";
    return webhook::make_at({settings, templates, *nowhere_kept, impatient()}, [] { return now; });
}

std::unique_ptr<Notifier> channel(const std::string& url) { return channel_with(url, secret); }

Rendered a_message(const Model& model = a_model()) {
    const auto notice = a_chat_notice();
    const auto made = channel("http://127.0.0.1:1/")
                          ->render({notice, model, no_attachments, false, "", "", "<n.1@x.org>"});
    REQUIRE(made);
    return *made;
}

}  // namespace

TEST_CASE("webhook: the contract of a web hook channel") {
    check_verdicts(channel, a_message());
    check_retry_after(channel, a_message());
    check_misbehaviour(channel, a_message());
    check_secrets(channel, a_message());
    check_hook_address(channel, a_message());
    check_connection_reuse(channel, a_message());
}

TEST_CASE("webhook: the signature is the one of the published example") {
    const auto key = webhook::key_of(secret);
    REQUIRE(key);
    CHECK(webhook::signature(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
                             R"({"test": 2432232314})") ==
          "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    for (const std::string wrong : {"", "whsec_", "whsec_c2hvcnQ=", "whsec_!", "MfKQ9r8GKYqr"}) {
        CHECK_FALSE(webhook::key_of(wrong));
    }
}

TEST_CASE("webhook: an event of CloudEvents, its id kept over attempts and its time not") {
    HookServer server;
    const auto notifier = channel(server.url("/hook"));
    CHECK(notifier->deliver(a_message()).outcome == Delivered::accepted);
    CHECK(server.last_type() == "application/cloudevents+json");
    const auto event = Json::parse(server.last_body());
    CHECK(event["specversion"] == "1.0");
    CHECK(event["type"] == "stageclock.notice");
    CHECK(event["source"] == "https://stageclock.example.org");
    CHECK(event["subject"] == "CSCP-2026-0042");
    CHECK(event["time"] == "2026-12-23T09:00:01Z");
    CHECK(event["data"]["deadline"] == "2026-12-24T17:00:00Z");
    CHECK(event["data"]["reason"] == "deadline-near");
    const std::string id = server.last_header("webhook-id");
    CHECK(event["id"] == id);
    CHECK(id.find('.') == std::string::npos);
    CHECK(server.last_header("webhook-timestamp") == "1798128000");
    CHECK(server.last_header("webhook-signature") ==
          webhook::signature(*webhook::key_of(secret), id, "1798128000", server.last_body()));
    now += std::chrono::minutes(5);
    CHECK(notifier->deliver(a_message()).outcome == Delivered::accepted);
    CHECK(server.last_header("webhook-id") == id);
    CHECK(server.last_header("webhook-timestamp") == "1798128300");
}

TEST_CASE("webhook: an endpoint that is gone is not called again, and an operator hears of it") {
    HookServer server;
    const auto notifier = channel(server.url("/hook"));
    server.answer(410);
    const auto first = notifier->deliver(a_message());
    CHECK(first.outcome == Delivered::never);
    CHECK(first.to_mend);
    server.answer(200);
    const auto second = notifier->deliver(a_message());
    CHECK(second.outcome == Delivered::never);
    CHECK_FALSE(second.to_mend);
    CHECK(server.calls() == 1);
    CHECK(channel(server.url("/hook"))->deliver(a_message()).outcome == Delivered::accepted);
}

TEST_CASE("webhook: nothing goes unsigned, and nothing above 20 kB") {
    HookServer server;
    const auto delivery = channel_with(server.url("/hook"), "")->deliver(a_message());
    CHECK(delivery.outcome == Delivered::never);
    CHECK(delivery.to_mend);
    CHECK(server.calls() == 0);
    auto model = a_model();
    model["ask"] = std::string(100'000, 'x');
    const auto message = a_message(model);
    CHECK(message.bytes.size() < 20'000);
    CHECK(Json::parse(message.bytes)["data"]["page"] == "https://x.org/a");
}

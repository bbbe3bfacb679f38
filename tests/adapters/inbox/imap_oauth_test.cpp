// SPDX-License-Identifier: MIT
#include <ctime>

#include <doctest/doctest.h>

#include "tests/adapters/inbox/dovecot.h"
#include "tests/adapters/inbox/mailbox_fixtures.h"
#include "tests/contract/hook_server.h"

using namespace stageclock;
using namespace stageclock::test;
using namespace std::chrono_literals;

namespace {

const std::string key = "a key of thirty-two bytes or more";
const std::string issuer = "https://login.example.org/";
const std::string refusal =
    "the mail server refuses our access token: see mail.imap.user and [oauth]";

Dovecot::Options trusting(const std::string& whom, const std::string& mechanism) {
    return {.token_key = key, .token_issuer = whom, .mechanisms = mechanism};
}

Settings token_settings(const Dovecot& server, const HookServer& endpoint,
                        const TemporaryFolder& data) {
    auto settings = mailbox_settings(server.port(), data.path());
    settings.imap.password.clear();
    settings.imap.oauth2 = true;
    settings.oauth = {endpoint.url("/token"), "our-id", "our-secret", "", ""};
    return settings;
}

std::string good_token() { return signed_token(key, issuer, "intake", std::time(nullptr) + 600); }

}  // namespace

TEST_CASE("a mailbox opens with a token, whichever of the two ways the server knows") {
    for (const std::string mechanism : {"xoauth2", "oauthbearer", "xoauth2 oauthbearer"}) {
        CAPTURE(mechanism);
        Dovecot server(trusting(issuer, mechanism));
        HookServer endpoint;
        endpoint.answer(200, good_token());
        const TemporaryFolder data;
        const auto inbox = mailbox_of(token_settings(server, endpoint, data));
        RecordingSink sink;
        const auto polled = inbox->poll(sink, 0ms);
        INFO(server.log());
        REQUIRE(polled);
        server.deliver(mail_named("one"));
        CHECK(polled_until(*inbox, sink, [&] { return !sink.ids.empty(); }));
        CHECK(endpoint.calls() == 1);
    }
}

TEST_CASE("a kept token that is refused is replaced once, without a word") {
    Dovecot server(trusting(issuer, "xoauth2"));
    HookServer endpoint;
    endpoint.answer(200, good_token());
    const TemporaryFolder data;
    const auto inbox = mailbox_of(token_settings(server, endpoint, data));
    RecordingSink sink;
    REQUIRE(inbox->poll(sink, 0ms));
    server.kill_hard();
    const std::string other = "https://other.example.org/";
    server.start(trusting(other, "xoauth2"));
    endpoint.answer(200, signed_token(key, other, "intake", std::time(nullptr) + 600));
    server.deliver(mail_named("one"));
    std::vector<std::string> errors;
    CHECK(polled_until(
        *inbox, sink, [&] { return !sink.ids.empty(); }, &errors));
    CHECK(errors.empty());
    CHECK(endpoint.calls() == 2);
}

TEST_CASE("an expired token, one of another issuer and a forged one are refused, and said") {
    Dovecot server(trusting(issuer, "xoauth2 oauthbearer"));
    for (const auto& token :
         {signed_token(key, issuer, "intake", std::time(nullptr) - 60),
          signed_token(key, "https://other.example.org/", "intake", std::time(nullptr) + 600),
          signed_token("another key of thirty-two bytes..", issuer, "intake",
                       std::time(nullptr) + 600)}) {
        HookServer endpoint;
        endpoint.answer(200, token);
        const TemporaryFolder data;
        const auto inbox = mailbox_of(token_settings(server, endpoint, data));
        RecordingSink sink;
        const auto refused = inbox->poll(sink, 0ms);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().what == refusal);
        CHECK(refused.error().code == Code::refused);
        CHECK(endpoint.calls() == 1);
        // Said once; the rest is waiting.
        CHECK(inbox->poll(sink, 0ms));
        endpoint.answer(200, good_token());
        CHECK(polled_until(
            *inbox, sink, [&] { return std::filesystem::exists(data.path() + "/mailbox.state"); }));
    }
}

TEST_CASE("an endpoint that refuses us is named instead of the mail server") {
    Dovecot server(trusting(issuer, "xoauth2"));
    HookServer endpoint;
    endpoint.answer(401, R"({"error":"invalid_client"})");
    const TemporaryFolder data;
    RecordingSink sink;
    const auto refused = mailbox_of(token_settings(server, endpoint, data))->poll(sink, 0ms);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where == "oauth.client_secret_file");
}

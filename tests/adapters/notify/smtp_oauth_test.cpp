// SPDX-License-Identifier: MIT
#include <chrono>

#include <doctest/doctest.h>

#include "adapters/notify/smtp/mail_notifier.h"
#include "adapters/support/crypto.h"
#include "tests/adapters/notify/fixtures.h"
#include "tests/adapters/notify/smtp_server.h"
#include "tests/contract/hook_server.h"

using namespace stageclock;
using namespace stageclock::test;

namespace {

const FakeTemplates templates;

const Rendered a_mail{"message/rfc822", "Subject: x\r\n\r\nhello\r\n",
                      "stageclock@board.example.org", "zoe@housing.example.org"};

// What a client says with this token: Microsoft's form, and that of RFC 7628 section 3.1.
std::string xoauth2(const std::string& token) {
    return crypto::base64_encode(
        "user=stageclock@board.example.org\x01"
        "auth=Bearer " +
        token + "\x01\x01");
}
std::string oauthbearer(const std::string& token, int port) {
    return crypto::base64_encode(
        "n,a=stageclock@board.example.org,\x01host=localhost\x01port=" + std::to_string(port) +
        "\x01" + "auth=Bearer " + token + "\x01\x01");
}

std::string answer_with(const std::string& token) {
    return R"({"token_type":"Bearer","expires_in":3600,"access_token":")" + token + R"("})";
}

Settings settings_for(const SmtpServer& server, const HookServer& endpoint) {
    auto settings = some_settings();
    settings.smtp.url = "smtp://localhost:" + std::to_string(server.port());
    settings.smtp.tls = "none";
    settings.smtp.user = "stageclock@board.example.org";
    settings.smtp.oauth2 = true;
    settings.oauth = {endpoint.url("/token"), "our-id", "our&secret", "https://mail/.default", ""};
    return settings;
}

Script one_mail_each(const std::string& mechanism) {
    Script script;
    script.mechanism = mechanism;
    script.log_in = xoauth2("first");
    script.mails_per_connection = 1;
    return script;
}

Delivery deliver(Notifier& notifier) { return notifier.deliver(a_mail); }

}  // namespace

TEST_CASE("a relay is told a token in the form it knows, got once for all mails") {
    for (const std::string mechanism : {"XOAUTH2", "OAUTHBEARER"}) {
        CAPTURE(mechanism);
        HookServer endpoint;
        endpoint.answer(200, answer_with("first"));
        SmtpServer server(one_mail_each(mechanism));
        if (mechanism == "OAUTHBEARER") server.expect(oauthbearer("first", server.port()));
        const auto made = smtp::make_mail(settings_for(server, endpoint), templates);
        REQUIRE(made);
        for (int i = 0; i < 2; ++i) CHECK(deliver(**made).outcome == Delivered::accepted);
        CHECK(server.connections() == 2);
        CHECK(endpoint.calls() == 1);
        CHECK(endpoint.last_body() ==
              "grant_type=client_credentials&client_id=our-id&client_secret=our%26secret&scope="
              "https%3A%2F%2Fmail%2F.default");
        CHECK(endpoint.last_type() == "application/x-www-form-urlencoded");
    }
}

TEST_CASE("a kept token the relay refuses is replaced at once, and the mail goes") {
    HookServer endpoint;
    endpoint.answer(200, answer_with("first"));
    SmtpServer server(one_mail_each("XOAUTH2"));
    const auto made = smtp::make_mail(settings_for(server, endpoint), templates);
    REQUIRE(made);
    CHECK(deliver(**made).outcome == Delivered::accepted);
    endpoint.answer(200, answer_with("second"));
    server.expect(xoauth2("second"));
    CHECK(deliver(**made).outcome == Delivered::accepted);
    CHECK(endpoint.calls() == 2);
}

TEST_CASE("a relay that refuses a new token keeps the mail waiting, and names the settings") {
    HookServer endpoint;
    endpoint.answer(200, answer_with("wrong"));
    SmtpServer server(one_mail_each("XOAUTH2"));
    const auto made = smtp::make_mail(settings_for(server, endpoint), templates);
    REQUIRE(made);
    const auto delivery = deliver(**made);
    CHECK(delivery.outcome == Delivered::try_again);
    CHECK(delivery.reply == "the mail server refuses our access token: see smtp.user and [oauth]");
    CHECK(server.mails().empty());
    CHECK(endpoint.calls() == 1);
}

TEST_CASE("a token endpoint that refuses us keeps the mail waiting, and shows no secret") {
    HookServer endpoint;
    endpoint.answer(401, R"({"error":"invalid_client","error_description":"not our&secret"})");
    SmtpServer server(one_mail_each("XOAUTH2"));
    const auto made = smtp::make_mail(settings_for(server, endpoint), templates);
    REQUIRE(made);
    const auto delivery = deliver(**made);
    CHECK(delivery.outcome == Delivered::try_again);
    CHECK(delivery.reply ==
          "the token endpoint gives no access token (invalid_client): see "
          "oauth.client_secret_file");
    CHECK(server.connections() == 0);
}

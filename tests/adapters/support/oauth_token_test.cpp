// SPDX-License-Identifier: MIT
#include "adapters/support/oauth_token.h"

#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "tests/contract/hook_server.h"

using namespace stageclock;
using test::HookServer;

namespace {

OauthSettings settings_for(const HookServer& endpoint) {
    return {endpoint.url("/token"), "our-id", "our-secret", "", ""};
}

std::shared_ptr<oauth::TokenSource> source_of(const OauthSettings& settings) {
    auto made = oauth::TokenSource::make(settings);
    REQUIRE(made);
    return *std::move(made);
}

Error error_with(int status, const std::string& body) {
    HookServer endpoint;
    endpoint.answer(status, body);
    const auto token = source_of(settings_for(endpoint))->get();
    REQUIRE_FALSE(token);
    return token.error();
}

}  // namespace

TEST_CASE("a token is kept until shortly before it ends") {
    HookServer endpoint;
    const auto source = source_of(settings_for(endpoint));
    endpoint.answer(200, R"({"access_token":"a","expires_in":0})");
    CHECK(source->get()->fresh);
    CHECK(source->get()->fresh);
    CHECK(endpoint.calls() == 2);
    endpoint.answer(200, R"({"access_token":"b","expires_in":3600})");
    CHECK(source->get()->text == "b");
    CHECK(source->get()->text == "b");
    CHECK_FALSE(source->get()->fresh);
    CHECK(endpoint.calls() == 3);
    source->forget("another");
    CHECK_FALSE(source->get()->fresh);
    source->forget("b");
    CHECK(source->get()->fresh);
    CHECK(endpoint.calls() == 4);
}

TEST_CASE("threads that wait for a token ask once") {
    HookServer endpoint;
    endpoint.answer(200, R"({"access_token":"a"})");
    const auto source = source_of(settings_for(endpoint));
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { CHECK(source->get()->text == "a"); });
    }
    CHECK(endpoint.calls() == 1);
}

TEST_CASE("a refusal names the setting to look at, and nothing the endpoint wrote") {
    CHECK(error_with(401, R"({"error":"invalid_client"})").where == "oauth.client_secret_file");
    CHECK(error_with(400, R"({"error":"invalid_scope"})").where == "oauth.scope");
    CHECK(error_with(400, R"({"error":"unauthorized_client"})").where == "oauth.client_id");
    CHECK(error_with(404, "<html>").where == "oauth.token_url");
    CHECK(error_with(503, "").code == Code::unavailable);
    CHECK(error_with(400, R"({"error":"Canary canary"})").what.find("anary") == std::string::npos);
}

TEST_CASE("an answer without a token that fits in a line is none") {
    for (const std::string body :
         {"", "[]", "{}", R"({"access_token":1})", R"({"access_token":""})",
          R"({"access_token":"a\r\nQUIT"})", R"({"access_token":"a b"})"}) {
        CAPTURE(body);
        CHECK(error_with(200, body).where == "oauth.token_url");
    }
}

TEST_CASE("an endpoint must be https, or on this machine") {
    const auto accepted = [](const std::string& url) {
        return oauth::TokenSource::make({url, "our-id", "our-secret", "", ""}).has_value();
    };
    CHECK(accepted("https://login.example.org/tenant/oauth2/v2.0/token"));
    CHECK(accepted("http://127.0.0.1:8000/token"));
    for (const auto* url : {"http://login.example.org/token", "http://127.0.0.1.example.org/",
                            "https://user:secret@login.example.org/", "ftp://localhost/", ""}) {
        CAPTURE(url);
        CHECK_FALSE(accepted(url));
    }
}

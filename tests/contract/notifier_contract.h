// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "bot/ports/notifier.h"
#include "tests/contract/hook_server.h"

namespace stageclock::test {

// A chat channel on trial: makes a notifier that posts to `url`, with limits of about a second.
using MakeChannel = std::function<std::unique_ptr<Notifier>(const std::string& url)>;

// What every channel that posts to a web hook must do. `message` is one it rendered.
inline void check_verdicts(const MakeChannel& make, const Rendered& message) {
    struct Row {
        int status;
        Delivered outcome;
    };
    constexpr Row rows[] = {
        {200, Delivered::accepted},  {202, Delivered::accepted},  {204, Delivered::accepted},
        {400, Delivered::never},     {401, Delivered::never},     {403, Delivered::never},
        {404, Delivered::never},     {410, Delivered::never},     {413, Delivered::never},
        {302, Delivered::never},     {408, Delivered::try_again}, {429, Delivered::try_again},
        {500, Delivered::try_again}, {502, Delivered::try_again}, {503, Delivered::try_again}};
    HookServer server;
    int calls = 0;
    for (const auto& row : rows) {
        CAPTURE(row.status);
        const auto notifier = make(server.url("/hook"));  // an answer may end a notifier's trust
        server.answer(row.status);
        const auto delivery = notifier->deliver(message);
        CHECK(delivery.outcome == row.outcome);
        CHECK(delivery.reply.find(std::to_string(row.status)) != std::string::npos);
        CHECK(server.calls() == ++calls);  // one delivery is one call, redirects included
        CHECK(server.last_body() == message.bytes);
    }
}

inline void check_retry_after(const MakeChannel& make, const Rendered& message) {
    HookServer server;
    const auto notifier = make(server.url("/hook"));
    server.answer(429, "", "7");
    CHECK(notifier->deliver(message).after == std::chrono::seconds(7));
    server.answer(503, "", "11");
    CHECK(notifier->deliver(message).after == std::chrono::seconds(11));
    server.answer(429, "", "99999999");  // must not silence us for years
    CHECK(notifier->deliver(message).after <= std::chrono::hours(24));
    server.answer(429, "", "soon");
    CHECK(notifier->deliver(message).after == std::chrono::seconds(0));
}

inline void check_misbehaviour(const MakeChannel& make, const Rendered& message) {
    using How = HookServer::Misbehaviour;
    for (const auto how : {How::never_answers, How::cuts_its_answer, How::never_ends}) {
        CAPTURE(static_cast<int>(how));
        HookServer server;
        const auto notifier = make(server.url("/hook"));
        server.misbehave(how);
        const auto start = std::chrono::steady_clock::now();
        CHECK(notifier->deliver(message).outcome == Delivered::try_again);
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
        server.answer(200);
        CHECK(notifier->deliver(message).outcome == Delivered::accepted);
    }
    CHECK(make("http://127.0.0.1:1/hook")->deliver(message).outcome == Delivered::try_again);
}

// The address of a hook is a secret: whoever knows it can post.
inline void check_secrets(const MakeChannel& make, const Rendered& message) {
    using How = HookServer::Misbehaviour;
    const std::string canary = "canary-3f9a";
    HookServer server;
    const auto notifier = make(server.url("/" + canary + "?sig=" + canary));
    const auto no_canary = [&](const Delivery& delivery) {
        CHECK(delivery.reply.find(canary) == std::string::npos);
        CHECK(delivery.reply.find("127.0.0.1") == std::string::npos);
    };
    for (const int status : {200, 302, 400, 404, 429, 500}) {
        server.answer(status, "you called /" + canary);
        no_canary(notifier->deliver(message));
    }
    for (const auto how : {How::cuts_its_answer, How::never_ends}) {
        server.misbehave(how);
        no_canary(notifier->deliver(message));
    }
    no_canary(make("http://127.0.0.1:1/" + canary)->deliver(message));
    no_canary(make("gopher://" + canary + ".example.org/")->deliver(message));
    no_canary(make("http://[" + canary)->deliver(message));
}

inline void check_hook_address(const MakeChannel& make, const Rendered& message) {
    HookServer server;
    const std::string target =
        "/a%2Fb/../c//d/triggers/x?api-version=2016-06-01&sp=%2Ft%2Frun&"
        "sv=1.0&sig=AbC-_%2B%3d~";
    CHECK(make(server.url(target))->deliver(message).outcome == Delivered::accepted);
    CHECK(server.last_target() == target);
}

inline void check_connection_reuse(const MakeChannel& make, const Rendered& message) {
    HookServer server;
    const auto notifier = make(server.url("/hook"));
    for (int i = 0; i < 4; ++i) CHECK(notifier->deliver(message).outcome == Delivered::accepted);
    CHECK(server.connections() == 1);
}

}  // namespace stageclock::test

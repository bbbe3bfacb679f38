// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "adapters/notify/doors.h"
#include "tests/adapters/notify/chat_fakes.h"
#include "tests/support/fake_clock.h"

namespace stageclock::test {

constexpr const char* app_id = "00000000-0000-4000-8000-00000000b070";
constexpr const char* own_tenant = "00000000-0000-4000-8000-00000000000a";
constexpr const char* an_account = "00000000-0000-4000-8000-0000000000a1";

inline ChatAppSettings a_bot() {
    ChatAppSettings app;
    app.id = "camden-bot";
    app.channel = "teams-bot";
    app.client_id = app_id;
    app.tenant = own_tenant;
    app.token = "client-secret";
    app.hosts = {"127.0.0.1"};
    return app;
}

// A message in a person's own chat with the bot.
inline nlohmann::json an_activity(const std::string& service_url) {
    return {{"type", "message"},
            {"id", "1700000000001"},
            {"channelId", "msteams"},
            {"serviceUrl", service_url},
            {"from", {{"id", "29:rowan"}, {"aadObjectId", an_account}, {"name", "Somebody"}}},
            {"recipient", {{"id", "28:bot"}, {"name", "Stageclock"}}},
            {"conversation",
             {{"id", "a:own;chat=1"}, {"conversationType", "personal"}, {"tenantId", own_tenant}}},
            {"text", "list"}};
}

inline front::Request call(const nlohmann::json& body, const std::string& authorization = "") {
    front::Request request{
        "POST", "/api/messages", {{"content-type", "application/json"}}, body.dump()};
    if (!authorization.empty()) request.headers.push_back({"authorization", authorization});
    return request;
}

}  // namespace stageclock::test

// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/support/http_client.h"
#include "adapters/support/oauth_token.h"
#include "bot/core/result.h"
#include "bot/ports/settings.h"

namespace stageclock::teams {

// Where one conversation is found: what is kept in Places, as JSON text.
struct Conversation {
    std::string service_url;
    std::string id;
    // Mail addresses of the person whose own chat it is, in lower case.
    std::vector<std::string> addresses = {};
};
std::string to_place(const Conversation& conversation);
// An empty id: the text is no such place.
Conversation from_place(const std::string& place);

// An address a login server of Microsoft has, or the app's own one in its stead.
std::string login_url(const ChatAppSettings& app, const std::string& otherwise,
                      const std::string& path);

// Calls to the Bot Connector API (v3) as this app. The address to call comes with each activity, so
// nothing is sent to a host that is not on the list, least of all our token. Thread-safe.
class Connector {
public:
    Connector(ChatAppSettings app, http::ClientOptions options);

    // True for the hosts of Microsoft and those of the settings, without query or fragment.
    bool permits(const std::string& service_url) const;
    // METHOD SERVICE/v3/conversations/ID/TAIL, with our token. Code::refused: the host is not on
    // the list, or we get no token; Code::unavailable: no token now.
    Result<http::Request> request(const std::string& method, const Conversation& to,
                                  const std::string& tail, const std::string& body);
    Result<http::Answer> call(const std::string& method, const Conversation& to,
                              const std::string& tail, const std::string& body);
    // What the answer says of our token. True: it was refused after it had worked, so that another
    // may do.
    bool may_try_another_token(const http::Request& request, const http::Answer& answer);

private:
    Result<std::string> token();

    const ChatAppSettings app_;
    http::Client client_;
    std::shared_ptr<oauth::TokenSource> tokens_;  // null: none can be had, or none is needed
    std::mutex mutex_;
    std::string worked_;  // the last token that was taken
};

}  // namespace stageclock::teams

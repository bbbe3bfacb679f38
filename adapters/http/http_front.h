// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "adapters/http/access.h"
#include "adapters/http/calendar_door.h"
#include "adapters/http/exchange.h"
#include "adapters/http/link_door.h"
#include "adapters/http/reading.h"
#include "adapters/http/sandbox_clock.h"
#include "adapters/http/server.h"
#include "adapters/http/webhook.h"
#include "adapters/registry.h"
#include "bot/ports/desk.h"
#include "bot/ports/front.h"

namespace stageclock::front {

// Which request goes where, and who may ask it. As an application it needs no socket.
class Routes final : public Application {
public:
    Routes(const Settings& settings, Desk& desk, FrontParts parts = {});

    std::optional<Response> admit(const Request& head) override;
    Response answer(const Request& request) override;
    Response failed(int status) override;

private:
    Response route(const Request& request);
    Response get(const Request& request);
    Response post(const Request& request);
    std::optional<Response> open_to_all(std::string_view path);
    Door* door_at(const std::string& path) const;
    // The viewer, or the answer that asks for a token, or a better one.
    const Viewer* viewer_of(const Request& request, std::optional<Response>& refusal);
    const Viewer* operator_of(const Request& request, std::optional<Response>& refusal);

    Desk& desk_;
    Access access_;
    RefusalNotes notes_;
    Webhook webhook_;
    Reading reading_;
    SandboxClock clock_;
    std::optional<LinkDoor> links_;
    std::optional<CalendarDoor> calendars_;
    std::vector<std::unique_ptr<Door>> doors_;
};

// The HTTP side of the daemon.
class HttpFront final : public Front {
public:
    HttpFront(const Settings& settings, Desk& desk, FrontParts parts);

    Done start() override;
    std::string address() const override { return server_.address(); }
    void stop() override { server_.stop(); }

private:
    std::vector<TokenSettings> tokens_;
    Routes routes_;
    Server server_;
};

}  // namespace stageclock::front

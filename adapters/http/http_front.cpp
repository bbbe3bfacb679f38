// SPDX-License-Identifier: MIT
#include "adapters/http/http_front.h"

#include <algorithm>
#include <utility>

#include "adapters/http/style.h"
#include "adapters/registry.h"
#include "adapters/http/migration.h"

namespace stageclock::front {
namespace {

constexpr std::string_view hooks = "/hooks/v1/";
constexpr std::string_view clock_path = "/sandbox/clock";

Problem not_found() {
    return {404, "not-found", "Not found", "There is nothing at this address.", {}, {}};
}

Response method_not_allowed(const char* allowed) {
    Response response = to_response({405,
                                     "method",
                                     "Method not allowed",
                                     std::string("This address takes ") + allowed + ".",
                                     {},
                                     {}});
    response.headers.push_back({"Allow", allowed});
    return response;
}

Response plain(int status, std::string text) {
    Response response;
    response.status = status;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(text) + "\n";
    return response;
}

// The source's id, when the path has this form.
std::optional<std::string> source_of(std::string_view path) {
    if (!path.starts_with(hooks)) return std::nullopt;
    const std::string_view id = path.substr(hooks.size());
    if (id.empty() || id.find('/') != id.npos) return std::nullopt;
    return std::string(id);
}

bool is_page(std::string_view path) {
    return path == "/cases" || path == "/outbox" || path == "/refusals" ||
           path.starts_with("/cases/") || path.starts_with("/outbox/");
}

Response forbidden() {
    return sorry_page(403, "Not for this token",
                      "These pages are for the operator's desk: use a token whose role is "
                      "\"operator\".");
}

}  // namespace

Routes::Routes(const Settings& settings, Desk& desk, FrontParts parts)
    : desk_(desk),
      access_(settings.tokens),
      notes_(desk),
      webhook_(settings.sources, desk, notes_),
      reading_(desk, parts.mails),
      clock_(desk),
      doors_(std::move(parts.doors)) {
    if (parts.links != nullptr && parts.seal != nullptr) {
        links_.emplace(desk, *parts.links, *parts.seal, notes_);
    }
    if (parts.calendars != nullptr && parts.seal != nullptr) {
        calendars_.emplace(*parts.calendars, *parts.seal, notes_);
    }
}

Door* Routes::door_at(const std::string& path) const {
    const auto found = std::find_if(doors_.begin(), doors_.end(),
                                    [&](const auto& door) { return door->path() == path; });
    return found == doors_.end() ? nullptr : found->get();
}

std::optional<Response> Routes::admit(const Request& head) {
    if (head.method != "POST") return std::nullopt;
    std::optional<Response> refused;
    if (source_of(head.path)) {
        refused = webhook_.admit(head);
        if (refused) notes_.note("http", "", "415 media-type");
    } else if (head.path == migration_path) {
        if (head.media_type() != "application/json") {
            refused = to_response(
                {415, "media-type", "Unsupported media type", "Send application/json.", {}, {}});
        }
    } else if (head.path == clock_path) {
        refused = clock_.admit(head);
    } else if (links_ && LinkDoor::is_link(head.path)) {
        refused = LinkDoor::admit(head);
    } else if (door_at(head.path) == nullptr) {
        refused = is_page(head.path) || head.path == "/" ? method_not_allowed("GET, HEAD")
                                                         : to_response(not_found());
    }
    if (refused) protect(*refused, false);
    return refused;
}

Response Routes::answer(const Request& request) {
    Response response = route(request);
    protect(response, response.content_type.starts_with("text/html"));
    return response;
}

Response Routes::failed(int status) {
    Response response = status == 500
                            ? to_response({500,
                                           "internal",
                                           "This went wrong",
                                           "The daemon could not answer this request.",
                                           {},
                                           {}})
                            : to_response({status,
                                           "malformed-request",
                                           "The request cannot be read",
                                           "This is not a request that can be answered here.",
                                           {},
                                           {}});
    if (status == 500) notes_.note("http", "", "500 internal");
    protect(response, false);
    return response;
}

Response Routes::route(const Request& request) {
    return request.method == "POST" ? post(request) : get(request);
}

const Viewer* Routes::operator_of(const Request& request, std::optional<Response>& refusal) {
    const Viewer* viewer = viewer_of(request, refusal);
    if (viewer == nullptr || viewer->role == Role::operator_desk) return viewer;
    refusal = forbidden();
    return nullptr;
}

const Viewer* Routes::viewer_of(const Request& request, std::optional<Response>& refusal) {
    const Viewer* viewer = access_.viewer(request);
    if (viewer == nullptr) {
        refusal = unauthorised("Give a token: as password, or as \"Authorization: Bearer TOKEN\".");
        if (request.media_type() == "application/json") return nullptr;
        Response page = sorry_page(401, "A token is needed",
                                   "These pages are for the operator's desk. Reload the page and "
                                   "give the operator's token as password.");
        page.headers = std::move(refusal->headers);
        refusal = std::move(page);
    }
    return viewer;
}

std::optional<Response> Routes::open_to_all(std::string_view path) {
    if (path == "/") {
        return start_page(reading_.setting(), desk_.boards(), clock_.form_token());
    }
    if (path == "/style.css") {
        Response response;
        response.content_type = "text/css; charset=utf-8";
        response.body = style_sheet();
        response.headers.push_back({"Cache-Control", "max-age=300"});
        return response;
    }
    if (path == "/healthz") return plain(200, "ok");
    if (path == "/readyz") {
        const Done ready = desk_.ready();
        return ready ? plain(200, "ready") : plain(503, "not ready: " + ready.error().what);
    }
    return std::nullopt;
}

Response Routes::get(const Request& request) {
    const std::string& path = request.path;
    if (links_ && LinkDoor::is_link(path)) return links_->get(path);
    if (calendars_ && CalendarDoor::is_calendar(path)) return calendars_->get(request);
    if (auto open = open_to_all(path)) return *open;
    if (source_of(path) || path == clock_path || path == migration_path ||
        door_at(path) != nullptr) {
        return method_not_allowed("POST");
    }
    if (path.starts_with("/api/")) {
        const Viewer* viewer = access_.viewer(request);
        if (viewer != nullptr) return reading_.api(path, *viewer);
        return unauthorised("Send a token: \"Authorization: Bearer TOKEN\".");
    }
    if (Reading::is_file(path)) {
        std::optional<Response> refusal;
        const Viewer* viewer = viewer_of(request, refusal);
        if (viewer == nullptr) return *refusal;
        return viewer->sees_people() ? reading_.file(path, *viewer) : forbidden();
    }
    if (is_page(path)) {
        std::optional<Response> refusal;
        const Viewer* viewer = operator_of(request, refusal);
        return viewer != nullptr ? reading_.pages(path, *viewer) : *refusal;
    }
    return sorry_page(404, "Not found", "There is nothing at this address.");
}

Response Routes::post(const Request& request) {
    if (const auto source = source_of(request.path)) return webhook_.answer(*source, request);
    if (links_ && LinkDoor::is_link(request.path)) return links_->post(request);
    if (Door* door = door_at(request.path)) return door->answer(request);
    const bool migrates = request.path == migration_path;
    if (request.path != clock_path && !migrates) return to_response(not_found());
    std::optional<Response> refusal;
    if (operator_of(request, refusal) == nullptr) return *refusal;
    if (migrates) return answer_migration(desk_, request);
    return clock_.answer(request);
}

HttpFront::HttpFront(const Settings& settings, Desk& desk, FrontParts parts)
    : tokens_(settings.tokens),
      routes_(settings, desk, std::move(parts)),
      server_(settings.listen, settings.allow_public_bind, routes_) {}

Done HttpFront::start() {
    const Done sound = Access::check(tokens_);
    tokens_.clear();
    return sound ? server_.start() : sound;
}

}  // namespace stageclock::front

namespace stageclock {

std::unique_ptr<Front> make_http_front(const Settings& settings, Desk& desk, FrontParts parts) {
    return std::make_unique<front::HttpFront>(settings, desk, std::move(parts));
}

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#include "adapters/http/calendar_door.h"

#include <optional>

#include "adapters/http/pages.h"
#include "adapters/support/crypto.h"

namespace stageclock::front {
namespace {

constexpr std::string_view start = "/calendar/";
constexpr std::string_view ending = ".ics";

}  // namespace

bool CalendarDoor::is_calendar(std::string_view path) { return path.starts_with(start); }

Response CalendarDoor::get(const Request& request) {
    std::string_view seal = request.path;
    seal.remove_prefix(start.size());
    std::optional<std::int64_t> notice;
    if (seal.ends_with(ending)) {
        seal.remove_suffix(ending.size());
        notice = seal_.open(SealFor::calendar, seal);
    }
    const auto feed = notice ? feeds_.deadlines(*notice)
                             : Result<std::string>(Error{Code::not_found, "not ours", ""});
    if (!feed && feed.error().code == Code::not_found) {
        notes_.note("page", "", "404 calendar");
        return sorry_page(404, "Not found", "There is nothing at this address.");
    }
    Response response;
    if (!feed) {
        response = sorry_page(503, "Please try again", "The deadlines cannot be read just now.");
        response.headers.push_back({"Retry-After", "60"});
        return response;
    }
    const std::string tag = "\"" + crypto::sha256_hex(*feed).substr(0, 32) + "\"";
    response.headers.push_back({"ETag", tag});
    // For the one who asked, and asked for again each time: a deadline may have moved.
    response.headers.push_back({"Cache-Control", "private, no-cache"});
    response.content_type = "text/calendar; charset=utf-8";
    const std::string* known = request.header("if-none-match");
    if (known != nullptr && known->find(tag) != std::string::npos) {
        response.status = 304;
        return response;
    }
    response.body = *feed;
    return response;
}

}  // namespace stageclock::front

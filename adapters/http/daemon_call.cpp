// SPDX-License-Identifier: MIT
//
// The other end of POST /sandbox/clock and /operator/migrate: how the command line asks a running
// daemon.
#include <algorithm>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "adapters/registry.h"

namespace stageclock {
namespace {

constexpr std::string_view unix_prefix = "unix:";
// Moving the clock does everything due on the way: months may take a while.
constexpr std::chrono::minutes longest_answer{5};

httplib::Client client_for(const std::string& listen) {
    if (!listen.starts_with(unix_prefix)) return httplib::Client("http://" + listen);
    httplib::Client client(listen.substr(unix_prefix.size()));
    client.set_address_family(AF_UNIX);
    return client;
}

std::string detail_of(const nlohmann::json& problem) {
    return problem.value("detail", std::string("The daemon refused it."));
}

// Posts as an operator and gives the answer's body.
Result<nlohmann::json> ask_daemon(const Settings& settings, const char* path,
                                  const nlohmann::json& question) {
    const auto operators = std::find_if(settings.tokens.begin(), settings.tokens.end(),
                                        [](const auto& t) { return t.role == "operator"; });
    if (operators == settings.tokens.end()) {
        return Error{Code::invalid_input, "The settings name no token of role operator.", "token"};
    }
    httplib::Client client = client_for(settings.listen);
    client.set_connection_timeout(std::chrono::seconds(5));
    client.set_read_timeout(longest_answer);
    const httplib::Headers headers{{"Authorization", "Bearer " + operators->token}};
    const auto answer = client.Post(path, headers, question.dump(), "application/json");
    if (!answer) {
        return Error{Code::unavailable,
                     "No daemon answers at " + settings.listen + ". Is it running, on this port?",
                     settings.listen};
    }
    auto body = nlohmann::json::parse(answer->body, nullptr, false);
    if (!body.is_object()) {
        return Error{Code::unavailable, "What answers there is no stageclock.", settings.listen};
    }
    if (answer->status != 200) return Error{Code::refused, detail_of(body), path};
    return body;
}

}  // namespace

Result<std::string> move_daemon_clock(const Settings& settings, const std::string& by) {
    const auto body = ask_daemon(settings, "/sandbox/clock", {{"by", by}});
    if (!body) return body.error();
    return body->value("words", std::string());
}

Done migrate_case(const Settings& settings, const std::string& ref, const std::string& reason) {
    const auto body = ask_daemon(settings, "/operator/migrate", {{"ref", ref}, {"reason", reason}});
    if (!body) return body.error();
    return done();
}

}  // namespace stageclock

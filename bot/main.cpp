// SPDX-License-Identifier: MIT
#include <CLI/CLI.hpp>

#include "bot/app/commands/commands.h"

namespace {

constexpr const char* default_config = "config/sandbox.toml";

}  // namespace

int main(int argc, char** argv) {
    using namespace stageclock::commands;
    CLI::App app{"stageclock: keeps escalations between agencies from going quiet"};
    app.require_subcommand(1);
    app.set_version_flag("--version", STAGECLOCK_VERSION);

    Serve to_serve{default_config, "", 0};
    auto* serving = app.add_subcommand("serve", "Run the daemon");
    serving->add_option("--config", to_serve.config, "Settings file")->capture_default_str();
    serving->add_option("--data", to_serve.data_dir, "Folder for the store and the mail");
    serving->add_option("--port", to_serve.port, "Port on the loopback address");

    std::string to_check = default_config;
    auto* checking = app.add_subcommand("check", "Say everything wrong in a configuration");
    checking->add_option("--config", to_check, "Settings file")->capture_default_str();

    ClockForward to_move{default_config, "", 0, ""};
    auto* clock = app.add_subcommand("clock", "The sandbox's clock");
    clock->require_subcommand(1);
    auto* forward = clock->add_subcommand("forward", "Move it on, doing everything due on the way");
    forward->add_option("by", to_move.by,
                        "\"5 working days\", \"26 hours\", \"Monday 09:30\" or RFC 3339")
        ->required();
    forward->add_option("--config", to_move.config, "Settings file")->capture_default_str();
    forward->add_option("--data", to_move.data_dir, "Folder the daemon was started with");
    forward->add_option("--port", to_move.port, "Port the daemon was started with");

    CLI11_PARSE(app, argc, argv);
    if (*serving) return serve(to_serve);
    if (*checking) return check(to_check);
    return clock_forward(to_move);
}

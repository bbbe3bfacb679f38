// SPDX-License-Identifier: MIT
#include <csignal>
#include <cstdio>

#include <spdlog/spdlog.h>

#include "bot/app/commands/commands.h"
#include "bot/app/logging.h"
#include "bot/app/wire.h"

namespace stageclock::commands {
namespace {

// Blocked in every thread before any starts, so that only the wait below takes them.
sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // a peer that hangs up is an error code, not the end
    return signals;
}

void print_sandbox(const Daemon& daemon) {
    const Settings& settings = daemon.settings;
    const std::string address = daemon.front->address();
    std::printf("stageclock sandbox: nothing leaves this machine.\n\n");
    std::printf("  pages     %s/\n", address.c_str());
    if (!settings.maildir.empty())
        std::printf("  mail in   %s/new   (drop a mail there)\n", settings.maildir.c_str());
    std::printf("  mail out  %s/outbox   (also on %s/outbox)\n", settings.data_dir.c_str(),
                address.c_str());
    for (const SourceSettings& source : settings.sources) {
        std::printf("  webhook   %s/hooks/v1/%s   Authorization: Bearer %s\n", address.c_str(),
                    source.id.c_str(), source.bearer.c_str());
    }
    for (const TokenSettings& token : settings.tokens) {
        std::printf("  token     %s   (%s; the browser asks: any name, this as the password)\n",
                    token.token.c_str(), token.role.c_str());
    }
    std::printf("\nTry next: the first case in README.md, or move the clock:\n");
    std::printf("  build/release/bot/app/stageclock clock forward \"1 working day\"\n");
    std::printf("Stop with Ctrl-C.\n");
    std::fflush(stdout);
}

}  // namespace

int serve(const Serve& options) {
    const sigset_t signals = stop_signals();
    log_as(false);
    Wired wired = wire(options.config, options.data_dir, options.port);
    if (!wired.daemon) {
        for (const std::string& problem : wired.problems) {
            std::fprintf(stderr, "%s\n", problem.c_str());
        }
        std::fprintf(stderr, "stageclock does not start: %zu problems\n", wired.problems.size());
        return exit_config;
    }
    if (wired.daemon->settings.log_json) log_as(true);
    if (const Done started = wired.daemon->start(); !started) {
        std::fprintf(stderr, "stageclock does not start: %s: %s\n", started.error().where.c_str(),
                     started.error().what.c_str());
        return exit_unavailable;
    }
    for (const std::string& warning : wired.warnings) spdlog::warn("{}", warning);
    spdlog::info("listening on {}; {} named gaps in the boards' data (stageclock check)",
                 wired.daemon->front->address(), wired.gaps.size());
    if (wired.daemon->settings.sandbox) print_sandbox(*wired.daemon);
    int received = 0;
    sigwait(&signals, &received);
    spdlog::info("stopping: finishing the work in hand");
    wired.daemon->stop();
    return exit_ok;
}

}  // namespace stageclock::commands

// SPDX-License-Identifier: MIT
#include "bot/app/daemon.h"

#include <spdlog/spdlog.h>

namespace stageclock {
namespace {

constexpr std::chrono::milliseconds mail_poll{2'000};
constexpr std::chrono::milliseconds after_mail_failure{5'000};

}  // namespace

Done Daemon::start() {
    engine->start();
    outbox->start();
    if (const Done listening = front->start(); !listening) {
        started_ = true;
        stop();
        return listening;
    }
    report_watch->start();
    if (inbox) mail_thread_ = std::jthread([this](const std::stop_token& s) { read_mail(s); });
    started_ = true;
    return done();
}

void Daemon::read_mail(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            const auto handled = inbox->poll(*mail_intake, mail_poll);
            if (handled) {
                if (*handled > 0) outbox->ring();  // the answers to them
                continue;
            }
            spdlog::error("mail intake: {}", handled.error().what);
        } catch (const std::exception& error) {
            spdlog::error("mail intake: {}", error.what());
        }
        mail_bell_.wait(after_mail_failure);
    }
}

void Daemon::stop() {
    if (!started_) return;
    started_ = false;
    front->stop();
    report_watch->stop();
    if (mail_thread_.joinable()) {
        mail_thread_.request_stop();
        inbox->interrupt();
        mail_bell_.ring();
        mail_thread_.join();
    }
    engine->stop();
    outbox->stop();
    spdlog::info("stopped");
}

}  // namespace stageclock

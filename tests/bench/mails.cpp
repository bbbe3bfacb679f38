// SPDX-License-Identifier: MIT
#include "tests/bench/mails.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "tests/bench/cpu_time.h"
#include "tests/bench/events.h"
#include "tests/bench/stored.h"

namespace stageclock::bench {
namespace {

constexpr std::size_t cases = 3000;
constexpr std::size_t cases_resolved = 500;
constexpr std::size_t cases_with_chats = 1000;
constexpr std::chrono::seconds post_time{20};
constexpr std::chrono::seconds longest{50};  // a mail not taken within 60 s is tried again later

void signal(const std::vector<pid_t>& sinks, int what) {
    for (const pid_t sink : sinks) {
        if (::kill(sink, what) != 0) throw std::runtime_error("a server is not running");
    }
}

void print(const char* title, std::int64_t mails, double seconds, double cpu,
           const Stored& stored, std::int64_t last) {
    const std::string newer = " FROM sent WHERE id > " + std::to_string(last);
    const auto bytes = stored.number(("SELECT avg(length(bytes))" + newer).c_str());
    const auto forms = stored.number(
        ("SELECT count(json_extract(body, '$.form')) FROM notice_body WHERE id > " +
         std::to_string(last)).c_str());
    const auto chats = stored.number(
        ("SELECT count(*) FROM notice_body WHERE json_extract(body, '$.channel') != 'mail' "
         "AND id > " + std::to_string(last)).c_str());
    std::printf("  %-15s %8.0f/s   CPU %5.0f us   (%lld, %lld with a form, %lld to a chat; "
                "%lld bytes)\n", title,
                static_cast<double>(mails) / seconds, cpu * 1e6 / static_cast<double>(mails),
                static_cast<long long>(mails), static_cast<long long>(forms),
                static_cast<long long>(chats), static_cast<long long>(bytes));
    if (stored.number(("SELECT count(*)" + newer).c_str()) != mails)
        throw std::runtime_error("not every accepted mail was kept");
    std::fflush(stdout);
}

// Posts while the mail server stands still, then measures how fast what follows is handed over.
void measure(const char* title, const Daemon& daemon, const Load& load,
             const std::function<std::string(std::size_t)>& event,
             const std::function<void(const std::string&)>& answered, const Stored& stored,
             const std::vector<pid_t>& sinks) {
    const std::int64_t before = stored.notices();
    signal(sinks, SIGSTOP);
    post(daemon, load, event, answered);
    const std::int64_t mails = stored.notices() - before;
    if (stored.accepted() != before) throw std::runtime_error("the server did not stop");
    const double cpu_before = cpu_seconds(daemon.process);
    const auto begun = std::chrono::steady_clock::now();
    signal(sinks, SIGCONT);
    const double seconds = stored.wait_until_sent(begun, longest);
    print(title, mails, seconds, cpu_seconds(daemon.process) - cpu_before, stored, before);
}

}  // namespace

void measure_mails(const Daemon& daemon, const std::string& folder, pid_t sink) {
    std::printf("\nMails handed over by the outbox (8 senders, smtp-sink on loopback)\n");
    const Stored stored(folder + "/stageclock.db");
    std::vector<std::string> refs;
    measure("cases raised", daemon, {"raising", 64, cases, post_time, 201},
            [](std::size_t number) { return raise_event("raise-" + std::to_string(number)); },
            [&](const std::string& answer) { refs.push_back(ref_of(answer)); }, stored, {sink});
    measure("cases resolved", daemon,
            {"resolving", 64, std::min(cases_resolved, refs.size()), post_time, 200},
            [&](std::size_t number) {
                return resolve_event("resolve-" + std::to_string(number), refs[number]);
            },
            [](const std::string&) {}, stored, {sink});
}

void measure_chats(const Daemon& daemon, const std::string& folder,
                   const std::vector<pid_t>& sinks) {
    std::printf("\nMessages to posts with a chat (8 senders, smtp-sink and nginx on loopback)\n");
    const Stored stored(folder + "/stageclock.db");
    std::vector<std::string> refs;
    post(daemon, {"raising", 64, cases_with_chats, post_time, 201},
         [](std::size_t number) { return raise_event("raise-" + std::to_string(number)); },
         [&](const std::string& answer) { refs.push_back(ref_of(answer)); });
    const auto escalated_to = [&](const std::string& stage) {
        return [&refs, stage](std::size_t number) {
            return escalate_event("to-" + stage + "-" + std::to_string(number), refs[number],
                                  stage);
        };
    };
    const auto ignored = [](const std::string&) {};
    post(daemon, {"escalating", 64, refs.size(), post_time, 200}, escalated_to("2"), ignored);
    stored.wait_until_sent(std::chrono::steady_clock::now(), longest);
    measure("posts prompted", daemon, {"escalating", 64, refs.size(), post_time, 200},
            escalated_to("3"), ignored, stored, sinks);
}

}  // namespace stageclock::bench

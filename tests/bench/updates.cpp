// SPDX-License-Identifier: MIT
#include "tests/bench/updates.h"

#include <array>
#include <cstdio>
#include <vector>

#include "tests/bench/commits.h"
#include "tests/bench/events.h"
#include "tests/bench/stored.h"

namespace stageclock::bench {
namespace {

constexpr std::array<std::size_t, 3> connections{1, 16, 64};
// Each measurement has its own cases: a case grows with every acknowledgement.
constexpr std::size_t cases_each = 1000;
constexpr std::size_t most_updates = 12'000;
constexpr double wanted_ratio = 4;
constexpr std::chrono::seconds commit_time{3};
constexpr std::chrono::seconds raise_time{20};
constexpr std::chrono::seconds update_time{5};
constexpr std::chrono::seconds outbox_time{60};

void heading(const char* title) { std::printf("\n%s\n", title); }

void row(std::size_t count, const Measured& measured) {
    std::printf("  %3zu connection%s %8.0f/s   p50 %6.2f ms   p99 %6.2f ms   CPU %4.0f us\n", count,
                count == 1 ? ": " : "s:", measured.per_second(), measured.p50, measured.p99,
                measured.cpu);
    std::fflush(stdout);
}

double measure_commits(const std::string& file) {
    heading("SQLite alone (WAL, synchronous=FULL, 300 bytes a row, one thread)");
    const double single = rows_per_second(file, 1, commit_time);
    std::printf("    1 row a commit:   %8.0f rows/s\n", single);
    std::printf("   64 rows a commit:  %8.0f rows/s\n", rows_per_second(file, 64, commit_time));
    std::fflush(stdout);
    return single;
}

std::vector<std::string> raise_cases(const Daemon& daemon) {
    heading("Cases raised (their mails are made on the same processors meanwhile)");
    std::vector<std::string> refs;
    const Measured measured =
        post(daemon, {"raising", 64, cases_each * connections.size(), raise_time, 201},
             [](std::size_t number) { return raise_event("raise-" + std::to_string(number)); },
             [&](const std::string& answer) { refs.push_back(ref_of(answer)); });
    row(64, measured);
    return refs;
}

Measured acknowledge(const Daemon& daemon, std::size_t count,
                     const std::vector<std::string>& refs, std::size_t from, std::size_t cases) {
    const std::string name = "acknowledge-" + std::to_string(count) + "-";
    const Measured measured = post(
        daemon, {"acknowledging", count, most_updates, update_time, 200},
        [&](std::size_t number) {
            return acknowledge_event(name + std::to_string(number), refs[from + number % cases]);
        },
        [](const std::string&) {});
    row(count, measured);
    return measured;
}

bool all_stored(const Stored& stored, std::size_t raised, std::size_t acknowledged) {
    const auto answers = stored.number("SELECT count(*) FROM answer WHERE source = 'bench'");
    const auto cases = stored.number("SELECT count(*) FROM case_file");
    const auto events = stored.number(
        "SELECT count(*) FROM event WHERE json_extract(body, '$.kind') = 'acknowledged'");
    std::printf("\nAnswered and found stored: %zu raises, %lld cases; %zu acknowledgements, %lld "
                "events; %lld answers kept\n",
                raised, static_cast<long long>(cases), acknowledged,
                static_cast<long long>(events), static_cast<long long>(answers));
    return answers == static_cast<std::int64_t>(raised + acknowledged) &&
           cases == static_cast<std::int64_t>(raised) &&
           events == static_cast<std::int64_t>(acknowledged);
}

}  // namespace

bool measure_updates(const Daemon& daemon, const std::string& folder) {
    const double single = measure_commits(folder + "/plain.db");
    const Stored stored(folder + "/stageclock.db");
    const std::vector<std::string> refs = raise_cases(daemon);
    stored.wait_until_sent(std::chrono::steady_clock::now(), outbox_time);
    heading("Updates accepted and durable (acknowledge, spread evenly over the cases)");
    std::vector<double> rates;
    std::size_t acknowledged = 0;
    const std::size_t cases = refs.size() / connections.size();
    for (std::size_t i = 0; i < connections.size(); ++i) {
        const Measured measured = acknowledge(daemon, connections.at(i), refs, i * cases, cases);
        rates.push_back(measured.per_second());
        acknowledged += measured.answered;
    }
    const double ratio = rates.back() / rates.front();
    std::printf("  64 connections : 1 connection     %6.1f   (at least %.0f)\n", ratio,
                wanted_ratio);
    std::printf("  updates/s at 64 : SQLite commits/s %5.2f\n", rates.back() / single);
    const bool kept = all_stored(stored, refs.size(), acknowledged);
    if (!kept) std::printf("  NOT ALL THAT WAS ANSWERED IS STORED\n");
    if (ratio < wanted_ratio) std::printf("  GROUP COMMIT DOES NOT SHOW\n");
    std::fflush(stdout);
    return kept && ratio >= wanted_ratio;
}

}  // namespace stageclock::bench

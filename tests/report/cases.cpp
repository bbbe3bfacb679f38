// SPDX-License-Identifier: MIT
//
// Fills a store with cases that were never anybody's: random stories played through the same rules
// the daemon runs. Beside it goes a file with every deadline of every case, for those who count
// them again.
//
//   report_cases FOLDER NUMBER SEED     writes FOLDER/stageclock.db and FOLDER/deadlines.csv
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>

#include "adapters/registry.h"
#include "bot/core/play.h"

namespace stageclock::testing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr std::size_t per_commit = 256;

struct Chance {
    std::mt19937_64 source;

    // Plain remainders: the same numbers with every library.
    long below(long limit) {
        return static_cast<long>(source() % static_cast<std::uint64_t>(limit));
    }
    bool one_in(long number) { return below(number) == 0; }
    template <class Value>
    const Value& any(const std::vector<Value>& values) {
        return values[static_cast<std::size_t>(below(static_cast<long>(values.size())))];
    }
};

Contact contact(Side side, const std::string& role) {
    const std::string name = std::string(to_text(side)) + "-" + role;
    return {side, role, name, name + "@agency.example.org", ""};
}

Update raise_at(Instant at, const Rules& rules, Chance& chance) {
    static const std::vector<std::string> agencies{
        "csfh", "early-help",          "housing",   "schools",          "uclh",
        "gosh", "police-safeguarding", "probation", "north-london-nhs", "voluntary-organisation"};
    Update update;
    update.kind = UpdateKind::raise;
    update.received = at;
    update.board = rules.board.id;
    update.facts.raising.agency = chance.any(agencies);
    do {
        // A few pairs are common, as they are in life.
        update.facts.receiving.agency = chance.one_in(2) ? "csfh" : chance.any(agencies);
    } while (update.facts.receiving.agency == update.facts.raising.agency &&
             (update.facts.raising.agency = chance.any(agencies), true));
    update.facts.subject_name = "Nobody";
    update.facts.summary = "A made-up disagreement.";
    for (const Side side : {Side::raising, Side::receiving}) {
        update.facts.contacts.push_back(contact(side, "practitioner"));
        update.facts.contacts.push_back(contact(side, "line-manager"));
    }
    update.by = {Side::raising, "practitioner", "", "raising-practitioner@agency.example.org"};
    if (!chance.one_in(5)) update.facts.reason = chance.any(rules.policy.reasons).id;
    update.facts.urgent = chance.one_in(7);
    return update;
}

// Days of nothing, then something.
std::vector<Update> updates_after(Instant at, Chance& chance) {
    static const std::vector<UpdateKind> kinds{
        UpdateKind::escalate, UpdateKind::escalate,    UpdateKind::escalate,
        UpdateKind::resolve,  UpdateKind::resolve,     UpdateKind::acknowledge,
        UpdateKind::discuss,  UpdateKind::mark_urgent, UpdateKind::tag,
        UpdateKind::withdraw, UpdateKind::reopen};
    std::vector<Update> updates;
    const long number = 1 + chance.below(8);
    for (long i = 0; i < number; ++i) {
        at += hours(1 + chance.below(24 * 9));
        Update update;
        update.kind = chance.any(kinds);
        if (update.kind == UpdateKind::withdraw && !chance.one_in(3)) {
            update.kind = UpdateKind::resolve;
        }
        update.received = at;
        update.text = "As agreed.";
        update.by = {Side::raising, "practitioner", "", "raising-practitioner@agency.example.org"};
        if (update.kind == UpdateKind::tag) update.tag = chance.any(known_tags());
        updates.push_back(std::move(update));
    }
    return updates;
}

void write_deadlines(const Timeline& played, std::ofstream& file) {
    for (const DutyShown& duty : played.duties) {
        if (!duty.deadline.due) continue;
        file << played.end.ref << ',' << duty.stage << ',' << duty.id << ','
             << duty.deadline.due->time_since_epoch().count() << ',' << to_text(duty.state) << ','
             << (duty.over ? std::to_string(duty.over->time_since_epoch().count()) : "") << '\n';
    }
}

Transition stored(const Timeline& played) {
    Transition transition;
    transition.ref = played.end.ref;
    for (const Moment& moment : played.moments) {
        transition.events.insert(transition.events.end(), moment.events.begin(),
                                 moment.events.end());
    }
    transition.after = played.end;
    // A timeline leaves out what decide() notes for itself.
    transition.after.events = transition.events.size();
    transition.next = played.next;
    return transition;
}

int fill(const std::string& folder, long number, std::uint64_t seed) {
    const auto zone = load_zone("Europe/London");
    const auto calendars = load_calendar("policies/calendars/bank-holidays.json", *zone);
    const auto board = load_board({"camden", "policies/camden", {}}, calendars.value);
    auto store = make_sqlite_store(folder + "/stageclock.db");
    if (!store || !board.findings.empty()) return EXIT_FAILURE;
    const Rules rules{board.value.policy, board.value.board, board.value.directory,
                      calendar_of(board.value.policy, calendars.value)};
    Chance chance{std::mt19937_64(seed)};
    const Instant first = parse_rfc3339("2025-01-01T00:00:00Z").value();
    const Instant until = parse_rfc3339("2027-01-12T00:00:00Z").value();
    constexpr long span = 2L * 365 * 24 * 3600;
    std::vector<Instant> raised;
    for (long i = 0; i < number; ++i) raised.push_back(first + seconds(chance.below(span)));
    std::ranges::sort(raised);
    std::ofstream deadlines(folder + "/deadlines.csv");
    std::vector<Transition> waiting;
    for (std::size_t i = 0; i < raised.size(); ++i) {
        Script script;
        script.ref = "CSCP-2026-" + std::to_string(10000 + i);
        script.raise = raise_at(raised[i], rules, chance);
        script.updates = updates_after(raised[i], chance);
        script.until = std::min(until, script.updates.back().received + hours(24 * 20));
        const Timeline played = play(script, rules);
        if (played.end.entries.empty() || played.stuck) {
            const auto& refused = played.moments.front().refusal;
            std::fprintf(stderr, "a story was not taken: %s\n",
                         refused ? refused->what.c_str() : "it stuck");
            return EXIT_FAILURE;
        }
        write_deadlines(played, deadlines);
        waiting.push_back(stored(played));
        if (waiting.size() < per_commit && i + 1 < raised.size()) continue;
        if (const Done kept = (*store)->commit(waiting); !kept) {
            std::fprintf(stderr, "%s\n", kept.error().what.c_str());
            return EXIT_FAILURE;
        }
        waiting.clear();
    }
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace stageclock::testing

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: report_cases FOLDER NUMBER SEED\n");
        return 64;
    }
    return stageclock::testing::fill(argv[1], std::atol(argv[2]),
                                     static_cast<std::uint64_t>(std::atol(argv[3])));
}

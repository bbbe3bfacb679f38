// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bot/app/agenda.h"
#include "bot/app/case_cache.h"
#include "bot/app/rulebook.h"
#include "bot/app/wakeup.h"
#include "bot/ports/clock.h"
#include "bot/ports/desk.h"
#include "bot/ports/store.h"

namespace stageclock {

// The only writer of case state. Takes all waiting updates at once, judges each against the case as
// the ones before it left it, and commits them together; callers are answered after the commit. In
// between it looks at the cases whose time has come. It never sends: notices go to the outbox.
class Engine {
public:
    // `committed` is called on the engine's thread after each commit that may have made notices.
    Engine(Store& store, Clock& clock, const Rulebook& rulebook, std::function<void()> committed);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // What falls due beside the cases; outlives this. Set before start().
    void also(Agenda& agenda) { agenda_ = &agenda; }

    void start();
    // Finishes what was submitted, then ends the thread. Later submits are answered "unavailable".
    void stop();

    // Blocks until committed or refused. Thread-safe.
    Answer submit(Update update);

    // Sandbox: moves the clock to `to`, stopping at every instant at which something is due to do
    // it there. `at_each_stop` is called on the engine's thread before it goes on, so that what was
    // decided there is also sent there. Blocks until done. Thread-safe.
    Done forward(Instant to, std::function<void()> at_each_stop);

    // Handles everything that waits or is due now, on the caller's thread: for tests, which do not
    // start the thread. Gives the number of transitions committed.
    int step();

private:
    struct Waiting {
        Update update;
        std::promise<Answer> promise;
    };
    struct Forward {
        Instant to;
        std::function<void()> at_each_stop;
        std::promise<Done> promise;
    };

    void run(const std::stop_token& stop);
    std::chrono::milliseconds patience();
    int take_updates();
    void commit_updates(std::vector<Waiting>& waiting);
    int look_at_due();
    std::optional<Instant> next_of_agenda();
    int look_at_agenda();
    Result<std::optional<Instant>> next_stop();
    void take_forwards();
    Done move_on(const Forward& forward);

    Store& store_;
    Clock& clock_;
    const Rulebook& rulebook_;
    std::function<void()> committed_;

    Agenda* agenda_ = nullptr;

    CaseCache cache_;   // engine's thread only
    Wakeup wakeup_;
    std::mutex mutex_;  // guards the three below
    std::vector<Waiting> waiting_;
    std::vector<Forward> forwards_;
    bool stopped_ = false;
    std::jthread thread_;
};

}  // namespace stageclock

// SPDX-License-Identifier: MIT
//
// One loop: take what waits, look at what is due, sleep until either happens again. A batch keeps
// the cases it has touched, so that several updates of one case in a batch build on each other.
#include "bot/app/engine.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "bot/app/answer.h"
#include "bot/app/batch.h"

namespace stageclock {
namespace {

constexpr std::size_t most_per_commit = 256;
constexpr std::chrono::milliseconds longest_sleep{60'000};
// How long a failing store is left alone before the due cases are tried again.
constexpr std::chrono::milliseconds store_rest{1'000};
constexpr std::chrono::milliseconds due_rest{50};

Error stopping() { return {Code::unavailable, "The daemon is stopping.", ""}; }

}  // namespace

Engine::Engine(Store& store, Clock& clock, const Rulebook& rulebook,
               std::function<void()> committed)
    : store_(store), clock_(clock), rulebook_(rulebook), committed_(std::move(committed)) {}

Engine::~Engine() { stop(); }

void Engine::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Engine::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    thread_.request_stop();
    wakeup_.ring();
    if (thread_.joinable()) thread_.join();
}

Answer Engine::submit(Update update) {
    std::future<Answer> answer;
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) return unavailable();
        waiting_.push_back({std::move(update), {}});
        answer = waiting_.back().promise.get_future();
    }
    wakeup_.ring();
    return answer.get();
}

Done Engine::forward(Instant to, std::function<void()> at_each_stop) {
    std::future<Done> moved;
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) return stopping();
        forwards_.push_back({to, std::move(at_each_stop), {}});
        moved = forwards_.back().promise.get_future();
    }
    wakeup_.ring();
    return moved.get();
}

void Engine::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            if (step() == 0) wakeup_.wait(patience());
        } catch (const std::exception& error) {
            spdlog::error("engine: {}", error.what());
            wakeup_.wait(store_rest);
        }
    }
    // What was submitted before the stop is answered, however much it is.
    while (take_updates() > 0) {
    }
    const std::lock_guard lock(mutex_);
    for (Forward& forward : forwards_) forward.promise.set_value(stopping());
    forwards_.clear();
}

int Engine::step() {
    const int taken = take_updates();
    const int looked = look_at_due() + look_at_agenda();
    take_forwards();
    return taken + looked;
}

std::chrono::milliseconds Engine::patience() {
    const auto next = next_stop();
    if (!next) return store_rest;
    if (!*next) return longest_sleep;
    const auto left = std::chrono::milliseconds(**next - clock_.now());
    // Something due that step() could not move: do not spin on it.
    if (left <= left.zero()) return due_rest;
    return std::min(left, longest_sleep);
}

int Engine::take_updates() {
    std::vector<Waiting> waiting;
    {
        const std::lock_guard lock(mutex_);
        const auto most = std::min(waiting_.size(), most_per_commit);
        const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(most);
        waiting.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
    }
    if (!waiting.empty()) commit_updates(waiting);
    return static_cast<int>(waiting.size());
}

void Engine::commit_updates(std::vector<Waiting>& waiting) {
    Batch batch(store_, rulebook_, cache_, clock_.now());
    std::vector<Answer> answers;
    answers.reserve(waiting.size());
    for (const Waiting& one : waiting) answers.push_back(batch.take(one.update));
    const Done stored = batch.commit();
    if (!stored) {
        spdlog::error("engine: {} updates were not stored: {}", waiting.size(),
                      stored.error().what);
    }
    if (stored && batch.made_notices()) committed_();
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        // A repeat may repeat an update of this very batch.
        const bool lost = !stored && (answers[i].kind == Answer::Kind::accepted ||
                                      answers[i].kind == Answer::Kind::repeated);
        waiting[i].promise.set_value(lost ? unavailable() : std::move(answers[i]));
    }
}

int Engine::look_at_due() {
    const auto due = store_.due(clock_.now(), most_per_commit);
    if (!due) {
        spdlog::error("engine: cannot look for due cases: {}", due.error().what);
        return 0;
    }
    if (due->empty()) return 0;
    Batch batch(store_, rulebook_, cache_, clock_.now());
    for (const std::string& ref : *due) batch.look(ref);
    const Done stored = batch.commit();
    if (!stored) {
        spdlog::error("engine: due cases were not stored: {}", stored.error().what);
        return 0;
    }
    if (batch.made_notices()) committed_();
    return static_cast<int>(batch.size());
}

std::optional<Instant> Engine::next_of_agenda() {
    return agenda_ == nullptr ? std::nullopt : agenda_->next();
}

int Engine::look_at_agenda() {
    const auto next = next_of_agenda();
    if (!next || *next > clock_.now()) return 0;
    const auto made = agenda_->look(clock_.now());
    if (!made) {
        spdlog::error("engine: what is due beside the cases: {}", made.error().what);
        return 0;
    }
    if (*made > 0) committed_();
    return *made;
}

// When a case, or something beside them, is due next.
Result<std::optional<Instant>> Engine::next_stop() {
    auto next = store_.next_due();
    if (!next) return next.error();
    const auto beside = next_of_agenda();
    if (beside && (!*next || *beside < **next)) return beside;
    return next;
}

void Engine::take_forwards() {
    std::vector<Forward> forwards;
    {
        const std::lock_guard lock(mutex_);
        forwards.swap(forwards_);
    }
    for (Forward& forward : forwards) forward.promise.set_value(move_on(forward));
}

Done Engine::move_on(const Forward& forward) {
    while (true) {
        const auto next = next_stop();
        if (!next) return next.error();
        const auto send = store_.next_send();
        if (!send) return send.error();
        // A notice that is held, or tried again, goes out on the way. One that is due now and could
        // not leave is no reason to wait.
        const bool sends = *send && **send > clock_.now() && (!*next || **send < **next);
        const auto& stop = sends ? *send : *next;
        if (!stop || *stop > forward.to) break;
        if (const Done moved = clock_.move_to(std::max(*stop, clock_.now())); !moved) return moved;
        const int done = sends ? 0 : look_at_due() + look_at_agenda();
        const auto left = next_stop();
        if (!left) return left.error();
        if (!sends && done == 0 && *left && **left <= *stop) {
            return Error{Code::unavailable, "due work could not be stored", ""};
        }
        forward.at_each_stop();
    }
    return clock_.move_to(forward.to);
}

}  // namespace stageclock

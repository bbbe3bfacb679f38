// SPDX-License-Identifier: MIT
#include "bot/app/batch.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "bot/app/answer.h"

namespace stageclock {
namespace {

// An update that ended the process twice is not tried a third time.
constexpr int most_attempts = 2;
constexpr std::chrono::hours look_again_after_failure{1};

int year_of(Instant now, const Calendar& calendar) {
    const std::chrono::year_month_day day{calendar.date(now)};
    return static_cast<int>(day.year());
}

std::string reference(const std::string& prefix, int year, int number) {
    const std::string digits = std::to_string(number);
    const std::string zeros(digits.size() < 4 ? 4 - digits.size() : 0, '0');
    return prefix + "-" + std::to_string(year) + "-" + zeros + digits;
}

Answer conflict() {
    Answer answer;
    answer.kind = Answer::Kind::conflict;
    return answer;
}

Answer unknown_board() {
    return refused({Refused::unknown_board, "/data/board", "No such board is served here.", {}});
}

}  // namespace

Batch::Batch(Store& store, const Rulebook& rulebook, CaseCache& cache, Instant now)
    : store_(store), rulebook_(rulebook), cache_(cache), now_(now) {}

Answer Batch::take(const Update& update) {
    // Mails count their attempts where they are taken in: before they are even read.
    // The same update many times in one batch (a form clicked again and again) is one attempt.
    const std::pair attempt(update.source, update.id);
    if (update.source != "mail" && !attempts_.contains(attempt)) {
        const auto attempts = store_.count_attempt(update.source, update.id);
        if (!attempts) return unavailable();
        attempts_.insert(attempt);
        if (*attempts > most_attempts) {
            const Done kept = store_.set_aside({update.source, update.id,
                                                "ended the process twice: not tried again", "",
                                                now_});
            if (!kept) return unavailable();
            return refused(
                {Refused::malformed_field,
                 "",
                 "This update could not be processed and was set aside for the operator.",
                 {}});
        }
    }
    try {
        return judge(update);
    } catch (const std::exception& error) {
        spdlog::error("update {} of {} set aside: {}", update.id, update.source, error.what());
        const Done kept =
            store_.set_aside({update.source, update.id, error.what(), "", now_});
        if (!kept) return unavailable();
        return refused({Refused::malformed_field, "",
                        "This update could not be processed and was set aside for the operator.",
                        {}});
    }
}

Answer Batch::judge(const Update& update) {
    const auto before = answered_before(update);
    if (!before && before.error().code != Code::not_found) return unavailable();
    if (before) return *before;
    if (update.kind != UpdateKind::raise) return judge_known(update);
    const ServedBoard* served = rulebook_.board(update.board);
    return served == nullptr ? unknown_board() : judge_raise(update, *served);
}

// The answer this very update got before; Code::not_found when it is new.
Result<Answer> Batch::answered_before(const Update& update) {
    const auto again = [&](const StoredAnswer& stored) {
        return stored.digest == update.digest ? decode_answer(stored.body, stored.ref) : conflict();
    };
    const auto here = answers_.find({update.source, update.id});
    if (here != answers_.end()) return again(here->second);
    const auto stored = store_.answer(update.source, update.id);
    if (!stored) return stored.error();
    if (*stored) return again(**stored);
    return Error{Code::not_found, "", ""};
}

Answer Batch::judge_raise(const Update& update, const ServedBoard& served) {
    const Rules rules = rulebook_.rules(served);
    // Judged once without a number, so that refused raises leave no hole in the references.
    Case draft;
    draft.ref = "new";
    const Verdict verdict = accept(draft, rules, update, now_);
    if (verdict.refusal) return refused(*verdict.refusal);
    const int year = year_of(now_, rulebook_.calendar());
    const auto number = store_.next_number(served.board.reference_prefix, year);
    if (!number) return unavailable();
    draft.ref = reference(served.board.reference_prefix, year, *number);
    return decide_on(std::move(draft), update, rules);
}

Answer Batch::judge_known(const Update& update) {
    auto known = load(update.ref);
    if (!known) return unavailable();
    if (!*known) {
        return refused({Refused::unknown_case, "/subject", "There is no case with this reference.",
                        {}});
    }
    const ServedBoard* served = rulebook_.board((*known)->board);
    if (served == nullptr) return unknown_board();
    if (update.kind == UpdateKind::migrate) {
        return decide_on(std::move(**known), update, rulebook_.rules(*served));
    }
    mind_version(*served, **known);
    const Rules rules = rulebook_.rules(*served, **known);
    return decide_on(std::move(**known), update, rules);
}

Answer Batch::decide_on(Case before, const Update& update, const Rules& rules) {
    Verdict verdict = accept(before, rules, update, now_);
    if (verdict.refusal) return refused(std::move(*verdict.refusal));
    StoredAnswer stored{update.source, update.id, update.digest, before.ref, "", now_};
    const std::string ref = before.ref;
    add(before, std::move(verdict.events), rules, stored);
    Answer answer = answer_for(cases_.at(ref), rules);
    stored.body = encode(answer);
    transitions_.back().answer = stored;
    answers_[{update.source, update.id}] = std::move(stored);
    return answer;
}

void Batch::add(const Case& before, std::vector<Event> events, const Rules& rules,
                std::optional<StoredAnswer> answer) {
    Decision decision = decide(stageclock::apply(before, events), rules, now_);
    events.insert(events.end(), std::make_move_iterator(decision.events.begin()),
                  std::make_move_iterator(decision.events.end()));
    cases_[before.ref] = decision.after;
    transitions_.push_back({.ref = before.ref,
                            .expected = before.events,
                            .events = std::move(events),
                            .after = std::move(decision.after),
                            .next = decision.next,
                            .notices = std::move(decision.notices),
                            .cancelled = std::move(decision.cancelled),
                            .answer = std::move(answer)});
}

void Batch::look(const std::string& ref) {
    try {
        const auto known = load(ref);
        if (!known || !*known) return postpone(ref, "the case could not be read");
        const ServedBoard* served = rulebook_.board((*known)->board);
        if (served == nullptr) return postpone(ref, "its board is not served here");
        mind_version(*served, **known);
        add(**known, {}, rulebook_.rules(*served, **known), std::nullopt);
    } catch (const std::exception& error) {
        postpone(ref, error.what());
    }
}

// A case whose version of the policy is gone is judged by the present one, and never in silence.
void Batch::mind_version(const ServedBoard& served, const Case& the_case) {
    if (Rulebook::serves_version_of(served, the_case)) return;
    const std::string why = "raised under " + the_case.policy + ", version " +
                            the_case.policy_version +
                            ", of which no copy is kept: "
                            "name its folder under `earlier` of the board";
    spdlog::warn("case {}: {}", the_case.ref, why);
    if (const Done kept = store_.set_aside({"engine", the_case.ref, why, "", now_}); !kept) {
        spdlog::error("case {}: that could not be kept: {}", the_case.ref, kept.error().what);
    }
}

// One case that cannot be processed must not stop the others, nor be forgotten.
void Batch::postpone(const std::string& ref, const std::string& why) {
    spdlog::error("case {} could not be looked at: {}", ref, why);
    const Done kept = store_.set_aside({"engine", ref, why, "", now_});
    const auto known = load(ref);
    if (!kept || !known || !*known) return;
    transitions_.push_back({.ref = ref,
                            .expected = (*known)->events,
                            .events = {},
                            .after = **known,
                            .next = now_ + look_again_after_failure,
                            .notices = {},
                            .cancelled = {},
                            .answer = std::nullopt});
}

Result<std::optional<Case>> Batch::load(const std::string& ref) {
    const auto here = cases_.find(ref);
    if (here != cases_.end()) return std::optional<Case>(here->second);
    if (const Case* known = cache_.find(ref)) return std::optional<Case>(*known);
    return store_.load(ref);
}

bool Batch::made_notices() const {
    return std::any_of(transitions_.begin(), transitions_.end(),
                       [](const Transition& made) { return !made.notices.empty(); });
}

Done Batch::commit() {
    const Done stored =
        transitions_.empty() ? done() : store_.commit(std::span<const Transition>(transitions_));
    if (!stored) cache_.clear();
    for (auto& [ref, after] : cases_) {
        if (stored) cache_.put(std::move(after));
    }
    for (const auto& [source, id] : attempts_) {
        if (const Done forgotten = store_.forget_attempt(source, id); !forgotten) {
            spdlog::warn("attempts of {} could not be forgotten", id);
        }
    }
    return stored;
}

}  // namespace stageclock

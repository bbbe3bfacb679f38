// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <stdexcept>

#include "bot/core/decide.h"
#include "bot/ports/desk.h"
#include "tests/support/small_policy.h"

// A desk and a store in memory, which can be told to fail at a certain point.
namespace stageclock::testing {

class MailStore final : public Store {
public:
    bool locked = false;         // every call fails
    bool post_fails = false;
    std::map<std::string, StoredAnswer> answers;
    std::map<std::string, int> attempts;
    std::map<std::string, std::vector<Event>> happened;  // by case
    std::vector<Notice> posted;
    std::vector<SetAside> asides;

    Result<std::optional<StoredAnswer>> answer(const std::string& source,
                                               const std::string& id) override {
        if (locked) return error();
        const auto found = answers.find(source + ' ' + id);
        if (found == answers.end()) return std::optional<StoredAnswer>{};
        return std::optional(found->second);
    }
    Done post(std::span<const Notice> notices, const StoredAnswer& row) override {
        if (locked || post_fails) return error();
        if (!answers.emplace(row.source + ' ' + row.id, row).second) return done();
        posted.insert(posted.end(), notices.begin(), notices.end());
        return done();
    }
    Done set_aside(const SetAside& item) override {
        if (locked) return error();
        asides.push_back(item);
        return done();
    }
    Result<int> count_attempt(const std::string&, const std::string& id) override {
        if (locked) return error();
        return ++attempts[id];
    }
    Done forget_attempt(const std::string&, const std::string& id) override {
        if (locked) return error();
        attempts.erase(id);
        return done();
    }

    Result<std::optional<Case>> load(const std::string&) override { return error(); }
    Result<std::vector<Event>> events(const std::string& ref) override {
        if (locked) return error();
        return happened[ref];
    }
    Result<std::vector<CaseSummary>> cases(std::size_t) override { return error(); }
    Result<std::vector<CaseSummary>> cases_of(const std::string&, std::size_t) override {
        return error();
    }
    Done keep_place(const std::string&, const std::string&, const std::string&) override {
        return error();
    }
    Result<std::optional<std::string>> place_of(const std::string&, const std::string&) override {
        return error();
    }
    Result<int> next_number(const std::string&, int) override { return error(); }
    Done commit(std::span<const Transition>) override { return error(); }
    Result<std::vector<std::string>> due(Instant, std::size_t) override { return error(); }
    Result<std::optional<Instant>> next_due() override { return error(); }
    Result<std::vector<NoticeRow>> claim(Instant, Instant, std::size_t) override { return error(); }
    Done record(std::span<const SendResult>) override { return error(); }
    Done bounced(std::int64_t, Instant, const std::string&) override { return error(); }
    Done delivered(std::int64_t, Instant, const std::string&) override { return error(); }
    Result<std::optional<Instant>> next_send() override { return error(); }
    Result<std::vector<NoticeRow>> notices(const std::string&) override { return error(); }
    Result<std::vector<NoticeRow>> recent_notices(std::size_t) override { return error(); }
    Result<std::optional<NoticeRow>> notice(std::int64_t) override { return error(); }
    Result<std::string> sent(std::int64_t) override { return error(); }
    Result<std::vector<SetAside>> set_asides(std::size_t) override { return asides; }
    Done probe() override { return error(); }

private:
    static Error error() { return {Code::unavailable, "the store is locked", ""}; }
};

// Judges by the core's own rules, and keeps cases in a map.
class MailDesk : public Desk {
public:
    Small small;
    Instant time = utc("2026-06-05T10:00:00Z");
    bool unavailable = false;
    bool throws = false;
    bool in_sandbox = false;
    std::map<std::string, Case> known;
    std::vector<Update> submitted;  // accepted ones

    Answer submit(Update update) override {
        if (throws) throw std::runtime_error("broken");
        if (unavailable) return answered(Answer::Kind::unavailable, "");
        for (const auto& before : submitted) {
            if (before.id != update.id) continue;
            return answered(before.digest == update.digest ? Answer::Kind::repeated
                                                           : Answer::Kind::conflict, update.ref);
        }
        Case now = known[update.ref];
        if (update.kind == UpdateKind::raise)
            now.ref = "SB-2026-000" + std::to_string(known.size());
        const auto verdict = accept(now, rules(), update, time);
        if (verdict.refusal) {
            auto answer = answered(Answer::Kind::refused, update.ref);
            answer.refusal = verdict.refusal;
            return answer;
        }
        const auto ref = now.ref;
        known[ref] = apply(now, verdict.events);
        submitted.push_back(std::move(update));
        return answered(Answer::Kind::accepted, ref);
    }
    Result<CaseView> look(const std::string& ref) override {
        if (unavailable) return Error{Code::unavailable, "locked", ref};
        const auto found = known.find(ref);
        if (found == known.end()) return Error{Code::not_found, "no such case", ref};
        CaseView seen;
        seen.the_case = found->second;
        return seen;
    }
    const Policy* policy(const std::string& id) const override {
        return id == "small" ? &small.policy : nullptr;
    }
    const Directory* directory(const std::string& id) const override {
        return id == "small" ? &small.directory : nullptr;
    }
    std::vector<const Board*> boards() const override { return {&small.board}; }
    const Zone& zone() const override { return small.calendar.zone(); }
    Instant now() const override { return time; }
    bool sandbox() const override { return in_sandbox; }

    Result<std::vector<NoticeRow>> case_notices(const std::string&) override { return none(); }
    Result<std::vector<CaseSummary>> cases() override { return none(); }
    Result<std::vector<NoticeRow>> outbox() override { return none(); }
    Result<std::optional<NoticeRow>> notice(std::int64_t) override { return none(); }
    Result<std::string> message(std::int64_t) override { return none(); }
    Result<std::vector<SetAside>> set_asides() override { return none(); }
    void note_refusal(const std::string&, const std::string&, const std::string&) override {}
    Result<Instant> forward(const std::string&) override { return none(); }
    Answer migrate(const std::string&, const std::string&) override { return {}; }
    Done ready() override { return done(); }

private:
    Rules rules() const { return {small.policy, small.board, small.directory, small.calendar}; }
    static Error none() { return {Code::not_found, "not used here", ""}; }
    static Answer answered(Answer::Kind kind, const std::string& ref) {
        Answer answer;
        answer.kind = kind;
        answer.ref = ref;
        return answer;
    }
};

}  // namespace stageclock::testing

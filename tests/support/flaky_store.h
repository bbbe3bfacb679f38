// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "bot/ports/store.h"

namespace stageclock::testing {

// A store that passes everything on, and can be told to fail commits.
class FlakyStore final : public Store {
public:
    explicit FlakyStore(std::unique_ptr<Store> inner) : inner_(std::move(inner)) {}
    bool full = false;       // commits fail as on a full disk
    bool posts_fail = false;
    int commits = 0;
    std::size_t largest = 0; // transitions in one commit

    Result<std::optional<Case>> load(const std::string& ref) override { return inner_->load(ref); }
    Result<std::vector<Event>> events(const std::string& ref) override {
        return inner_->events(ref);
    }
    Result<std::vector<CaseSummary>> cases(std::size_t limit) override {
        return inner_->cases(limit);
    }
    Result<std::vector<CaseSummary>> cases_of(const std::string& address,
                                              std::size_t limit) override {
        return inner_->cases_of(address, limit);
    }
    Done keep_place(const std::string& channel, const std::string& person,
                    const std::string& place) override {
        return inner_->keep_place(channel, person, place);
    }
    Result<std::optional<std::string>> place_of(const std::string& channel,
                                                const std::string& person) override {
        return inner_->place_of(channel, person);
    }
    Result<int> next_number(const std::string& prefix, int year) override {
        return inner_->next_number(prefix, year);
    }
    Done commit(std::span<const Transition> transitions) override {
        if (full) return Error{Code::unavailable, "the disk is full", ""};
        ++commits;
        largest = std::max(largest, transitions.size());
        return inner_->commit(transitions);
    }
    Result<std::optional<StoredAnswer>> answer(const std::string& source,
                                               const std::string& id) override {
        return inner_->answer(source, id);
    }
    Done post(std::span<const Notice> notices, const StoredAnswer& answer) override {
        if (posts_fail) return Error{Code::unavailable, "the disk is full", ""};
        return inner_->post(notices, answer);
    }
    Result<std::vector<std::string>> due(Instant now, std::size_t limit) override {
        return inner_->due(now, limit);
    }
    Result<std::optional<Instant>> next_due() override { return inner_->next_due(); }
    Result<std::vector<NoticeRow>> claim(Instant now, Instant lease, std::size_t limit) override {
        return inner_->claim(now, lease, limit);
    }
    Done record(std::span<const SendResult> results) override { return inner_->record(results); }
    Result<std::optional<Instant>> next_send() override { return inner_->next_send(); }
    Result<std::vector<NoticeRow>> notices(const std::string& ref) override {
        return inner_->notices(ref);
    }
    Result<std::vector<NoticeRow>> recent_notices(std::size_t limit) override {
        return inner_->recent_notices(limit);
    }
    Result<std::optional<NoticeRow>> notice(std::int64_t id) override { return inner_->notice(id); }
    Done bounced(std::int64_t id, Instant at, const std::string& report) override {
        return inner_->bounced(id, at, report);
    }
    Done delivered(std::int64_t id, Instant at, const std::string& report) override {
        return inner_->delivered(id, at, report);
    }
    Result<std::string> sent(std::int64_t id) override { return inner_->sent(id); }
    Done set_aside(const SetAside& item) override { return inner_->set_aside(item); }
    Result<std::vector<SetAside>> set_asides(std::size_t limit) override {
        return inner_->set_asides(limit);
    }
    Result<int> count_attempt(const std::string& source, const std::string& id) override {
        return inner_->count_attempt(source, id);
    }
    Done forget_attempt(const std::string& source, const std::string& id) override {
        return inner_->forget_attempt(source, id);
    }
    Done probe() override { return inner_->probe(); }

private:
    std::unique_ptr<Store> inner_;
};

}  // namespace stageclock::testing

// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "bot/ports/store.h"

#include "adapters/store/sqlite/attempts.h"
#include "adapters/store/sqlite/connections.h"

namespace stageclock::sqlite {

// Opens the database, making the file if there is none; its directory must exist. Code::refused
// for one of a newer version or of another program, Code::unavailable when it cannot be used.
Result<std::unique_ptr<Store>> open_store(const std::string& path, const Options& options);

// Numbers handed out by this process.
class Numbers {
public:
    // Those up to `number` are taken.
    void taken(const std::string& prefix, int year, int number);
    // The next number; none while it is not known what the database holds.
    std::optional<int> next(const std::string& prefix, int year);
    void known(const std::string& prefix, int year);

private:
    struct Count {
        int last = 0;
        bool known = false;
    };
    std::mutex mutex_;
    std::map<std::pair<std::string, int>, Count> counts_;
};

// The store in one SQLite file, and the file of attempts beside it. docs/outbox.md has the schema.
class SqliteStore final : public Store {
public:
    // Throws Failure.
    SqliteStore(const std::string& path, const Options& options);

    Result<std::optional<Case>> load(const std::string& ref) override;
    Result<std::vector<Event>> events(const std::string& ref) override;
    Result<std::vector<CaseSummary>> cases(std::size_t limit) override;
    Result<std::vector<CaseSummary>> cases_of(const std::string& address,
                                              std::size_t limit) override;
    Result<int> next_number(const std::string& prefix, int year) override;
    Done commit(std::span<const Transition> transitions) override;
    Result<std::optional<StoredAnswer>> answer(const std::string& source,
                                               const std::string& id) override;
    Done post(std::span<const Notice> notices, const StoredAnswer& answer) override;
    Result<std::vector<std::string>> due(Instant now, std::size_t limit) override;
    Result<std::optional<Instant>> next_due() override;
    Result<std::vector<NoticeRow>> claim(Instant now, Instant lease, std::size_t limit) override;
    Done record(std::span<const SendResult> results) override;
    Done bounced(std::int64_t id, Instant at, const std::string& report) override;
    Done delivered(std::int64_t id, Instant at, const std::string& report) override;
    Result<std::optional<Instant>> next_send() override;
    Result<std::vector<NoticeRow>> notices(const std::string& ref) override;
    Result<std::vector<NoticeRow>> recent_notices(std::size_t limit) override;
    Result<std::optional<NoticeRow>> notice(std::int64_t id) override;
    Result<std::string> sent(std::int64_t id) override;
    Done set_aside(const SetAside& item) override;
    Result<std::vector<SetAside>> set_asides(std::size_t limit) override;
    Result<int> count_attempt(const std::string& source, const std::string& id) override;
    Done forget_attempt(const std::string& source, const std::string& id) override;
    Done keep_place(const std::string& channel, const std::string& person,
                    const std::string& place) override;
    Result<std::optional<std::string>> place_of(const std::string& channel,
                                                const std::string& person) override;
    Done probe() override;

private:
    Connections connections_;
    Attempts attempts_;
    Numbers numbers_;
};

}  // namespace stageclock::sqlite

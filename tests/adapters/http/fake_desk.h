// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bot/ports/desk.h"

namespace stageclock {

// A desk for tests of the front: keeps what it was told, answers what a test wants, and has two
// boards with a case each, some notices and a message.
class FakeDesk final : public Desk {
public:
    FakeDesk();

    Answer submit(Update update) override;
    Result<CaseView> look(const std::string& ref) override;
    Result<std::vector<NoticeRow>> case_notices(const std::string& ref) override;
    Result<std::vector<CaseSummary>> cases() override;
    Result<std::vector<NoticeRow>> outbox() override { return rows; }
    Result<std::optional<NoticeRow>> notice(std::int64_t id) override;
    Result<std::string> message(std::int64_t id) override;
    Result<std::vector<SetAside>> set_asides() override;
    void note_refusal(const std::string& source, const std::string& id,
                      const std::string& why) override;
    const Policy* policy(const std::string&) const override { return nullptr; }
    const Directory* directory(const std::string&) const override { return nullptr; }
    std::vector<const Board*> boards() const override { return {&camden, &north}; }
    const Zone& zone() const override { return london; }
    Instant now() const override { return present; }
    bool sandbox() const override { return movable; }
    Answer migrate(const std::string& ref, const std::string& reason) override;
    Result<Instant> forward(const std::string& by) override;
    Done ready() override;

    std::vector<Update> updates() const;
    std::vector<SetAside> refusals() const;

    // What a test may set before the first request.
    std::optional<Answer> next;      // the answer to every update
    bool throws = false;             // submit() throws, with a name in the text
    bool is_ready = true;
    std::atomic<bool> movable{true};
    std::atomic<Instant> present;
    std::map<std::string, CaseView> views;
    std::vector<NoticeRow> rows;
    std::map<std::int64_t, std::string> messages;

private:
    Zone london;
    Board camden;
    Board north;
    Guard guard;
    mutable std::mutex mutex_;
    std::vector<Update> updates_;
    std::vector<SetAside> refusals_;
    std::map<std::string, std::pair<std::string, Answer>> answers_;
};

// The settings of a front over it: loopback, a free port, source "cms" (bearer and signature),
// source "north" (one board only), tokens for each role.
struct Settings;
Settings front_settings();
inline constexpr const char* operator_token = "operator-token-for-tests";
inline constexpr const char* officer_token = "officer-token-for-tests";
inline constexpr const char* reader_token = "reader-token-for-tests";
inline constexpr const char* north_token = "north-token-for-tests";  // operator of one board
inline constexpr const char* cms_bearer = "cms-bearer-for-tests";
inline constexpr const char* north_bearer = "north-bearer-for-tests";
inline constexpr const char* cms_secret = "a secret of more than 24 bytes";

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include "bot/app/engine.h"
#include "bot/app/outbox.h"
#include "bot/app/rulebook.h"
#include "bot/ports/clock.h"
#include "bot/ports/desk.h"
#include "bot/ports/store.h"

namespace stageclock {

// The Desk of the running daemon: updates go to the engine, questions to the store.
class FrontDesk final : public Desk {
public:
    FrontDesk(Engine& engine, Outbox& outbox, Store& store, Clock& clock, const Rulebook& rulebook)
        : engine_(engine), outbox_(outbox), store_(store), clock_(clock), rulebook_(rulebook) {}

    Answer submit(Update update) override;
    Result<CaseView> look(const std::string& ref) override;
    Result<std::vector<NoticeRow>> case_notices(const std::string& ref) override;
    Result<std::vector<CaseSummary>> cases() override;
    Result<std::vector<NoticeRow>> outbox() override;
    Result<std::optional<NoticeRow>> notice(std::int64_t id) override;
    Result<std::string> message(std::int64_t id) override;
    Result<std::vector<SetAside>> set_asides() override;
    void note_refusal(const std::string& source, const std::string& id,
                      const std::string& why) override;
    const Policy* policy(const std::string& board) const override;
    const Directory* directory(const std::string& board) const override;
    std::vector<const Board*> boards() const override;
    const Zone& zone() const override;
    Instant now() const override;
    bool sandbox() const override;
    Result<Instant> forward(const std::string& by) override;
    Answer migrate(const std::string& ref, const std::string& reason) override;
    Done ready() override;

private:
    Engine& engine_;
    Outbox& outbox_;
    Store& store_;
    Clock& clock_;
    const Rulebook& rulebook_;
};

}  // namespace stageclock

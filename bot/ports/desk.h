// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/core/decide.h"
#include "bot/ports/store.h"

namespace stageclock {

// The answer to an update.
struct Answer {
    enum class Kind {
        accepted,
        repeated,      // the same source, id and body were accepted before: same content
        refused,       // understood, not permitted: `refusal`
        conflict,      // the same id was used for another body
        unavailable    // not stored: try again later
    };
    Kind kind{};
    std::string ref;
    std::string stage;
    std::string stage_title;
    struct Due {
        std::string duty;
        std::string title;
        Instant due;
        std::string words;  // "Thursday 24 December 2026 at 17:00"
    };
    std::vector<Due> deadlines;          // of the open duties, earliest first
    std::vector<std::string> guards;     // sentences the sender must see (999, signposts)
    std::optional<Refusal> refusal;
};

// The front desk: what the outside may ask of the engine. Thread-safe; `submit` returns only after
// the commit.
class Desk {
public:
    virtual ~Desk() = default;

    virtual Answer submit(Update update) = 0;

    virtual Result<CaseView> look(const std::string& ref) = 0;
    virtual Result<std::vector<NoticeRow>> case_notices(const std::string& ref) = 0;
    virtual Result<std::vector<CaseSummary>> cases() = 0;
    virtual Result<std::vector<NoticeRow>> outbox() = 0;
    virtual Result<std::optional<NoticeRow>> notice(std::int64_t id) = 0;
    virtual Result<std::string> message(std::int64_t id) = 0;
    virtual Result<std::vector<SetAside>> set_asides() = 0;
    // A refused or unreadable request: one line for the refusals list. No personal data.
    virtual void note_refusal(const std::string& source, const std::string& id,
                              const std::string& why) = 0;

    // What a board's policy offers: for error texts and pages. nullptr: no such board.
    virtual const Policy* policy(const std::string& board) const = 0;
    virtual const Directory* directory(const std::string& board) const = 0;
    virtual std::vector<const Board*> boards() const = 0;
    virtual const Zone& zone() const = 0;

    virtual Instant now() const = 0;
    virtual bool sandbox() const = 0;
    // Sandbox only: moves the clock on by a term ("5 working days", "26 hours"), to the next
    // "Monday 09:30" or to an RFC 3339 instant, doing everything due on the way in order, and waits
    // until it was sent. Gives the new time.
    virtual Result<Instant> forward(const std::string& by) = 0;
    // The operator's: moves a case to the version of its policy that is served now. `reason` goes
    // on the record.
    virtual Answer migrate(const std::string& ref, const std::string& reason) = 0;
    virtual Done ready() = 0;
};

}  // namespace stageclock

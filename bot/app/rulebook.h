// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/core/decide.h"

namespace stageclock {

// One board as it is served: its settings, policy and directory. `earlier` are the versions of its
// policy that open cases were raised under.
struct ServedBoard {
    Board board;
    Policy policy;
    Directory directory;
    std::vector<Policy> earlier = {};
};

// The rules of every board served here, read at start and never changed. Thread-safe.
class Rulebook {
public:
    Rulebook(std::vector<ServedBoard> boards, Calendar calendar);

    // nullptr: no such board.
    const ServedBoard* board(const std::string& id) const;
    std::vector<const Board*> boards() const;
    const Calendar& calendar() const { return calendar_; }
    // The rules for new cases of this board.
    Rules rules(const ServedBoard& board) const;
    // The rules a case is judged by: the version of the policy it was raised under, and the
    // present one only when that version is not served any more.
    Rules rules(const ServedBoard& board, const Case& the_case) const;
    static bool serves_version_of(const ServedBoard& board, const Case& the_case);

private:
    std::map<std::string, std::unique_ptr<ServedBoard>> boards_;
    Calendar calendar_;
};

}  // namespace stageclock

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
    // `calendars`: one a division of the bank-holiday file, the usual one first.
    Rulebook(std::vector<ServedBoard> boards, std::vector<Calendar> calendars);

    // nullptr: no such board.
    const ServedBoard* board(const std::string& id) const;
    std::vector<const Board*> boards() const;
    // The usual calendar: for what belongs to no board.
    const Calendar& calendar() const { return calendars_.front(); }
    const Calendar& calendar(const Policy& policy) const;
    // The rules for new cases of this board.
    Rules rules(const ServedBoard& board) const;
    // The rules a case is judged by: the version of the policy it was raised under, and the
    // present one only when that version is not served any more.
    Rules rules(const ServedBoard& board, const Case& the_case) const;
    static bool serves_version_of(const ServedBoard& board, const Case& the_case);

private:
    std::map<std::string, std::unique_ptr<ServedBoard>> boards_;
    std::vector<Calendar> calendars_;
};

}  // namespace stageclock

// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/core/decide.h"

namespace stageclock {

// One board as it is served: its settings, policy and directory.
struct ServedBoard {
    Board board;
    Policy policy;
    Directory directory;
};

// The rules of every board served here, read at start and never changed. Thread-safe.
class Rulebook {
public:
    Rulebook(std::vector<ServedBoard> boards, Calendar calendar);

    // nullptr: no such board.
    const ServedBoard* board(const std::string& id) const;
    std::vector<const Board*> boards() const;
    const Calendar& calendar() const { return calendar_; }
    // The rules a case of this board is judged by. The board must exist.
    Rules rules(const ServedBoard& board) const;

private:
    std::map<std::string, std::unique_ptr<ServedBoard>> boards_;
    Calendar calendar_;
};

}  // namespace stageclock

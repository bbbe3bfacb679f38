// SPDX-License-Identifier: MIT
#include "bot/app/rulebook.h"

namespace stageclock {

Rulebook::Rulebook(std::vector<ServedBoard> boards, Calendar calendar)
    : calendar_(std::move(calendar)) {
    for (ServedBoard& board : boards) {
        const std::string id = board.board.id;
        boards_[id] = std::make_unique<ServedBoard>(std::move(board));
    }
}

const ServedBoard* Rulebook::board(const std::string& id) const {
    const auto found = boards_.find(id);
    return found == boards_.end() ? nullptr : found->second.get();
}

std::vector<const Board*> Rulebook::boards() const {
    std::vector<const Board*> boards;
    for (const auto& [id, served] : boards_) boards.push_back(&served->board);
    return boards;
}

Rules Rulebook::rules(const ServedBoard& board) const {
    return {board.policy, board.board, board.directory, calendar_};
}

}  // namespace stageclock

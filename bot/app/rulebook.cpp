// SPDX-License-Identifier: MIT
#include "bot/app/rulebook.h"

namespace stageclock {
namespace {

bool is_version_of(const Policy& policy, const Case& the_case) {
    return policy.id == the_case.policy && policy.version == the_case.policy_version &&
           (the_case.policy_digest.empty() || policy.digest == the_case.policy_digest);
}

const Policy* policy_of(const ServedBoard& board, const Case& the_case) {
    if (is_version_of(board.policy, the_case)) return &board.policy;
    for (const Policy& policy : board.earlier) {
        if (is_version_of(policy, the_case)) return &policy;
    }
    return nullptr;
}

}  // namespace

Rulebook::Rulebook(std::vector<ServedBoard> boards, std::vector<Calendar> calendars)
    : calendars_(std::move(calendars)) {
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

const Calendar& Rulebook::calendar(const Policy& policy) const {
    return calendar_of(policy, calendars_);
}

Rules Rulebook::rules(const ServedBoard& board) const {
    return {board.policy, board.board, board.directory, calendar(board.policy)};
}

Rules Rulebook::rules(const ServedBoard& board, const Case& the_case) const {
    const Policy* known = policy_of(board, the_case);
    const Policy& policy = known != nullptr ? *known : board.policy;
    return {policy, board.board, board.directory, calendar(policy)};
}

bool Rulebook::serves_version_of(const ServedBoard& board, const Case& the_case) {
    return policy_of(board, the_case) != nullptr;
}

}  // namespace stageclock

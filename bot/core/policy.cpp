// SPDX-License-Identifier: MIT
#include "bot/core/policy.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stageclock {
namespace {

constexpr std::array<std::pair<Side, std::string_view>, 5> sides{{{Side::none, "none"},
                                                                  {Side::raising, "raising"},
                                                                  {Side::receiving, "receiving"},
                                                                  {Side::both, "both"},
                                                                  {Side::board, "board"}}};

template <class Row>
const Row* find(const std::vector<Row>& rows, std::string_view id) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_text(Side side) {
    const auto found = std::find_if(sides.begin(), sides.end(),
                                    [&](const auto& row) { return row.first == side; });
    return found == sides.end() ? "none" : found->second;
}

std::optional<Side> parse_side(std::string_view text) {
    for (const auto& [side, word] : sides) {
        if (word == text) return side;
    }
    return std::nullopt;
}

const Stage* find_stage(const Policy& policy, std::string_view id) {
    return find(policy.stages, id);
}
const Duty* find_duty(const Policy& policy, std::string_view id) { return find(policy.duties, id); }
const Copy* find_copy(const Policy& policy, std::string_view id) { return find(policy.copies, id); }
const Form* find_form(const Policy& policy, std::string_view id) { return find(policy.forms, id); }
const NamedEvent* find_event(const Policy& policy, std::string_view id) {
    return find(policy.events, id);
}
const Procedure* find_procedure(const Policy& policy, std::string_view id) {
    return find(policy.procedures, id);
}

const Stage* first_stage(const Policy& policy, std::string_view procedure) {
    const auto found =
        std::find_if(policy.stages.begin(), policy.stages.end(),
                     [&](const Stage& stage) { return stage.procedure == procedure; });
    return found == policy.stages.end() ? nullptr : &*found;
}

int place_of(const Policy& policy, std::string_view stage) {
    const Stage* const wanted = find_stage(policy, stage);
    if (wanted == nullptr) return -1;
    int place = 0;
    for (const Stage& other : policy.stages) {
        if (&other == wanted) break;
        if (other.procedure == wanted->procedure) ++place;
    }
    return place;
}

bool lies_in(const Policy& policy, std::string_view stage, std::string_view outer) {
    if (stage == outer) return true;
    const Stage* step = find_stage(policy, stage);
    return step != nullptr && !step->within.empty() && step->within == outer;
}

std::vector<std::string> priority_ids(const Policy& policy) {
    if (policy.priorities.empty()) return {"urgent"};
    std::vector<std::string> ids;
    for (const Priority& priority : policy.priorities) ids.push_back(priority.id);
    return ids;
}

int level_of(const Policy& policy, std::string_view priority) {
    const auto ids = priority_ids(policy);
    const auto found = std::find(ids.begin(), ids.end(), priority);
    return found == ids.end() ? -1 : static_cast<int>(found - ids.begin());
}

std::vector<const Guard*> guards_for(const Policy& policy, std::string_view when) {
    std::vector<const Guard*> guards;
    for (const Guard& guard : policy.guards) {
        if (guard.when == when) guards.push_back(&guard);
    }
    return guards;
}

const std::vector<std::string>& known_events() {
    static const std::vector<std::string> words{"outset",          "raised",
                                                "stage-entered",   "acknowledged",
                                                "discussed",       "escalated",
                                                "resolved",        "withdrawn",
                                                "marked-urgent",   "marked-standard",
                                                "deadline-set",    "contact-named",
                                                "attested",        "outcome-confirmed",
                                                "tagged",          "decided",
                                                "reopened",        "closed",
                                                "deadline-agreed", "contact-unavailable"};
    return words;
}

const std::vector<std::string>& known_tags() {
    static const std::vector<std::string> tags{"strategic-issue", "policy-gap", "learning"};
    return tags;
}

}  // namespace stageclock

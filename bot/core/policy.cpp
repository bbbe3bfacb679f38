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

const Stage* next_stage(const Policy& policy, std::string_view id) {
    const Stage* stage = find_stage(policy, id);
    if (stage == nullptr) return nullptr;
    const Stage* const end = policy.stages.data() + policy.stages.size();
    const Stage* const next = std::find_if(
        stage + 1, end, [&](const Stage& other) { return other.procedure == stage->procedure; });
    return next == end ? nullptr : next;
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

std::vector<const Guard*> guards_for(const Policy& policy, std::string_view when) {
    std::vector<const Guard*> guards;
    for (const Guard& guard : policy.guards) {
        if (guard.when == when) guards.push_back(&guard);
    }
    return guards;
}

const std::vector<std::string>& known_events() {
    static const std::vector<std::string> words{
        "outset",       "raised",        "stage-entered", "acknowledged",      "discussed",
        "escalated",    "resolved",      "withdrawn",     "marked-urgent",     "marked-standard",
        "deadline-set", "contact-named", "attested",      "outcome-confirmed", "tagged",
        "decided",      "reopened",      "closed"};
    return words;
}

const std::vector<std::string>& known_tags() {
    static const std::vector<std::string> tags{"strategic-issue", "policy-gap", "learning"};
    return tags;
}

}  // namespace stageclock

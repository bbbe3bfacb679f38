// SPDX-License-Identifier: MIT
//
// A table whose sums are joints of pipes is a circulation. The values somebody can believe a marked
// figure to have are the whole numbers of an interval (Hoffman's circulation theorem), so that it
// is open to doubt exactly when it can go up or down by one: when a ring of marked figures leads
// through it round which one more, or one less, can flow.
#include "bot/core/withhold.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace stageclock {
namespace {

using Mark = Flow::Mark;
constexpr long no_limit = std::numeric_limits<long>::max();

bool share_a_joint(const Flow& a, const Flow& b) {
    const auto meets = [&](std::size_t joint) {
        return joint != 0 && (joint == b.from || joint == b.to);
    };
    return meets(a.from) || meets(a.to);
}

struct Room {
    bool down = false;
    bool up = false;
};

// Whether the figure can go down or up by one and still be marked as it is. It is known that the
// smallest that will do are withheld: what is withheld is believed to be no larger than what is
// shown beside it.
Room room_of(const std::vector<Flow>& flows, const Flow& flow, long below, bool whole_table) {
    if (flow.mark == Mark::shown) return {};
    if (flow.mark == Mark::small) return {flow.value > 1, flow.value < below - 1};
    if (whole_table) return {flow.value > 0, true};
    long beside = no_limit;
    for (const Flow& other : flows) {
        const bool counts = other.mark == Mark::shown && !other.always && other.value > 0;
        if (counts && share_a_joint(flow, other)) beside = std::min(beside, other.value);
    }
    return {flow.value > below, flow.value < beside};
}

struct Table {
    const std::vector<Flow>& flows;
    std::vector<Room> rooms;
    std::size_t joints = 0;

    Table(const std::vector<Flow>& all, long below) : flows(all) {
        rooms.reserve(all.size());
        const bool whole_table = std::ranges::all_of(
            all, [](const Flow& flow) { return flow.always || flow.mark == Mark::withheld; });
        for (const Flow& flow : all) {
            rooms.push_back(room_of(all, flow, below, whole_table));
            joints = std::max({joints, flow.from + 1, flow.to + 1});
        }
    }

    // Whether one more can flow from one joint to the other without the figure `but`.
    bool leads(std::size_t start, std::size_t goal, std::size_t but) const {
        std::vector<bool> seen(joints, false);
        std::vector<std::size_t> open{start};
        seen[start] = true;
        while (!open.empty()) {
            const std::size_t here = open.back();
            open.pop_back();
            if (here == goal) return true;
            for (std::size_t i = 0; i < flows.size(); ++i) {
                const Flow& flow = flows[i];
                std::optional<std::size_t> next;
                if (i != but && flow.from == here && rooms[i].up) next = flow.to;
                if (i != but && flow.to == here && rooms[i].down) next = flow.from;
                if (!next || seen[*next]) continue;
                seen[*next] = true;
                open.push_back(*next);
            }
        }
        return false;
    }

    bool open_to_doubt(std::size_t which) const {
        const Flow& flow = flows[which];
        const Room& room = rooms[which];
        return (room.up && leads(flow.to, flow.from, which)) ||
               (room.down && leads(flow.from, flow.to, which));
    }
};

std::optional<std::size_t> first_certain(const std::vector<Flow>& flows, long below) {
    const Table table(flows, below);
    for (std::size_t i = 0; i < flows.size(); ++i) {
        if (flows[i].mark != Mark::shown && !table.open_to_doubt(i)) return i;
    }
    return std::nullopt;
}

// The smallest figure shown in a sum with `certain`; else of the table.
Flow* next_to_withhold(std::vector<Flow>& flows, const Flow& certain) {
    Flow* found = nullptr;
    bool found_beside = false;
    for (Flow& flow : flows) {
        if (flow.always || flow.mark != Mark::shown || flow.value == 0) continue;
        const bool beside = share_a_joint(flow, certain);
        const bool better = found == nullptr || (beside && !found_beside) ||
                            (beside == found_beside && flow.value < found->value);
        if (!better) continue;
        found = &flow;
        found_beside = beside;
    }
    return found;
}

}  // namespace

bool open_to_doubt(const std::vector<Flow>& flows, std::size_t which, long below) {
    return Table(flows, below).open_to_doubt(which);
}

void withhold_small(std::vector<Flow>& flows, long below) {
    for (Flow& flow : flows) {
        const bool small = !flow.always && flow.value > 0 && flow.value < below;
        flow.mark = small ? Mark::small : Mark::shown;
    }
    while (const auto certain = first_certain(flows, below)) {
        Flow* next = next_to_withhold(flows, flows[*certain]);
        if (next == nullptr) {
            // Nothing less will do: the table is withheld, and its zeros with it.
            for (Flow& flow : flows) flow.mark = flow.always ? Mark::shown : Mark::withheld;
            return;
        }
        next->mark = Mark::withheld;
    }
}

}  // namespace stageclock

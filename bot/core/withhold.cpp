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
#include <set>
#include <utility>

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
    long least = 0;  // of what is withheld

    Table(const std::vector<Flow>& all, long below) : flows(all), least(below) {
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

    // What it costs to let one more, or one less, flow here: nothing where the figure is in doubt,
    // else that it is withheld; none: it cannot be.
    std::optional<long> cost(std::size_t which, bool more) const {
        const Flow& flow = flows[which];
        if (more ? rooms[which].up : rooms[which].down) return 0;
        if (flow.mark != Mark::shown || flow.always || flow.value == 0) return std::nullopt;
        if (!more && flow.value <= least) return std::nullopt;
        constexpr long dearer = 20;  // a level up
        long weight = 1;
        for (int i = 0; i < flow.level; ++i) weight *= dearer;
        return flow.value * weight;
    }

    struct Ring {
        long cost = no_limit;
        std::vector<std::size_t> figures;
    };
    // The cheapest way (Dijkstra) for one to flow back from `start` to `goal`, past `but`.
    Ring way_back(std::size_t start, std::size_t goal, std::size_t but) const {
        std::vector<long> best(joints, no_limit);
        std::vector<std::size_t> by(joints, but);
        std::vector<std::size_t> from(joints, 0);
        std::set<std::pair<long, std::size_t>> open{{0, start}};
        best[start] = 0;
        while (!open.empty()) {
            const auto [so_far, here] = *open.begin();
            open.erase(open.begin());
            for (std::size_t i = 0; i < flows.size(); ++i) {
                const Flow& flow = flows[i];
                if (i == but || (flow.from != here && flow.to != here)) continue;
                const auto more = cost(i, flow.from == here);
                const std::size_t next = flow.from == here ? flow.to : flow.from;
                if (!more || so_far + *more >= best[next]) continue;
                open.erase({best[next], next});
                best[next] = so_far + *more;
                by[next] = i;
                from[next] = here;
                open.emplace(best[next], next);
            }
        }
        Ring ring{best[goal], {}};
        if (ring.cost == no_limit) return ring;
        for (std::size_t at = goal; at != start; at = from[at]) ring.figures.push_back(by[at]);
        return ring;
    }

    // The figures that, withheld, put this one in doubt; empty: none do.
    std::vector<std::size_t> cheapest_ring(std::size_t which) const {
        const Flow& flow = flows[which];
        Ring up;
        Ring down;
        if (rooms[which].up) up = way_back(flow.to, flow.from, which);
        if (rooms[which].down) down = way_back(flow.from, flow.to, which);
        return up.cost < down.cost ? up.figures : down.figures;
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

// Withholds what puts the figure in doubt, as far as one ring does; false: nothing was found.
bool withhold_ring(std::vector<Flow>& flows, std::size_t certain, long below) {
    bool some = false;
    for (const std::size_t figure : Table(flows, below).cheapest_ring(certain)) {
        if (flows[figure].mark != Mark::shown) continue;
        flows[figure].mark = Mark::withheld;
        some = true;
    }
    return some;
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
        if (withhold_ring(flows, *certain, below)) continue;
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

// SPDX-License-Identifier: MIT
#include "bot/core/withhold.h"

#include <algorithm>
#include <random>
#include <set>

#include <doctest/doctest.h>

using namespace stageclock;
using Mark = Flow::Mark;

namespace {

// A list that adds up to a total everybody knows.
std::vector<Flow> flat(const std::vector<long>& parts) {
    std::vector<Flow> flows{{.value = 0, .from = 0, .to = 1, .always = true}};
    for (const long part : parts) {
        flows.push_back({.value = part, .from = 1, .to = 0});
        flows.front().value += part;
    }
    return flows;
}

// Rows and columns with the sums of both; the sum of all is known.
std::vector<Flow> table(const std::vector<std::vector<long>>& rows) {
    const std::size_t width = rows.front().size();
    const std::size_t first_row = 2 + width;
    std::vector<Flow> flows{{.value = 0, .from = 0, .to = 1, .always = true}};
    std::vector<long> columns(width, 0);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        long sum = 0;
        for (std::size_t column = 0; column < width; ++column) {
            const long value = rows[row][column];
            flows.push_back({.value = value, .from = first_row + row, .to = 2 + column});
            sum += value;
            columns[column] += value;
        }
        flows.push_back({.value = sum, .from = 1, .to = first_row + row});
        flows.front().value += sum;
    }
    for (std::size_t column = 0; column < width; ++column) {
        flows.push_back({.value = columns[column], .from = 2 + column, .to = 0});
    }
    return flows;
}

// Somebody who tries every number a reader could think of, and keeps those with which all sums
// hold. Knows nothing of how figures were chosen.
class Attacker {
public:
    Attacker(const std::vector<Flow>& flows, long below) : flows_(flows), below_(below) {
        for (std::size_t i = 0; i < flows.size(); ++i) {
            joints_ = std::max({joints_, flows[i].from + 1, flows[i].to + 1});
            if (flows[i].mark != Mark::shown) unknown_.push_back(i);
        }
        rest_.assign(joints_, 0);
        left_.assign(joints_, 0);
        for (const Flow& flow : flows) {
            if (flow.mark == Mark::shown) {
                add(flow, flow.value);
            } else {
                ++left_[flow.from];
                ++left_[flow.to];
            }
        }
        found_.resize(flows.size());
        whole_table_ = std::ranges::all_of(
            flows, [](const Flow& flow) { return flow.always || flow.mark == Mark::withheld; });
        search(0);
    }
    // True when the printed figures leave this one only one value.
    bool solves(std::size_t which) const { return found_[which].size() == 1; }
    bool has(std::size_t which, long value) const { return found_[which].contains(value); }

private:
    void add(const Flow& flow, long value) {
        rest_[flow.from] -= value;
        rest_[flow.to] += value;
    }
    bool holds(std::size_t joint) const {
        return joint == 0 || left_[joint] > 0 || rest_[joint] == 0;
    }
    void search(std::size_t at) {
        if (at == unknown_.size()) {
            for (std::size_t i = 0; i < unknown_.size(); ++i) {
                found_[unknown_[i]].insert(tried_[i]);
            }
            return;
        }
        const Flow& flow = flows_[unknown_[at]];
        constexpr long furthest = 6;  // from the truth: enough to find a second value
        const bool small = flow.mark == Mark::small;
        const long least = whole_table_ ? 0 : below_;
        const long first = small ? 1 : std::max(least, flow.value - furthest);
        const long last = small ? below_ - 1 : flow.value + furthest;
        --left_[flow.from];
        --left_[flow.to];
        for (long value = first; value <= last; ++value) {
            add(flow, value);
            tried_.push_back(value);
            if (holds(flow.from) && holds(flow.to)) search(at + 1);
            tried_.pop_back();
            add(flow, -value);
        }
        ++left_[flow.from];
        ++left_[flow.to];
    }

    const std::vector<Flow>& flows_;
    long below_;
    std::size_t joints_ = 0;
    bool whole_table_ = false;  // where even 0 is withheld, a withheld figure may be any
    std::vector<std::size_t> unknown_;
    std::vector<long> rest_;
    std::vector<int> left_;
    std::vector<long> tried_;
    std::vector<std::set<long>> found_;
};

void must_withstand(const std::vector<Flow>& flows, long below) {
    const Attacker attacker(flows, below);
    for (std::size_t i = 0; i < flows.size(); ++i) {
        const Flow& flow = flows[i];
        const bool small = flow.value > 0 && flow.value < below;
        if (flow.mark == Mark::shown) {
            CHECK((!small || flow.always));
            continue;
        }
        CAPTURE(i);
        CAPTURE(flow.value);
        CHECK(attacker.has(i, flow.value));
        CHECK_FALSE(attacker.solves(i));
    }
}

std::string marks(const std::vector<Flow>& flows) {
    std::string text;
    for (const Flow& flow : flows) {
        text += flow.mark == Mark::shown ? '.' : flow.mark == Mark::small ? 's' : 'w';
    }
    return text;
}

}  // namespace

TEST_CASE("numbers that are not small are shown, and so is 0") {
    auto flows = flat({12, 0, 5, 30});
    withhold_small(flows, 5);
    CHECK(marks(flows) == ".....");
}

TEST_CASE("a small number takes the next smallest with it") {
    auto flows = flat({40, 3, 12, 30});
    withhold_small(flows, 5);
    CHECK(marks(flows) == "..sw.");
    must_withstand(flows, 5);
}

TEST_CASE("two small numbers that their sum gives away take another with them") {
    auto flows = flat({4, 4, 20});  // 8 is 4 and 4: no other two are below 5
    withhold_small(flows, 5);
    CHECK(marks(flows) == ".ssw");
    must_withstand(flows, 5);
}

TEST_CASE("where nothing less will do the whole table is withheld") {
    auto flows = flat({4, 4, 0});
    withhold_small(flows, 5);
    CHECK(marks(flows) == ".www");
    must_withstand(flows, 5);
}

TEST_CASE("that the smallest is withheld gives nothing away") {
    auto flows = flat({4, 5, 5, 90});  // 9 less a number from 5 to 5 would be 4
    withhold_small(flows, 5);
    CHECK(marks(flows) == ".sww.");
}

TEST_CASE("with no limit every number is shown") {
    auto flows = flat({1, 2, 3});
    withhold_small(flows, 0);
    CHECK(marks(flows) == "....");
}

TEST_CASE("no list gives a small number away to somebody who tries every number") {
    std::mt19937 chance(20261122);
    for (int round = 0; round < 400; ++round) {
        std::vector<long> parts(1 + chance() % 5);
        for (long& part : parts) part = static_cast<long>(chance() % (round % 2 == 0 ? 7 : 14));
        auto flows = flat(parts);
        if (flows.front().value < 5) continue;  // such a set is not divided at all
        withhold_small(flows, 5);
        CAPTURE(round);
        must_withstand(flows, 5);
    }
}

TEST_CASE("no table with sums of rows and columns gives a small number away either") {
    std::mt19937 chance(7);
    for (int round = 0; round < 150; ++round) {
        std::vector<std::vector<long>> rows(2, std::vector<long>(2 + chance() % 2));
        for (auto& row : rows) {
            for (long& value : row) value = static_cast<long>(chance() % 9);
        }
        auto flows = table(rows);
        if (flows.front().value < 3) continue;
        withhold_small(flows, 3);
        CAPTURE(round);
        CAPTURE(marks(flows));
        must_withstand(flows, 3);
    }
}

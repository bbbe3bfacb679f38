// SPDX-License-Identifier: MIT
#include <functional>

#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "tests/adapters/store/scratch.h"
#include "tests/contract/store_contract.h"

using namespace stageclock;

namespace {

std::unique_ptr<Store> sqlite_store(const Scratch& scratch) {
    auto store = make_sqlite_store(scratch.file("store.db"));
    REQUIRE(store);
    return *std::move(store);
}

std::unique_ptr<Store> memory_store(const Scratch&) { return make_memory_store(); }

// Each rule with a store of its own. The loop must come to its end: so doctest finds them all.
void hold(std::span<const StoreRule> rules,
          const std::function<std::unique_ptr<Store>(const Scratch&)>& make) {
    for (const StoreRule& rule : rules) {
        SUBCASE(rule.sentence) {
            const Scratch scratch;
            rule.check(*make(scratch));
        }
    }
}

}  // namespace

TEST_CASE("the SQLite store keeps cases as every store must") {
    hold(store_rules(), sqlite_store);
}

TEST_CASE("the SQLite store keeps the outbox as every store must") {
    hold(outbox_rules(), sqlite_store);
}

TEST_CASE("the memory store keeps cases as every store must") {
    hold(store_rules(), memory_store);
}

TEST_CASE("the memory store keeps the outbox as every store must") {
    hold(outbox_rules(), memory_store);
}

// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "adapters/registry.h"
#include "tests/adapters/store/scratch.h"
#include "tests/contract/store_contract.h"

using namespace stageclock;

namespace {

void hold(std::span<const StoreRule> rules, bool sqlite) {
    for (const StoreRule& rule : rules) {
        SUBCASE(rule.sentence) {
            const Scratch scratch;
            if (!sqlite) return rule.check(*make_memory_store());
            auto store = make_sqlite_store(scratch.file("store.db"));
            REQUIRE(store);
            rule.check(**store);
        }
    }
}

}  // namespace

TEST_CASE("the SQLite store keeps cases as every store must") { hold(store_rules(), true); }
TEST_CASE("the SQLite store keeps the outbox as every store must") { hold(outbox_rules(), true); }
TEST_CASE("the memory store keeps cases as every store must") { hold(store_rules(), false); }
TEST_CASE("the memory store keeps the outbox as every store must") { hold(outbox_rules(), false); }

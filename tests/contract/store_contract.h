// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "bot/ports/store.h"

// What every store must do, as sentences: run each with a fresh, empty store inside a doctest test
// case. The checks report through doctest.
//
//   for (const StoreRule& rule : store_rules()) SUBCASE(rule.sentence) { rule.check(*make()); }
namespace stageclock {

struct StoreRule {
    const char* sentence;
    void (*check)(Store& store);
};

std::span<const StoreRule> store_rules();   // cases, answers, what is kept for people
std::span<const StoreRule> outbox_rules();  // notices on their way

}  // namespace stageclock

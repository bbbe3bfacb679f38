// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "bot/core/case.h"

namespace stageclock {

// The cases the engine committed last, so that an update of one of them need not read and decode it
// again. Only ever a copy of what is stored: the store's compare-and-swap stays the judge, and any
// failed commit empties it. Used by the engine's thread alone.
class CaseCache {
public:
    // nullptr: not here, ask the store.
    const Case* find(const std::string& ref) const {
        const auto found = cases_.find(ref);
        return found == cases_.end() ? nullptr : &found->second;
    }

    void put(Case stored) {
        if (cases_.size() >= most) cases_.clear();  // simple, and rare
        std::string ref = stored.ref;
        cases_.insert_or_assign(std::move(ref), std::move(stored));
    }

    void clear() { cases_.clear(); }

private:
    static constexpr std::size_t most = 4096;
    std::unordered_map<std::string, Case> cases_;
};

}  // namespace stageclock

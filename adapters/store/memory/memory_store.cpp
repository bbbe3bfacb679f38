// SPDX-License-Identifier: MIT
#include "adapters/store/memory/memory_store.h"

#include <algorithm>
#include <limits>

#include "adapters/registry.h"
#include "adapters/store/rules.h"

namespace stageclock {

std::unique_ptr<Store> make_memory_store() { return std::make_unique<memory::MemoryStore>(); }

}  // namespace stageclock

namespace stageclock::memory {

Result<std::optional<Case>> MemoryStore::load(const std::string& ref) {
    const std::scoped_lock lock(mutex_);
    const auto found = files_.find(ref);
    if (found == files_.end()) return std::optional<Case>();
    return std::optional(found->second.the_case);
}

Result<std::vector<Event>> MemoryStore::events(const std::string& ref) {
    const std::scoped_lock lock(mutex_);
    const auto found = files_.find(ref);
    if (found == files_.end()) return std::vector<Event>();
    return found->second.events;
}

Result<std::vector<CaseSummary>> MemoryStore::cases(std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    std::vector<CaseSummary> summaries;
    for (auto ref = refs_.rbegin(); ref != refs_.rend() && summaries.size() < limit; ++ref) {
        const File& file = files_.at(*ref);
        const Case& the_case = file.the_case;
        summaries.push_back({*ref, the_case.board, the_case.stage, the_case.status, file.next,
                             the_case.raised});
    }
    return summaries;
}

Result<std::vector<CaseSummary>> MemoryStore::cases_of(const std::string& address,
                                                       std::size_t limit) {
    auto all = cases(std::numeric_limits<std::size_t>::max());
    if (!all) return all;
    const std::scoped_lock lock(mutex_);
    const auto known = readers_.find(folded(address));
    std::erase_if(*all, [&](const CaseSummary& summary) {
        return known == readers_.end() || !known->second.contains(summary.ref) ||
               summary.status != Status::open;
    });
    if (all->size() > limit) all->resize(limit);
    return all;
}

Result<int> MemoryStore::next_number(const std::string& prefix, int year) {
    const std::scoped_lock lock(mutex_);
    return ++numbers_[{prefix, year}];
}

// Played through first, so that nothing is stored when one of them cannot be.
std::optional<Error> MemoryStore::conflict_in(std::span<const Transition> transitions) const {
    std::map<std::string, std::uint64_t> versions;
    std::set<Pair> answered;
    for (const Transition& transition : transitions) {
        if (const auto mistake = mistake_in(transition)) return mistake;
        const auto stored = files_.find(transition.ref);
        const std::uint64_t before = stored == files_.end() ? 0 : stored->second.the_case.events;
        const auto version = versions.try_emplace(transition.ref, before).first;
        if (version->second != transition.expected) return case_moved_on(transition.ref);
        version->second = transition.after.events;
        if (!transition.answer) continue;
        const Pair message{transition.answer->source, transition.answer->id};
        if (answers_.contains(message) || !answered.insert(message).second)
            return answered_already(transition.ref);
    }
    return std::nullopt;
}

void MemoryStore::store(const Transition& transition) {
    File& file = files_[transition.ref];
    if (transition.expected == 0) {
        refs_.push_back(transition.ref);
        if (const auto raised = number_in(transition.ref)) {
            int& last = numbers_[{raised->prefix, raised->year}];
            last = std::max(last, raised->number);
        }
    }
    if (file.next) due_.erase({*file.next, transition.ref});
    if (transition.next) due_.emplace(*transition.next, transition.ref);
    file.next = transition.next;
    file.the_case = transition.after;
    file.events.insert(file.events.end(), transition.events.begin(), transition.events.end());
    for (const std::string& address : new_readers(transition)) {
        readers_[address].insert(transition.ref);
    }
    cancel(transition);
    for (const Notice& notice : transition.notices) insert(notice);
    if (transition.answer)
        answers_.emplace(Pair{transition.answer->source, transition.answer->id},
                         *transition.answer);
}

Done MemoryStore::commit(std::span<const Transition> transitions) {
    const std::scoped_lock lock(mutex_);
    if (const auto conflict = conflict_in(transitions)) return *conflict;
    for (const Transition& transition : transitions) store(transition);
    return done();
}

Result<std::optional<StoredAnswer>> MemoryStore::answer(const std::string& source,
                                                        const std::string& id) {
    const std::scoped_lock lock(mutex_);
    const auto found = answers_.find({source, id});
    if (found == answers_.end()) return std::optional<StoredAnswer>();
    return std::optional(found->second);
}

Done MemoryStore::post(std::span<const Notice> notices, const StoredAnswer& answer) {
    const std::scoped_lock lock(mutex_);
    if (!answers_.emplace(Pair{answer.source, answer.id}, answer).second) return done();
    for (const Notice& notice : notices) insert(notice);
    return done();
}

Result<std::vector<std::string>> MemoryStore::due(Instant now, std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> refs;
    for (const auto& [next, ref] : due_) {
        if (next > now || refs.size() >= limit) break;
        refs.push_back(ref);
    }
    return refs;
}

Result<std::optional<Instant>> MemoryStore::next_due() {
    const std::scoped_lock lock(mutex_);
    if (due_.empty()) return std::optional<Instant>();
    return std::optional(due_.begin()->first);
}

Done MemoryStore::set_aside(const SetAside& item) {
    const std::scoped_lock lock(mutex_);
    const auto same = [&item](const SetAside& other) {
        return other.source == item.source && other.id == item.id && other.why == item.why &&
               other.original == item.original;
    };
    if (item.id.empty() || std::ranges::none_of(set_asides_, same)) set_asides_.push_back(item);
    return done();
}

Result<std::vector<SetAside>> MemoryStore::set_asides(std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    const auto count = static_cast<std::ptrdiff_t>(std::min(limit, set_asides_.size()));
    return std::vector<SetAside>(set_asides_.rbegin(), set_asides_.rbegin() + count);
}

Result<int> MemoryStore::count_attempt(const std::string& source, const std::string& id) {
    const std::scoped_lock lock(mutex_);
    return ++attempts_[{source, id}];
}

Done MemoryStore::forget_attempt(const std::string& source, const std::string& id) {
    const std::scoped_lock lock(mutex_);
    attempts_.erase({source, id});
    return done();
}

Done MemoryStore::keep_place(const std::string& channel, const std::string& person,
                             const std::string& place) {
    const std::scoped_lock lock(mutex_);
    if (place.empty()) {
        places_.erase({channel, person});
    } else {
        places_[{channel, person}] = place;
    }
    return done();
}

Result<std::optional<std::string>> MemoryStore::place_of(const std::string& channel,
                                                         const std::string& person) {
    const std::scoped_lock lock(mutex_);
    const auto found = places_.find({channel, person});
    if (found == places_.end()) return std::optional<std::string>();
    return std::optional(found->second);
}

Done MemoryStore::probe() { return done(); }

}  // namespace stageclock::memory

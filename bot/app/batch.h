// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bot/app/case_cache.h"
#include "bot/app/rulebook.h"
#include "bot/ports/desk.h"
#include "bot/ports/store.h"

namespace stageclock {

// The updates and looks that one commit stores together. Used by one thread.
class Batch {
public:
    Batch(Store& store, const Rulebook& rulebook, CaseCache& cache, Instant now);

    // Judges one update. `accepted` holds only once commit() succeeded. Never throws: an update
    // that cannot be processed is set aside with its reason and answered as refused.
    Answer take(const Update& update);
    // Does what is due on one case. Never throws: a case that cannot be processed is set aside and
    // looked at again later.
    void look(const std::string& ref);
    // Stores everything, or nothing.
    Done commit();
    std::size_t size() const { return transitions_.size(); }
    bool made_notices() const;

private:
    Answer judge(const Update& update);
    Result<Answer> answered_before(const Update& update);
    Answer judge_raise(const Update& update, const ServedBoard& served);
    Answer judge_known(const Update& update);
    // Accepts and decides; on success the transition is part of the batch.
    Answer decide_on(Case before, const Update& update, const Rules& rules);
    void add(const Case& before, std::vector<Event> events, const Rules& rules,
             std::optional<StoredAnswer> answer);
    Result<std::optional<Case>> load(const std::string& ref);
    void mind_version(const ServedBoard& served, const Case& the_case);
    void postpone(const std::string& ref, const std::string& why);

    Store& store_;
    const Rulebook& rulebook_;
    CaseCache& cache_;
    Instant now_;
    std::map<std::string, Case> cases_;  // as this batch leaves them
    std::map<std::pair<std::string, std::string>, StoredAnswer> answers_;
    std::vector<Transition> transitions_;
    std::set<std::pair<std::string, std::string>> attempts_;
};

}  // namespace stageclock

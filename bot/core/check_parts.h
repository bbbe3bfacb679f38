// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bot/core/directory.h"
#include "bot/core/policy.h"

// The inside of check() and gaps(): each table of a policy by itself, and what they share.
namespace stageclock::checking {

using Words = std::vector<std::string>;

bool lists(const Words& words, std::string_view word);
std::string quoted(std::string_view text);
// "one", "two"; of many the first dozen.
std::string listed(const Words& words);
// "Did you mean "resolved"? Permitted: ...".
std::string permitted(std::string_view found, const Words& words);

template <class Row>
Words ids(const std::vector<Row>& rows) {
    Words found;
    for (const Row& row : rows) found.push_back(row.id);
    return found;
}

// Where something is wrong: a field of the row of a table.
struct At {
    const char* table;
    const std::string& id;
    const char* field;
};

// What was found so far. Nothing stops at the first problem: whoever writes a policy wants the
// whole list.
class Findings {
public:
    void say(const At& at, std::string what, std::string allowed);
    // `word` must be one of `words`; an empty one is left to the loader, which knows what is
    // required. `kind` is what people call it: "stage".
    void known(const At& at, const char* kind, const std::string& word, const Words& words);
    void all_known(const At& at, const char* kind, const Words& found, const Words& words);
    // What every row owes: an id of its own, in plain letters, and the clauses it stands on.
    template <class Row>
    void common(const char* table, const Row& row) {
        check_id(table, row.id);
        check_clauses(table, row.id, row.clauses);
    }
    std::vector<Problem> take() { return std::move(problems_); }

private:
    void check_id(const char* table, const std::string& id);
    void check_clauses(const char* table, const std::string& id, const Words& clauses);

    std::set<std::string> seen_;
    std::vector<Problem> problems_;
};

// [[stage]] or [[step]].
const char* table_of(const Stage& stage);

// --- the tables, each in a file of its own
void check_ladder(const Policy& policy, Findings& findings);
void check_duties(const Policy& policy, Findings& findings);
void check_rows(const Policy& policy, Findings& findings);

// The rungs a case of some kind can come to, by the ladder, by a skip or by an event.
std::set<std::string> reachable_stages(const Policy& policy);

// --- words
// Every event word a rule of this policy may use.
Words event_words(const Policy& policy);
void check_event(const Policy& policy, const Words& words, const At& at, const std::string& word,
                 Findings& findings);
// True when the duty has a term, whatever the level of urgency: else it is never missed.
bool has_deadline(const Duty& duty);
// Why this event cannot happen while a case stands at `stage` (empty: at any), reported by `side`
// (none: any); empty when it can.
std::string never(const Policy& policy, const std::string& word, const std::string& stage,
                  Side side);
void check_targets(const At& at, const std::vector<Target>& targets, Findings& findings);

// --- conditions
void check_when(const Policy& policy, const At& at, const When& when, Findings& findings);
bool is_limited(const When& when);
// The levels of urgency at which it may hold, "standard" among them.
Words levels_of(const Policy& policy, const When& when);
// The key on which two conditions contradict each other whatever the case; empty when one case can
// meet both. `at_once`: both are asked at the same moment; else only what never changes counts.
std::string contradiction(const Policy& policy, const When& one, const When& other, bool at_once);

// --- who is asked
// A target of some rule, with the conditions under which it is asked.
struct Asked {
    Target target;
    std::vector<const When*> when;
};
// Every target a rule of the policy addresses, in the order of the rows.
std::vector<Asked> asked_targets(const Policy& policy);

// --- routes by the hour
// Two rows of one role that hold for the same case at the same minute.
void check_routes(const Policy& policy, const Directory& directory, Findings& findings);
// Minutes of the week at which a role that has rows has none, nor a post or contact.
void find_route_gaps(const Policy& policy, const Directory& directory, Findings& findings);
// True when for every case of this agency ("board": the board) a row of the role may count at some
// hour: posts of the role are then not asked for.
bool is_routed(const Policy& policy, const Directory& directory, const std::string& role,
               const std::string& agency);

}  // namespace stageclock::checking

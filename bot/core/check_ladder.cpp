// SPDX-License-Identifier: MIT
//
// Procedures, stages and steps: names that point nowhere, and rungs no case can come to.
#include <algorithm>

#include "bot/core/check_parts.h"

namespace stageclock::checking {
namespace {

// Climbs the ladder of one procedure in every way a case may.
class Climb {
public:
    Climb(const Policy& policy, const std::string& procedure) : policy_(policy) {
        for (const Stage& stage : policy.stages) {
            if (stage.procedure == procedure && stage.within.empty()) stages_.push_back(&stage);
        }
    }

    std::set<std::string> run() {
        enter_from(0);
        for (const Stage* stage : stages_) {
            if (!stage->skip_to_with.empty()) enter(*stage);
            for (const Stage* step : steps_of(*stage)) {
                if (!step->skip_to_with.empty()) visit(*step);
            }
        }
        while (take_events()) continue;
        return std::move(found_);
    }

private:
    std::vector<const Stage*> steps_of(const Stage& stage) const {
        std::vector<const Stage*> steps;
        for (const Stage& step : policy_.stages) {
            if (step.within == stage.id) steps.push_back(&step);
        }
        return steps;
    }

    // The stages from here on, up to the first one every case comes to.
    void enter_from(std::size_t place) {
        for (std::size_t i = place; i < stages_.size(); ++i) {
            enter(*stages_[i]);
            if (!is_limited(stages_[i]->when)) return;
        }
    }

    void enter(const Stage& stage) {
        if (!entered_.insert(stage.id).second) return;
        if (!step_from(stage, 0)) visit(stage);
    }

    // The steps from here on; true when every case comes to one of them.
    bool step_from(const Stage& stage, std::size_t place) {
        const auto steps = steps_of(stage);
        for (std::size_t i = place; i < steps.size(); ++i) {
            visit(*steps[i]);
            if (!is_limited(steps[i]->when)) return true;
        }
        return false;
    }

    void visit(const Stage& rung) {
        if (!found_.insert(rung.id).second) return;
        if (rung.last || !rung.leave_with.empty()) return;
        if (!rung.next.empty()) return enter_named(rung.next);
        const Stage* outer = rung.within.empty() ? &rung : find_stage(policy_, rung.within);
        if (outer == nullptr) return;
        if (outer != &rung) {
            const auto steps = steps_of(*outer);
            const auto here = std::find(steps.begin(), steps.end(), &rung);
            if (step_from(*outer, static_cast<std::size_t>(here - steps.begin()) + 1)) return;
        }
        leave(*outer);
    }

    void leave(const Stage& stage) {
        if (stage.last) return;
        if (!stage.next.empty()) return enter_named(stage.next);
        const auto here = std::find(stages_.begin(), stages_.end(), &stage);
        enter_from(static_cast<std::size_t>(here - stages_.begin()) + 1);
    }

    void enter_named(const std::string& id) {
        const Stage* stage = find_stage(policy_, id);
        if (stage == nullptr) return;
        if (stage->within.empty()) {
            enter(*stage);
        } else {
            visit(*stage);
        }
    }

    // True when an event that can be reported by now led to something new.
    bool take_events() {
        const std::size_t before = found_.size();
        for (const NamedEvent& event : policy_.events) {
            const bool possible =
                event.stages.empty() ||
                std::any_of(found_.begin(), found_.end(), [&](const std::string& rung) {
                    return std::any_of(
                        event.stages.begin(), event.stages.end(),
                        [&](const std::string& stage) { return lies_in(policy_, rung, stage); });
                });
            const Stage* to = find_stage(policy_, event.enters);
            const bool here =
                to != nullptr && !stages_.empty() && to->procedure == stages_.front()->procedure;
            if (possible && here) enter_named(event.enters);
        }
        return found_.size() > before;
    }

    const Policy& policy_;
    std::vector<const Stage*> stages_;
    std::set<std::string> entered_;
    std::set<std::string> found_;
};

// The rung that stands before this one and keeps cases from it, as far as one can be named.
const Stage* before(const Policy& policy, const Stage& rung) {
    const Stage* found = nullptr;
    for (const Stage& other : policy.stages) {
        if (&other == &rung) break;
        const bool beside = other.procedure == rung.procedure && other.within == rung.within;
        if (beside && (found == nullptr || !found->last)) found = &other;
    }
    return found;
}

class Ladder {
public:
    Ladder(const Policy& policy, Findings& findings)
        : policy_(policy),
          findings_(findings),
          stages_(ids(policy.stages)),
          duties_(ids(policy.duties)),
          reachable_(reachable_stages(policy)),
          well_named_(leads_somewhere()) {}

    void procedure(const Procedure& row) {
        findings_.common("procedure", row);
        if (first_stage(policy_, row.id) == nullptr) {
            findings_.say({"procedure", row.id, "id"}, "no stage belongs to this procedure",
                          "Add a [[stage]] with procedure = " + quoted(row.id) + ".");
        }
        const At roles{"procedure", row.id, "raise_roles"};
        check_targets(roles, row.raise_roles, findings_);
        for (const Target& target : row.raise_roles) {
            if (target.side != Side::board) continue;
            findings_.say(roles, "a raise names nobody of the board",
                          "Permitted: \"raising\", \"receiving\" or \"both\".");
        }
        const At when{"procedure", row.id, "when"};
        check_when(policy_, when, row.when, findings_);
        if (!row.when.procedure.empty() && !lists(row.when.procedure, row.id)) {
            findings_.say(when, "never holds: this is the procedure " + quoted(row.id),
                          "Leave out `procedure`.");
        }
    }

    void rung(const Stage& row) {
        const char* table = table_of(row);
        findings_.common(table, row);
        const Stage* outer = find_stage(policy_, row.within);
        if (row.within.empty()) {
            findings_.known({table, row.id, "procedure"}, "procedure", row.procedure,
                            ids(policy_.procedures));
        } else if (outer == nullptr || !outer->within.empty()) {
            Words stages;
            for (const Stage& stage : policy_.stages) {
                if (stage.within.empty()) stages.push_back(stage.id);
            }
            findings_.say({table, row.id, "stage"},
                          outer == nullptr ? "unknown stage " + quoted(row.within)
                                           : quoted(row.within) + " is itself a step",
                          permitted(row.within, stages));
            return;
        }
        if (row.actors.empty()) {
            findings_.say({table, row.id, "actors"}, "nobody acts at this stage",
                          "Permitted: at least one { side = ..., role = ... }.");
        }
        check_targets({table, row.id, "actors"}, row.actors, findings_);
        check_targets({table, row.id, "joins"}, row.joins, findings_);
        next(row);
        for (const std::string& word : row.leave_with) left_by(row, word);
        waits_for(row, "after", row.after);
        waits_for(row, "resolve_after", row.resolve_after);
        conditions(row, outer);
        const bool placed = find_procedure(policy_, row.procedure) != nullptr;
        if (placed && well_named_ && !reachable_.contains(row.id)) unreachable(row);
    }

private:
    void next(const Stage& row) {
        const At at{table_of(row), row.id, "next"};
        findings_.known(at, "stage", row.next, stages_);
        const Stage* next = find_stage(policy_, row.next);
        if (next == nullptr) return;
        if (next == &row) findings_.say(at, "leads back to itself", "Permitted: another stage.");
        if (next->procedure != row.procedure) {
            findings_.say(at,
                          quoted(row.next) + " belongs to the procedure " + quoted(next->procedure),
                          "Permitted: a stage of " + quoted(row.procedure) + ".");
        }
        if (row.last) {
            findings_.say(at, "nothing follows a stage that is the last",
                          "Leave out `next`, or `last`.");
        }
    }

    void left_by(const Stage& row, const std::string& word) {
        const At at{table_of(row), row.id, "leave_with"};
        findings_.known(at, "event", word, ids(policy_.events));
        const NamedEvent* event = find_event(policy_, word);
        if (event == nullptr) return;
        if (event->enters.empty() && !event->closes) {
            findings_.say(at,
                          quoted(word) +
                              " does not leave it: the event enters no stage and "
                              "closes nothing",
                          "Give the [[event]] `enters` or `closes`.");
        }
        const bool here =
            event->stages.empty() ||
            std::any_of(event->stages.begin(), event->stages.end(), [&](const std::string& stage) {
                return lies_in(policy_, row.id, stage) || lies_in(policy_, stage, row.id);
            });
        if (!here) {
            findings_.say(at, quoted(word) + " cannot be reported at this stage",
                          "Add the stage to the `stages` of the [[event]].");
        }
    }

    // A duty that must have been met: one that this case can have met by then.
    void waits_for(const Stage& row, const char* field, const std::string& id) {
        const At at{table_of(row), row.id, field};
        findings_.known(at, "duty", id, duties_);
        const Duty* duty = find_duty(policy_, id);
        if (duty == nullptr) return;
        const Stage* of = find_stage(policy_, duty->stage);
        const std::string& procedure = of != nullptr ? of->procedure : duty->procedure;
        if (!procedure.empty() && procedure != row.procedure) {
            findings_.say(
                at, "the duty " + quoted(id) + " belongs to the procedure " + quoted(procedure),
                "Permitted: a duty of " + quoted(row.procedure) + ".");
            return;
        }
        if (of == nullptr) return;
        const bool before_entry = field == std::string_view("after");
        const bool here = before_entry ? of == &row : lies_in(policy_, of->id, row.id);
        const bool later = place_of(policy_, of->id) > place_of(policy_, row.id) && !branches();
        if ((before_entry && here) || (later && !here)) {
            findings_.say(at,
                          "the duty " + quoted(id) + " belongs to the stage " + quoted(of->id) +
                              ": it cannot be met before",
                          before_entry ? "Permitted: a duty of an earlier stage."
                                       : "Permitted: a duty of this stage or an earlier one.");
        }
    }

    // A name that points nowhere is one mistake, not also one of every stage behind it.
    bool leads_somewhere() const {
        const auto known = [&](const std::string& id) {
            return id.empty() || find_stage(policy_, id) != nullptr;
        };
        return std::all_of(
                   policy_.stages.begin(), policy_.stages.end(),
                   [&](const Stage& row) { return known(row.next) && known(row.within); }) &&
               std::all_of(policy_.events.begin(), policy_.events.end(),
                           [&](const NamedEvent& row) { return known(row.enters); });
    }

    // Where stages follow each other otherwise than in the order of the file.
    bool branches() const {
        return std::any_of(policy_.stages.begin(), policy_.stages.end(),
                           [](const Stage& stage) { return !stage.next.empty(); }) ||
               std::any_of(policy_.events.begin(), policy_.events.end(),
                           [](const NamedEvent& event) { return !event.enters.empty(); });
    }

    void conditions(const Stage& row, const Stage* outer) {
        const At at{table_of(row), row.id, "when"};
        check_when(policy_, at, row.when, findings_);
        if (!row.when.procedure.empty() && !lists(row.when.procedure, row.procedure)) {
            findings_.say(
                at, "never holds: the stage belongs to the procedure " + quoted(row.procedure),
                "Leave out `procedure`.");
        }
        if (outer == nullptr) return;
        const std::string key = contradiction(policy_, row.when, outer->when, true);
        if (!key.empty()) {
            findings_.say(
                at,
                "never holds: its stage " + quoted(outer->id) + " is for other cases (" + key + ")",
                "Change `" + key + "` here or there.");
        }
    }

    void unreachable(const Stage& row) {
        const At at{table_of(row), row.id, "id"};
        const Stage* outer = find_stage(policy_, row.within);
        if (outer != nullptr && !reachable_.contains(outer->id)) return;  // said of the stage
        const Stage* other = before(policy_, row);
        std::string why = "nothing leads to it";
        std::string allowed = "Move it, lead to it with `next`, or let an [[event]] enter it.";
        if (other != nullptr && other->last) {
            why = "stage " + quoted(other->id) + " is the last of its procedure";
            allowed = "Move the stage above it, or take `last` from " + quoted(other->id) + ".";
        } else if (other != nullptr && !other->leave_with.empty()) {
            why = "stage " + quoted(other->id) +
                  " before it is left by events only, and none "
                  "enters this one";
            allowed = "Let one of " + listed(other->leave_with) + " enter it.";
        } else if (other != nullptr && !other->next.empty()) {
            why = "stage " + quoted(other->id) + " before it goes on to " + quoted(other->next);
        }
        findings_.say(at, "cannot be reached: " + why, allowed);
    }

    const Policy& policy_;
    Findings& findings_;
    Words stages_;
    Words duties_;
    std::set<std::string> reachable_;
    bool well_named_;
};

}  // namespace

std::set<std::string> reachable_stages(const Policy& policy) {
    std::set<std::string> all;
    for (const Procedure& procedure : policy.procedures) {
        for (const std::string& rung : Climb(policy, procedure.id).run()) all.insert(rung);
    }
    // A stage whose steps a case climbs is come to with them.
    for (const Stage& stage : policy.stages) {
        if (!stage.within.empty() && all.contains(stage.id)) all.insert(stage.within);
    }
    return all;
}

void check_ladder(const Policy& policy, Findings& findings) {
    Ladder ladder(policy, findings);
    for (const Procedure& row : policy.procedures) ladder.procedure(row);
    for (const Stage& row : policy.stages) ladder.rung(row);
}

}  // namespace stageclock::checking

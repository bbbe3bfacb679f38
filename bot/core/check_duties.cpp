// SPDX-License-Identifier: MIT
//
// Duties: names that point nowhere, terms that contradict each other, and duties that never begin
// or that nobody can meet.
#include <algorithm>

#include "bot/core/check_parts.h"

namespace stageclock::checking {
namespace {

constexpr std::string_view met = "met:", reached = "reached:";

class Duties {
public:
    Duties(const Policy& policy, Findings& findings)
        : policy_(policy), findings_(findings), events_(event_words(policy)) {
        find_meetable();
    }

    void duty(const Duty& row) {
        findings_.common("duty", row);
        names(row);
        terms(row);
        form(row);
        starts(row);
        met_by(row);
        check_targets({"duty", row.id, "owed_by"}, row.owed_by, findings_);
        check_targets({"duty", row.id, "missed_tells"}, row.missed_tells, findings_);
        conditions(row);
    }

private:
    void names(const Duty& row) {
        findings_.known({"duty", row.id, "procedure"}, "procedure", row.procedure,
                        ids(policy_.procedures));
        findings_.known({"duty", row.id, "stage"}, "stage", row.stage, ids(policy_.stages));
        findings_.known({"duty", row.id, "from"}, "start of the count", row.from,
                        {"outset", "disputed"});
        const Stage* stage = find_stage(policy_, row.stage);
        if (stage != nullptr && !row.procedure.empty() && stage->procedure != row.procedure) {
            findings_.say({"duty", row.id, "procedure"},
                          "the stage " + quoted(row.stage) + " belongs to another procedure",
                          "Permitted: " + quoted(stage->procedure) + ".");
        }
    }

    void terms(const Duty& row) {
        for (const PriorityTerm& term : row.by_priority) {
            findings_.known({"duty", row.id, "by_priority"}, "level of urgency", term.level,
                            priority_ids(policy_));
        }
        if (row.at_most && row.due.unit != Unit::by_agreement) {
            findings_.say({"duty", row.id, "at_most"},
                          "limits an agreement, but the duty is due " + quoted(to_text(row.due)),
                          "Permitted with due = \"by agreement\" only.");
        }
        if (!has_deadline(row) && (row.missed_tells_next || !row.missed_tells.empty())) {
            findings_.say({"duty", row.id, "missed_tells"}, "is never missed: it has no deadline",
                          "Give `due` a term, or leave out who is told.");
        }
    }

    void form(const Duty& row) {
        findings_.known({"duty", row.id, "form"}, "form", row.form, ids(policy_.forms));
        if (row.part.empty()) return;
        const At at{"duty", row.id, "part"};
        const Form* form = find_form(policy_, row.form);
        if (form != nullptr) {
            findings_.known(at, "part of the form", row.part, ids(form->parts));
        } else if (row.form.empty()) {
            findings_.say(at, "is a part of no form", "Name the `form` it is a part of.");
        }
    }

    void side(const Duty& row, const char* field, Side side) {
        if (side == Side::none || side == Side::raising || side == Side::receiving) return;
        findings_.say({"duty", row.id, field},
                      "an event comes from one side, not from " + quoted(to_text(side)),
                      "Permitted: \"raising\", \"receiving\".");
    }

    void starts(const Duty& row) {
        const At at{"duty", row.id, "starts"};
        check_event(policy_, events_, at, row.starts, findings_);
        for (const std::string& word : row.or_starts) {
            check_event(policy_, events_, {"duty", row.id, "or_starts"}, word, findings_);
        }
        const Words stages = ids(policy_.stages);
        findings_.known({"duty", row.id, "met_enters"}, "stage", row.met_enters, stages);
        findings_.known({"duty", row.id, "missed_enters"}, "stage", row.missed_enters, stages);
        side(row, "starts_side", row.starts_side);
        const std::string why = never(policy_, row.starts, row.stage, row.starts_side);
        if (!why.empty()) {
            findings_.say(at, "never begins: " + why,
                          "Permitted: an event that happens while the duty's stage lasts.");
        }
    }

    void met_by(const Duty& row) {
        const At at{"duty", row.id, "met_by"};
        side(row, "met_side", row.met_side);
        if (row.met_by.empty()) {
            findings_.say(at, "nobody can meet this duty: no event meets it",
                          permitted("", events_));
            return;
        }
        bool told = false;
        for (const std::string& word : row.met_by) {
            if (!lists(events_, word)) {
                check_event(policy_, events_, at, word, findings_);
                told = true;
            } else if (const std::string why = wrong(row, word); !why.empty()) {
                findings_.say(at, why, "Permitted: an event that happens while the duty runs.");
                told = true;
            }
        }
        if (told || meetable_.contains(row.id)) return;
        findings_.say(
            at, "nobody can meet this duty: " + listed(row.met_by) + " never happens while it runs",
            "Permitted: an event that happens at its stage, such as \"resolved\".");
    }

    // Why this word is a mistake, whatever else meets the duty.
    std::string wrong(const Duty& row, const std::string& word) const {
        if (word == "outset") return "\"outset\" lies before every duty";
        const std::string why = never(policy_, word, row.stage, row.met_side);
        if (!why.empty() || !word.starts_with(reached)) return why;
        const std::string to = word.substr(reached.size());
        const bool passed = !row.stage.empty() && !lies_in(policy_, to, row.stage) &&
                            !lies_in(policy_, row.stage, to) &&
                            place_of(policy_, to) < place_of(policy_, row.stage);
        return passed ? quoted(to) + " is a stage before " + quoted(row.stage) : "";
    }

    bool can_happen(const Duty& row, const std::string& word) const {
        if (!never(policy_, word, row.stage, row.met_side).empty()) return false;
        if (word == "raised" || word == "outset") return false;
        if (word.starts_with(met)) return meetable_.contains(word.substr(met.size()));
        if (word != "escalated") return true;
        const Stage* stage = find_stage(policy_, row.stage);
        return stage == nullptr || !stage->last || has_steps(*stage);
    }

    bool has_steps(const Stage& stage) const {
        return std::any_of(policy_.stages.begin(), policy_.stages.end(),
                           [&](const Stage& step) { return step.within == stage.id; });
    }

    // Duties that wait for each other in a circle are never met: what can be met is found from
    // those that wait for nothing but people.
    void find_meetable() {
        for (bool more = true; more;) {
            more = false;
            for (const Duty& row : policy_.duties) {
                const bool can =
                    std::any_of(row.met_by.begin(), row.met_by.end(),
                                [&](const std::string& word) { return can_happen(row, word); });
                more = (can && meetable_.insert(row.id).second) || more;
            }
        }
    }

    void conditions(const Duty& row) {
        const At at{"duty", row.id, "when"};
        check_when(policy_, at, row.when, findings_);
        const Stage* stage = find_stage(policy_, row.stage);
        const std::string procedure = stage != nullptr ? stage->procedure : row.procedure;
        if (!procedure.empty() && !row.when.procedure.empty() &&
            !lists(row.when.procedure, procedure)) {
            findings_.say(at, "never holds: the duty belongs to the procedure " + quoted(procedure),
                          "Leave out `procedure`.");
        }
        if (stage == nullptr) return;
        const std::string key = contradiction(policy_, row.when, stage->when, false);
        if (!key.empty()) {
            findings_.say(
                at,
                "never holds: its stage " + quoted(stage->id) + " is for other cases (" + key + ")",
                "Change `" + key + "` here or there.");
        }
    }

    const Policy& policy_;
    Findings& findings_;
    Words events_;
    std::set<std::string> meetable_;
};

}  // namespace

void check_duties(const Policy& policy, Findings& findings) {
    Duties duties(policy, findings);
    for (const Duty& row : policy.duties) duties.duty(row);
}

}  // namespace stageclock::checking

// SPDX-License-Identifier: MIT
//
// The tables beside ladder and duties: copies, events, routes, forms, guards and the small ones.
#include <algorithm>

#include "bot/core/check_parts.h"

namespace stageclock::checking {
namespace {

class Rows {
public:
    Rows(const Policy& policy, Findings& findings)
        : policy_(policy),
          findings_(findings),
          events_(event_words(policy)),
          stages_(ids(policy.stages)) {
        for (const Asked& asked : asked_targets(policy)) roles_.push_back(asked.target.role);
        std::sort(roles_.begin(), roles_.end());
        roles_.erase(std::unique(roles_.begin(), roles_.end()), roles_.end());
    }

    void copy(const Copy& row) {
        findings_.common("copy", row);
        const At on{"copy", row.id, "on"};
        check_event(policy_, events_, on, row.on, findings_);
        std::string why = never(policy_, row.on, row.stage, Side::none);
        if (why.empty()) why = too_early(row);
        if (!why.empty() || row.on == "outset") {
            findings_.say(
                on, "is never sent: " + (why.empty() ? "\"outset\" lies before the case" : why),
                "Permitted: an event that happens while the case stands at its stage.");
        }
        findings_.known({"copy", row.id, "stage"}, "stage", row.stage, stages_);
        findings_.known({"copy", row.id, "from_stage"}, "stage", row.from_stage, stages_);
        if (!row.stage.empty() && !row.from_stage.empty()) {
            findings_.say({"copy", row.id, "from_stage"}, "stands beside `stage`",
                          "Give one of the two.");
        }
        findings_.known({"copy", row.id, "form"}, "form", row.form, ids(policy_.forms));
        if (row.to.empty()) {
            findings_.say({"copy", row.id, "to"}, "goes to nobody",
                          "Permitted: at least one { side = ..., role = ... }.");
        }
        check_targets({"copy", row.id, "to"}, row.to, findings_);
        procedure_of_copy(row);
    }

    void event(const NamedEvent& row) {
        findings_.common("event", row);
        if (lists(known_events(), row.id)) {
            findings_.say({"event", row.id, "id"}, quoted(row.id) + " is an event every policy has",
                          "Choose another id, or leave the row out.");
        }
        findings_.all_known({"event", row.id, "stages"}, "stage", row.stages, stages_);
        const Words circumstances = ids(policy_.circumstances);
        findings_.all_known({"event", row.id, "sets"}, "circumstance", row.sets, circumstances);
        findings_.all_known({"event", row.id, "clears"}, "circumstance", row.clears, circumstances);
        findings_.all_known({"event", row.id, "needs"}, "need", row.needs,
                            {"text", "deadline", "contact", "members"});
        enters(row);
        members(row);
    }

    void route(const Route& row) {
        findings_.common("route", row);
        const At role{"route", row.id, "role"};
        if (!row.role.empty() && !lists(roles_, row.role)) {
            findings_.say(role, "no rule asks for the role " + quoted(row.role),
                          permitted(row.role, roles_));
        }
        if (row.role == "raiser") {
            findings_.say(role, "the raiser is the person who raised the case",
                          "Permitted: another role.");
        }
        if (row.to.empty()) {
            findings_.say({"route", row.id, "to"}, "leads to nobody",
                          "Permitted: at least one { role = ... }.");
        }
        check_when(policy_, {"route", row.id, "when"}, row.when, findings_);
    }

    void form(const Form& row) {
        findings_.common("form", row);
        findings_.all_known({"form", row.id, "stages"}, "stage", row.stages, stages_);
        if (row.return_to) {
            check_targets({"form", row.id, "return_to"}, {*row.return_to}, findings_);
        }
        std::set<std::string> seen;
        for (const FormPart& part : row.parts) {
            const At at{"form", row.id, "part"};
            if (!seen.insert(part.id).second) {
                findings_.say(at, "a second part has the id " + quoted(part.id),
                              "Give each its own id.");
            }
            check_targets(at, {part.filled_by}, findings_);
        }
    }

    void guard(const Guard& row) {
        findings_.common("guard", row);
        Words moments{"raise", "prompt", "immediate-risk", "urgent", "same-agency"};
        for (const ReasonOption& reason : policy_.reasons) moments.push_back("reason:" + reason.id);
        for (const std::string& tag : known_tags()) moments.push_back("tag:" + tag);
        for (const NamedEvent& event : policy_.events) moments.push_back("event:" + event.id);
        findings_.known({"guard", row.id, "when"}, "moment", row.when, moments);
        findings_.all_known({"guard", row.id, "stages"}, "stage", row.stages, stages_);
        check_when(policy_, {"guard", row.id, "when_case"}, row.when_case, findings_);
    }

    void phrase(const Phrase& row) {
        findings_.common("phrase", row);
        findings_.all_known({"phrase", row.id, "stages"}, "stage", row.stages, stages_);
    }

    void report(const BoardReport& row) {
        findings_.common("report", row);
        check_targets({"report", row.id, "to"}, row.to, findings_);
        if (row.to.empty()) {
            findings_.say({"report", row.id, "to"}, "goes to nobody",
                          "Permitted: at least one { side = ..., role = ... }.");
        }
        const bool once = row.every == BoardReport::Every::once;
        if (once && row.after) {
            findings_.say({"report", row.id, "after"}, "is for a report on a quarter or a year",
                          "Leave it out: a report on a case is sent when the case ends.");
        }
        if (!once && !row.from_stage.empty()) {
            findings_.say({"report", row.id, "from_stage"}, "is for a report on each case",
                          "Leave it out, or say every = \"case\".");
        }
        const auto counts_days = [](Unit unit) {
            return unit == Unit::working_days || unit == Unit::working_weeks ||
                   unit == Unit::calendar_days || unit == Unit::calendar_months;
        };
        if (row.after && !counts_days(row.after->unit)) {
            findings_.say({"report", row.id, "after"},
                          "\"" + to_text(*row.after) + "\" does not end on a day",
                          "Permitted: working days or weeks, calendar days or months.");
        }
    }

    void priority(const Priority& row) {
        findings_.common("priority", row);
        if (row.id != "standard") return;
        findings_.say({"priority", row.id, "id"}, "\"standard\" is the level without a row",
                      "Leave the row out.");
    }

private:
    void procedure_of_copy(const Copy& row) {
        const At at{"copy", row.id, "procedure"};
        findings_.known(at, "procedure", row.procedure, ids(policy_.procedures));
        const Stage* stage = find_stage(policy_, row.stage.empty() ? row.from_stage : row.stage);
        if (stage != nullptr && !row.procedure.empty() && stage->procedure != row.procedure) {
            findings_.say(at, "the stage " + quoted(stage->id) + " belongs to another procedure",
                          "Permitted: " + quoted(stage->procedure) + ".");
        }
        const At when{"copy", row.id, "when"};
        check_when(policy_, when, row.when, findings_);
        const std::string procedure = stage != nullptr ? stage->procedure : row.procedure;
        if (!procedure.empty() && !row.when.procedure.empty() &&
            !lists(row.when.procedure, procedure)) {
            findings_.say(when,
                          "never holds: the copy belongs to the procedure " + quoted(procedure),
                          "Leave out `procedure`.");
        }
    }

    // Why a list that begins at a stage never hears of an event; empty when it does.
    std::string too_early(const Copy& row) const {
        const NamedEvent* event = find_event(policy_, row.on);
        if (event == nullptr || event->stages.empty() || row.from_stage.empty()) return "";
        const int from = place_of(policy_, row.from_stage);
        const bool before =
            std::all_of(event->stages.begin(), event->stages.end(), [&](const std::string& stage) {
                return place_of(policy_, stage) < from && !lies_in(policy_, row.from_stage, stage);
            });
        return before ? quoted(row.on) + " belongs to stages before " + quoted(row.from_stage) : "";
    }

    void enters(const NamedEvent& row) {
        const At at{"event", row.id, "enters"};
        findings_.known(at, "stage", row.enters, stages_);
        if (row.closes && !row.enters.empty()) {
            findings_.say({"event", row.id, "closes"}, "the event also enters a stage",
                          "Give `enters` or `closes`.");
        }
        const Stage* to = find_stage(policy_, row.enters);
        for (const std::string& word : row.stages) {
            const Stage* from = find_stage(policy_, word);
            if (to == nullptr || from == nullptr || from->procedure == to->procedure) continue;
            findings_.say(at,
                          quoted(row.enters) + " belongs to the procedure " +
                              quoted(to->procedure) + ", " + quoted(word) + " to another",
                          "Permitted: a stage of the same procedure.");
        }
    }

    void members(const NamedEvent& row) {
        const bool named = row.members_at_least > 0 || lists(row.needs, "members");
        if (!row.members_flag.empty() && row.members_at_least == 0) {
            findings_.say({"event", row.id, "members_flag"}, "is asked of no members",
                          "Say how many must carry it: `members_at_least`.");
        }
        if (row.uninvolved && !named) {
            findings_.say({"event", row.id, "uninvolved"}, "is asked of no members",
                          "Add \"members\" to `needs`.");
        }
    }

    const Policy& policy_;
    Findings& findings_;
    Words events_;
    Words stages_;
    Words roles_;
};

}  // namespace

void check_rows(const Policy& policy, Findings& findings) {
    Rows rows(policy, findings);
    for (const Copy& row : policy.copies) rows.copy(row);
    for (const NamedEvent& row : policy.events) rows.event(row);
    for (const Route& row : policy.routes) rows.route(row);
    for (const Form& row : policy.forms) rows.form(row);
    for (const Guard& row : policy.guards) rows.guard(row);
    for (const Phrase& row : policy.phrases) rows.phrase(row);
    for (const BoardReport& row : policy.reports) rows.report(row);
    for (const Priority& row : policy.priorities) rows.priority(row);
    for (const Circumstance& row : policy.circumstances) findings.common("circumstance", row);
    for (const Area& row : policy.areas) findings.common("area", row);
    for (const ReasonOption& row : policy.reasons) findings.common("reason", row);
}

}  // namespace stageclock::checking

// SPDX-License-Identifier: MIT
//
// Updates about time: how urgent a case is, its own deadline, those the parties agree, and the
// version of the policy that counts them.
#include "bot/core/accept_parts.h"
#include "bot/core/ladder.h"

namespace stageclock {
namespace {

// The open duty whose limit the parties may set: the one named, else the only one there is.
const Duty* duty_to_agree(const Case& the_case, const Policy& policy, const std::string& wanted) {
    const Duty* found = nullptr;
    int open = 0;
    for (const DutyRun& run : the_case.duties) {
        const Duty* duty = find_duty(policy, run.duty);
        if (duty == nullptr || !run.open() || duty->due.unit != Unit::by_agreement) continue;
        if (!wanted.empty() && duty->id != wanted) continue;
        found = duty;
        ++open;
    }
    return open == 1 ? found : nullptr;
}

}  // namespace

Verdict set_priority(const Case& the_case, const Rules& rules, const Update& update, Instant now,
                     const std::string& level) {
    if (level == "standard") {
        return one(event_of(the_case, update, EventKind::marked_standard, now));
    }
    if (level_of(rules.policy, level) < 0) {
        return refuse(
            Refused::malformed_field, "/data/priority",
            "The levels of urgency are \"standard\", " + listed(priority_ids(rules.policy)) + ".");
    }
    Event event = event_of(the_case, update, EventKind::marked_urgent, now);
    event.name = level == "urgent" ? "" : level;
    return one(std::move(event));
}

Verdict agree_deadline(const Case& the_case, const Rules& rules, const Update& update,
                       Instant now) {
    const Policy& policy = rules.policy;
    const Duty* duty = duty_to_agree(the_case, policy, update.duty);
    if (duty == nullptr) {
        std::vector<std::string> permitted;
        for (const DutyRun& run : the_case.duties) {
            const Duty* known = find_duty(policy, run.duty);
            if (known != nullptr && run.open() && known->due.unit == Unit::by_agreement) {
                permitted.push_back(run.duty);
            }
        }
        return refuse(Refused::malformed_field, "/data/duty",
                      permitted.empty() ? "Nothing that is owed now has a limit to agree on."
                                        : "Name one of " + listed(permitted) + ".");
    }
    if (!update.deadline || *update.deadline <= update.happened.value_or(now)) {
        return refuse(Refused::missing_field, "/data/deadline",
                      "Say by when it is due: a time ahead, such as 2026-12-23T12:00:00Z.");
    }
    for (const DutyRun& run : the_case.duties) {
        if (run.duty != duty->id || !run.open() || !duty->at_most) continue;
        const auto longest =
            deadline(*duty->at_most, run.basis, policy.readings, rules.calendar).due;
        if (!longest || *update.deadline <= *longest) continue;
        return refuse(Refused::deadline_too_late, "/data/deadline",
                      "The policy permits at most " + to_text(*duty->at_most) + ": until " +
                          to_words(*longest, rules.calendar.zone()) + ".",
                      duty->clauses);
    }
    Event event = event_of(the_case, update, EventKind::deadline_agreed, now);
    event.rule = duty->id;
    event.deadline = update.deadline;
    event.clauses = duty->clauses;
    return one(std::move(event));
}

// `rules` are those of the version the case is to be judged by from now on.
Verdict migrate(const Case& the_case, const Rules& rules, const Update& update, Instant now) {
    const Policy& policy = rules.policy;
    if (update.text.empty()) {
        return refuse(Refused::missing_field, "/data/text", "Say why the case is migrated.");
    }
    const Stage* stage = find_stage(policy, the_case.stage);
    if (stage == nullptr || stage->procedure != the_case.procedure) {
        return refuse(Refused::unknown_stage, "/data/stage",
                      "The present policy has no stage \"" + the_case.stage +
                          "\" in a procedure \"" + the_case.procedure +
                          "\": this case ends under the version it has.");
    }
    if (the_case.policy == policy.id && the_case.policy_version == policy.version &&
        the_case.policy_digest == policy.digest) {
        return refuse(Refused::malformed_field, "/subject",
                      "This case is judged by the present version already.");
    }
    Event event = event_of(the_case, update, EventKind::migrated, now);
    event.detail = Raised{the_case.board, policy.id, policy.version, policy.digest, "", {}};
    return one(std::move(event));
}

Verdict set_deadline(const Case& the_case, const Update& update, Instant now) {
    if (!update.deadline) {
        return refuse(Refused::missing_field, "/data/deadline",
                      "A protective deadline needs a time, such as 2026-12-23T12:00:00Z.");
    }
    if (the_case.protective_deadline && *update.deadline > *the_case.protective_deadline) {
        return refuse(Refused::deadline_not_shorter, "/data/deadline",
                      "A case's own deadline may only be brought forward (reading R-8).");
    }
    Event event = event_of(the_case, update, EventKind::deadline_set, now);
    event.deadline = update.deadline;
    return one(std::move(event));
}

}  // namespace stageclock

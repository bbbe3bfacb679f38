// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace stageclock {

// Why a notice was sent, or why one was not. Each has one template and one line in the docs.
enum class Reason {
    // notices
    case_raised,          // receipt to the raiser
    challenge_received,   // the other side's practitioner is told of the disagreement
    stage_entered,        // the actors of a stage are told what they owe by when
    duty_started,         // somebody owes something new
    deadline_near,        // reminder before a deadline
    deadline_passed,      // the first prompt after it
    still_overdue,        // the repeats
    still_open,           // no clock runs: the case must not go quiet all the same
    next_officer_due,     // the next named officers: the stage ran out
    became_urgent,        // the clock is now the urgent one
    deadline_changed,     // a new deadline, and why
    copied_by_policy,     // a [[copy]] row
    stage_copy,           // the board's inbox, by its own setting
    case_resolved,
    case_withdrawn,
    case_reopened,
    contact_missing,      // a role nobody is known for
    delivery_failed,      // somebody could not be reached
    // decisions not to tell
    acknowledged,         // quietened
    overtaken,            // a later notice of the same duty is due already
    before_start,         // a reminder would fall before the duty began
    duty_ended,
    // answers to mail
    mail_understood,
    mail_not_understood,
    mail_incomplete,
    mail_claimed,         // a mail whose sender is not proven: its sender confirms it, or does not
    form_read,            // a form came back: its sender confirms what was read in it
    form_not_read,        // ... or is told why it could not be, and what to do
    mail_kept,            // the board: a mail nobody could act on is kept for a person
    // what the board gets beside its cases
    board_report,         // the figures of a quarter or year
    policy_review         // its policy is past its review date
};
// "case-raised", ...: also the name of the template.
std::string_view to_text(Reason reason);
std::optional<Reason> parse_reason(std::string_view text);
// In the order above. A decision not to tell has no words of its own to render.
const std::vector<Reason>& reasons_to_tell();

// Why an update was refused.
enum class Refused {
    unknown_board,
    unknown_case,
    unknown_agency,
    unknown_stage,
    unknown_reason,
    unknown_event,
    unknown_procedure,
    unknown_form,          // or one that is not in use yet
    unknown_subject,
    missing_field,
    malformed_field,
    same_agency,
    case_closed,
    case_open,
    last_stage,
    stage_not_ahead,
    skip_not_permitted,
    skip_needs_reason,
    outcome_missing,       // a stage that follows an outcome nobody recorded yet
    happened_in_future,
    deadline_not_shorter,
    deadline_too_late,     // later than the policy lets the parties agree
    raised_too_late,       // past the policy's limit on raising
    leave_by_event,        // this stage is left by a vote or another event of the policy
    not_a_party,           // not for this side to report
    policy_guard           // what the policy asks of it is not met: a chair, a panel, a supporter
};
std::string_view to_text(Refused refused);

}  // namespace stageclock

// SPDX-License-Identifier: MIT
// The words enumerators are known by in policies, messages and the store. One table each, in the
// order of the enum, so that writing is an index and a missing row does not compile.
#include <array>
#include <cstddef>

#include "bot/core/case.h"
#include "bot/core/notice.h"
#include "bot/core/reason.h"
#include "bot/core/update.h"

namespace stageclock {
namespace {

template <class Enum>
struct Word {
    Enum value;
    std::string_view text;
};

// Every enumerator from the first to `last`, once each and in order.
template <class Enum, std::size_t count>
constexpr bool complete(const std::array<Word<Enum>, count>& words, Enum last) {
    for (std::size_t i = 0; i < count; ++i) {
        if (static_cast<std::size_t>(words[i].value) != i) return false;
    }
    return count == static_cast<std::size_t>(last) + 1;
}

template <class Enum, std::size_t count>
std::string_view text_of(const std::array<Word<Enum>, count>& words, Enum value) {
    return words.at(static_cast<std::size_t>(value)).text;
}

template <class Enum, std::size_t count>
std::optional<Enum> value_of(const std::array<Word<Enum>, count>& words, std::string_view text) {
    for (const Word<Enum>& word : words) {
        if (word.text == text) return word.value;
    }
    return std::nullopt;
}

constexpr auto event_kinds = std::to_array<Word<EventKind>>({
    {EventKind::raised, "raised"},
    {EventKind::stage_entered, "stage-entered"},
    {EventKind::stage_skipped, "stage-skipped"},
    {EventKind::acknowledged, "acknowledged"},
    {EventKind::discussed, "discussed"},
    {EventKind::escalated, "escalated"},
    {EventKind::resolved, "resolved"},
    {EventKind::withdrawn, "withdrawn"},
    {EventKind::marked_urgent, "marked-urgent"},
    {EventKind::marked_standard, "marked-standard"},
    {EventKind::deadline_set, "deadline-set"},
    {EventKind::deadline_agreed, "deadline-agreed"},
    {EventKind::contact_named, "contact-named"},
    {EventKind::contact_unavailable, "contact-unavailable"},
    {EventKind::unreached, "unreached"},
    {EventKind::attested, "attested"},
    {EventKind::outcome_confirmed, "outcome-confirmed"},
    {EventKind::tagged, "tagged"},
    {EventKind::circumstance_set, "circumstance-set"},
    {EventKind::circumstance_cleared, "circumstance-cleared"},
    {EventKind::decided, "decided"},
    {EventKind::reopened, "reopened"},
    {EventKind::reported, "reported"},
    {EventKind::form_returned, "form-returned"},
    {EventKind::migrated, "migrated"},
    {EventKind::duty_started, "duty-started"},
    {EventKind::duty_met, "duty-met"},
    {EventKind::duty_missed, "duty-missed"},
    {EventKind::duty_ended, "duty-ended"},
    {EventKind::told, "told"},
    {EventKind::not_told, "not-told"},
    {EventKind::informed, "informed"},
    {EventKind::settled, "settled"},
});
static_assert(complete(event_kinds, EventKind::settled));

constexpr auto occasions = std::to_array<Word<Occasion>>({
    {Occasion::started, "started"},
    {Occasion::reminder, "reminder"},
    {Occasion::missed, "missed"},
    {Occasion::repeat, "repeat"},
    {Occasion::happened, "happened"},
});
static_assert(complete(occasions, Occasion::happened));

constexpr auto statuses = std::to_array<Word<Status>>({
    {Status::open, "open"},
    {Status::resolved, "resolved"},
    {Status::withdrawn, "withdrawn"},
});
static_assert(complete(statuses, Status::withdrawn));

constexpr auto duty_states = std::to_array<Word<DutyRun::State>>({
    {DutyRun::State::running, "running"},
    {DutyRun::State::missed, "missed"},
    {DutyRun::State::met, "met"},
    {DutyRun::State::met_late, "met-late"},
    {DutyRun::State::ended, "ended"},
});
static_assert(complete(duty_states, DutyRun::State::ended));

constexpr auto update_kinds = std::to_array<Word<UpdateKind>>({
    {UpdateKind::raise, "raise"},
    {UpdateKind::acknowledge, "acknowledge"},
    {UpdateKind::discuss, "discuss"},
    {UpdateKind::escalate, "escalate"},
    {UpdateKind::resolve, "resolve"},
    {UpdateKind::withdraw, "withdraw"},
    {UpdateKind::mark_urgent, "mark-urgent"},
    {UpdateKind::mark_standard, "mark-standard"},
    {UpdateKind::set_priority, "set-priority"},
    {UpdateKind::set_deadline, "set-deadline"},
    {UpdateKind::agree_deadline, "agree-deadline"},
    {UpdateKind::name_contact, "name-contact"},
    {UpdateKind::report_unavailable, "unavailable"},
    {UpdateKind::attest, "attest"},
    {UpdateKind::confirm_outcome, "confirm-outcome"},
    {UpdateKind::tag, "tag"},
    {UpdateKind::decide, "decide"},
    {UpdateKind::reopen, "reopen"},
    {UpdateKind::report_event, "report-event"},
    {UpdateKind::return_form, "return-form"},
    {UpdateKind::report_unreached, "unreached"},
    {UpdateKind::migrate, "migrate"},
});
static_assert(complete(update_kinds, UpdateKind::migrate));

constexpr auto unreached_words = std::to_array<Word<Unreached::How>>({
    {Unreached::How::bounced, "bounced"},
    {Unreached::How::refused, "refused"},
    {Unreached::How::away, "away"},
});
static_assert(complete(unreached_words, Unreached::How::away));

constexpr auto notice_kinds = std::to_array<Word<NoticeKind>>({
    {NoticeKind::receipt, "receipt"},
    {NoticeKind::reminder, "reminder"},
    {NoticeKind::prompt, "prompt"},
    {NoticeKind::copy, "copy"},
    {NoticeKind::outcome, "outcome"},
});
static_assert(complete(notice_kinds, NoticeKind::outcome));

constexpr auto reasons = std::to_array<Word<Reason>>({
    {Reason::case_raised, "case-raised"},
    {Reason::challenge_received, "challenge-received"},
    {Reason::stage_entered, "stage-entered"},
    {Reason::duty_started, "duty-started"},
    {Reason::deadline_near, "deadline-near"},
    {Reason::deadline_passed, "deadline-passed"},
    {Reason::still_overdue, "still-overdue"},
    {Reason::still_open, "still-open"},
    {Reason::next_officer_due, "next-officer-due"},
    {Reason::became_urgent, "became-urgent"},
    {Reason::deadline_changed, "deadline-changed"},
    {Reason::copied_by_policy, "copied-by-policy"},
    {Reason::stage_copy, "stage-copy"},
    {Reason::case_resolved, "case-resolved"},
    {Reason::case_withdrawn, "case-withdrawn"},
    {Reason::case_reopened, "case-reopened"},
    {Reason::contact_missing, "contact-missing"},
    {Reason::delivery_failed, "delivery-failed"},
    {Reason::acknowledged, "acknowledged"},
    {Reason::overtaken, "overtaken"},
    {Reason::before_start, "before-start"},
    {Reason::duty_ended, "duty-ended"},
    {Reason::mail_understood, "mail-understood"},
    {Reason::mail_not_understood, "mail-not-understood"},
    {Reason::mail_incomplete, "mail-incomplete"},
    {Reason::mail_claimed, "mail-claimed"},
    {Reason::form_read, "form-read"},
    {Reason::form_not_read, "form-not-read"},
    {Reason::mail_kept, "mail-kept"},
    {Reason::board_report, "board-report"},
    {Reason::policy_review, "policy-review"},
});
static_assert(complete(reasons, Reason::policy_review));

constexpr auto refusals = std::to_array<Word<Refused>>({
    {Refused::unknown_board, "unknown-board"},
    {Refused::unknown_case, "unknown-case"},
    {Refused::unknown_agency, "unknown-agency"},
    {Refused::unknown_stage, "unknown-stage"},
    {Refused::unknown_reason, "unknown-reason"},
    {Refused::unknown_event, "unknown-event"},
    {Refused::unknown_procedure, "unknown-procedure"},
    {Refused::unknown_form, "unknown-form"},
    {Refused::unknown_subject, "unknown-subject"},
    {Refused::missing_field, "missing-field"},
    {Refused::malformed_field, "malformed-field"},
    {Refused::same_agency, "same-agency"},
    {Refused::case_closed, "case-closed"},
    {Refused::case_open, "case-open"},
    {Refused::last_stage, "last-stage"},
    {Refused::stage_not_ahead, "stage-not-ahead"},
    {Refused::skip_not_permitted, "skip-not-permitted"},
    {Refused::skip_needs_reason, "skip-needs-reason"},
    {Refused::outcome_missing, "outcome-missing"},
    {Refused::happened_in_future, "happened-in-future"},
    {Refused::deadline_not_shorter, "deadline-not-shorter"},
    {Refused::deadline_too_late, "deadline-too-late"},
    {Refused::raised_too_late, "raised-too-late"},
    {Refused::leave_by_event, "leave-by-event"},
    {Refused::not_a_party, "not-a-party"},
    {Refused::policy_guard, "policy-guard"},
});
static_assert(complete(refusals, Refused::policy_guard));

}  // namespace

std::string_view to_text(EventKind kind) { return text_of(event_kinds, kind); }
std::string_view to_text(Occasion occasion) { return text_of(occasions, occasion); }
std::string_view to_text(Status status) { return text_of(statuses, status); }
std::string_view to_text(DutyRun::State state) { return text_of(duty_states, state); }
std::string_view to_text(UpdateKind kind) { return text_of(update_kinds, kind); }
std::string_view to_text(Unreached::How how) { return text_of(unreached_words, how); }
std::string_view to_text(NoticeKind kind) { return text_of(notice_kinds, kind); }
std::string_view to_text(Reason reason) { return text_of(reasons, reason); }
std::string_view to_text(Refused refused) { return text_of(refusals, refused); }

std::optional<EventKind> parse_event_kind(std::string_view text) {
    return value_of(event_kinds, text);
}
std::optional<Occasion> parse_occasion(std::string_view text) { return value_of(occasions, text); }
std::optional<DutyRun::State> parse_duty_state(std::string_view text) {
    return value_of(duty_states, text);
}
std::optional<UpdateKind> parse_update_kind(std::string_view text) {
    return value_of(update_kinds, text);
}
std::optional<Unreached::How> parse_unreached(std::string_view text) {
    return value_of(unreached_words, text);
}
std::optional<NoticeKind> parse_notice_kind(std::string_view text) {
    return value_of(notice_kinds, text);
}
const std::vector<Reason>& reasons_to_tell() {
    static const std::vector<Reason> told = [] {
        std::vector<Reason> all;
        for (const auto& row : reasons) {
            if (row.value < Reason::acknowledged || row.value > Reason::duty_ended) {
                all.push_back(row.value);
            }
        }
        return all;
    }();
    return told;
}
std::optional<Reason> parse_reason(std::string_view text) { return value_of(reasons, text); }

std::string Event::word() const {
    switch (kind) {
        case EventKind::reported: return name;
        case EventKind::duty_met: return "met:" + rule;
        case EventKind::duty_missed: return "missed:" + rule;
        case EventKind::circumstance_set: return "circumstance:" + name;
        case EventKind::told: return "sent:" + rule;
        case EventKind::form_returned: return "form-returned:" + name;
        default: return std::string(to_text(kind));
    }
}

std::string Notice::key() const {
    std::string key = ref + "/" + rule;
    key.append("/").append(to_text(kind));
    key.append("/").append(to_text(reason));
    key.append("/").append(std::to_string(occurrence));
    return key + "/" + to.id + "/" + channel + "/" + destination;
}

}  // namespace stageclock

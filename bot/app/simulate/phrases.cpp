// SPDX-License-Identifier: MIT
#include "bot/app/simulate/phrases.h"

#include <cstdlib>

#include "bot/app/model_words.h"

namespace stageclock::simulate {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

std::string two_digits(long long number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

// "Mon 21 Dec"; the year is on the deadline already.
std::string brief_day(Date date) {
    const std::string whole = model_words::short_date(date);
    constexpr std::size_t year_length = 5;
    std::string brief = whole.substr(0, whole.size() - year_length);
    if (const auto gap = brief.find("  "); gap != std::string::npos) brief.erase(gap, 1);
    return brief;
}

std::string stage_words(const std::string& id, const Policy& policy) {
    const Stage* stage = find_stage(policy, id);
    return stage != nullptr ? id + ", " + stage->title : id;
}

std::string at(const std::optional<Instant>& instant, const Zone& zone) {
    return instant ? clock_face(*instant, zone) : "no time";
}

// The role and side, never the person.
std::string contact_words(const Event& event) {
    const auto* contact = std::get_if<Contact>(&event.detail);
    if (contact == nullptr) return "";
    return ": " + contact->role + " of the " + std::string(to_text(contact->side)) + " side";
}

// The role, never the address.
std::string unreached_words(const Event& event) {
    const auto* missed = std::get_if<Unreached>(&event.detail);
    if (missed == nullptr) return event.word();
    std::string words = event.word() + " (" + std::string(to_text(missed->how)) + ")";
    if (!missed->role.empty()) words += ": " + missed->role;
    if (missed->side != Side::none) words += " of the " + std::string(to_text(missed->side));
    return words + (missed->side == Side::none || missed->side == Side::board ? "" : " side");
}

std::string side_words(Side side) {
    if (side == Side::raising || side == Side::receiving) {
        return "the " + std::string(to_text(side)) + " side";
    }
    return side == Side::board ? "the board" : "somebody";
}

}  // namespace

std::string clock_face(Instant instant, const Zone& zone) {
    const LocalTime local = zone.local(instant);
    const Date day = std::chrono::floor<days>(local);
    const auto minute = std::chrono::floor<minutes>(local - LocalTime{day});
    const auto second = (local - LocalTime{day}) - minute;
    std::string text =
        std::string(weekday_short(day)) + " " + to_text(day) + " " + to_text(TimeOfDay{minute});
    if (second != seconds{0}) text += ":" + two_digits(second.count());
    const auto shift = zone.local(instant + days{1}) - zone.local(instant - days{1}) - days{2};
    if (shift != seconds{0}) text.append(" ").append(zone.abbreviation(instant));
    return text;
}

std::string local_rfc3339(Instant instant, const Zone& zone) {
    const LocalTime local = zone.local(instant);
    const seconds offset = local.time_since_epoch() - instant.time_since_epoch();
    std::string text = to_rfc3339(Instant{local.time_since_epoch()});
    text.pop_back();  // the Z
    const long long of_day = std::abs(offset.count()) / 60;
    return text + (offset < seconds{0} ? "-" : "+") + two_digits(of_day / 60) + ":" +
           two_digits(of_day % 60);
}

std::string who(const Recipient& recipient) {
    std::string text = recipient.title.empty() ? recipient.role : recipient.title;
    if (recipient.side == Side::board) text += ", board";
    if (recipient.side == Side::raising || recipient.side == Side::receiving) {
        text += ", " + std::string(to_text(recipient.side)) + " side (" + recipient.agency + ")";
    }
    // A contact of the case has colons in its id, a post of the directory has none.
    const bool post = recipient.id.find(':') == std::string::npos && !recipient.id.empty();
    if (post) text += ", post " + recipient.id;
    return recipient.route.empty() ? text : text + ", by route " + recipient.route;
}

std::string who(const std::vector<Recipient>& people) {
    std::string text;
    for (const Recipient& person : people) text += (text.empty() ? "" : "; ") + who(person);
    return text;
}

std::string clause_list(const std::vector<std::string>& clauses) {
    return clauses.empty() ? "" : "  [" + model_words::joined(clauses, " ") + "]";
}

std::string due_words(const Deadline& deadline, const Zone& zone) {
    if (!deadline.due) return "no deadline";
    return "due " + clock_face(*deadline.due, zone) +
           (deadline.beyond_calendar ? " (provisional: beyond the list of holidays)" : "");
}

std::string basis_words(const Deadline& deadline, const Zone& zone) {
    const Trace& trace = deadline.trace;
    std::string text = trace.rule;
    if (!trace.reading.empty()) text += (text.empty() ? "" : ": ") + trace.reading;
    text += ", from " + clock_face(trace.start, zone);
    if (!trace.start_event.empty()) text += " (" + trace.start_event + ")";
    return text;
}

std::string days_words(const Deadline& deadline) {
    std::string text;
    for (const TraceLine& line : deadline.trace.lines) {
        if (!text.empty()) text += ", ";
        text += brief_day(line.date) + " ";
        const bool plain = line.why == "working day " + std::to_string(line.counted);
        const bool weekend = line.why == weekday_name(line.date);
        if (line.counted > 0 && plain) {
            text += "= " + std::to_string(line.counted);
        } else {
            text += weekend ? "(weekend)" : "(" + line.why + ")";
        }
    }
    return text;
}

std::string event_words(const Event& event, const Policy& policy, const Zone& zone) {
    switch (event.kind) {
        case EventKind::stage_entered: return "entered stage " + stage_words(event.stage, policy);
        case EventKind::stage_skipped:
            return "passed over stage " + stage_words(event.stage, policy);
        case EventKind::duty_met:
            return "duty " + event.rule + " met" + (event.name == "late" ? ", late" : "");
        case EventKind::duty_missed: return "duty " + event.rule + " missed";
        case EventKind::duty_ended: return "duty " + event.rule + " ended, no longer owed";
        case EventKind::reported: {
            const NamedEvent* named = find_event(policy, event.name);
            return "event " + event.name + (named != nullptr ? ": " + named->title : "");
        }
        case EventKind::tagged: return "tagged " + event.name;
        case EventKind::discussed:
            return "discussed" + (event.name.empty() ? "" : " by " + event.name);
        case EventKind::deadline_set: return "protective deadline " + at(event.deadline, zone);
        case EventKind::deadline_agreed:
            return "deadline of duty " + event.rule + " agreed, " + at(event.deadline, zone);
        case EventKind::circumstance_set: return "circumstance " + event.name + " holds";
        case EventKind::circumstance_cleared:
            return "circumstance " + event.name + " no longer holds";
        case EventKind::marked_urgent:
            return "priority " + (event.name.empty() ? std::string("urgent") : event.name);
        case EventKind::form_returned: return "form " + event.name + " came back";
        case EventKind::unreached: return unreached_words(event);
        case EventKind::contact_named:
        case EventKind::contact_unavailable: return event.word() + contact_words(event);
        default: return event.word();
    }
}

std::string update_words(const Update& update, const Zone& zone) {
    std::string text(to_text(update.kind));
    if (update.kind == UpdateKind::report_event) text += " " + update.event;
    if (update.kind == UpdateKind::tag) text += " " + update.tag;
    if (update.kind == UpdateKind::return_form) text += " " + update.returned.form;
    if (update.kind == UpdateKind::escalate && !update.stage.empty()) text += " to " + update.stage;
    if (update.kind == UpdateKind::set_priority) text += " " + update.priority;
    if (update.kind == UpdateKind::agree_deadline) text += " of " + update.duty;
    if (!update.contact.role.empty()) {
        text += ", " + std::string(to_text(update.contact.side)) + " " + update.contact.role;
    }
    text += ", by " + side_words(update.by.side);
    if (update.happened && *update.happened != update.received) {
        text += ", happened " + clock_face(*update.happened, zone);
    }
    if (update.deadline) text += ", deadline " + clock_face(*update.deadline, zone);
    return text;
}

std::string_view reason_words(Reason reason) {
    switch (reason) {
        case Reason::case_raised: return "the receipt of whoever raised it";
        case Reason::challenge_received: return "the other side learns of the disagreement";
        case Reason::stage_entered: return "the case has entered this stage";
        case Reason::duty_started: return "something new is owed";
        case Reason::deadline_near: return "the deadline is near";
        case Reason::deadline_passed: return "the deadline has passed";
        case Reason::still_overdue: return "it is still overdue and nobody has acted";
        case Reason::still_open: return "no clock runs, and the case must not go quiet";
        case Reason::next_officer_due: return "the stage ran out: the next named officers";
        case Reason::became_urgent: return "the case became urgent";
        case Reason::deadline_changed: return "the deadline is another one now";
        case Reason::copied_by_policy: return "the policy copies this";
        case Reason::stage_copy: return "the board has asked for copies at this stage";
        case Reason::case_resolved: return "the case was resolved";
        case Reason::case_withdrawn: return "the case was withdrawn";
        case Reason::case_reopened: return "the case was reopened";
        case Reason::contact_missing: return "nobody is known for a role";
        case Reason::delivery_failed: return "somebody could not be reached";
        case Reason::board_report: return "the report of the period is ready";
        case Reason::policy_review: return "the policy is past its review date";
        case Reason::acknowledged: return "spared: they have acknowledged at this stage (R-11)";
        case Reason::overtaken: return "overtaken: a later notice speaks for it";
        case Reason::before_start: return "it would lie before the duty began";
        case Reason::duty_ended: return "the duty is over";
        default: return to_text(reason);
    }
}

}  // namespace stageclock::simulate

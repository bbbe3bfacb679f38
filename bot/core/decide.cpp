// SPDX-License-Identifier: MIT
//
// decide() alternates two steps until neither has anything to add: settle() draws what follows from
// what happened, run_clocks() finds what the passing of time has made due. A missed deadline is
// itself something that happened.
#include "bot/core/decide.h"

#include <algorithm>

#include "bot/core/decide_work.h"
#include "bot/core/ladder.h"
#include "bot/core/ways.h"

namespace stageclock {
namespace deciding {
namespace {

constexpr int runs_apart = 1000;

// A form is in use from the stages it names on (NSOM-19: "at stages 3 and 4", not before).
bool form_is_open(const Work& work, const std::string& id) {
    const Form* form = find_form(work.rules.policy, id);
    if (form == nullptr) return false;
    const auto& entries = work.the_case.entries;
    return form->stages.empty() ||
           std::any_of(entries.begin(), entries.end(), [&](const StageEntry& entry) {
               return std::any_of(form->stages.begin(), form->stages.end(), [&](const auto& of) {
                   return lies_in(work.rules.policy, entry.stage, of);
               });
           });
}

bool told_already(const Work& work, const Recipient& recipient, const Wording& wording) {
    const std::string address = folded(recipient.address);
    return std::any_of(work.notices.begin(), work.notices.end(), [&](const Notice& notice) {
        // Repeats speak for each other; what is asked for the first time is asked for each duty.
        const bool other = notice.rule != wording.rule && notice.reason != Reason::still_overdue &&
                           notice.reason != Reason::deadline_near;
        return !other && notice.reason == wording.reason && notice.scheduled == wording.scheduled &&
               (wording.form.empty() || notice.form == wording.form) &&
               folded(notice.to.address) == address && notice.reason != Reason::copied_by_policy &&
               notice.reason != Reason::duty_started;
    });
}

// A reminder waits for the recipient's hours, but never past the deadline it reminds of.
std::optional<Instant> hold_of(const Work& work, const Notice& notice) {
    if (notice.kind != NoticeKind::reminder || notice.urgent) return std::nullopt;
    const Post* post = find_post(work.rules.directory, notice.to.id);
    if (post == nullptr || post->window.empty()) return std::nullopt;
    const auto open = opening(post->window, work.now, work.rules.calendar);
    if (!open || *open == work.now || open >= notice.deadline) return std::nullopt;
    return open;
}

Notice notice_for(const Work& work, const Recipient& recipient, const Wording& wording) {
    Notice notice;
    notice.ref = work.the_case.ref;
    notice.board = work.rules.board.id;
    notice.rule = wording.rule;
    notice.kind = wording.kind;
    notice.reason = wording.reason;
    notice.occurrence = wording.occurrence;
    notice.to = recipient;
    notice.channel = "mail";
    notice.destination = recipient.address;
    notice.scheduled = wording.scheduled;
    notice.decided = work.now;
    notice.stage = wording.stage.empty() ? work.the_case.stage : wording.stage;
    const Stage* stage = find_stage(work.rules.policy, notice.stage);
    notice.stage_title = stage != nullptr ? stage->title : notice.stage;
    notice.title = wording.title;
    notice.ask = wording.ask;
    if (!recipient.note.empty()) notice.ask += " " + recipient.note;
    if (wording.deadline != nullptr) {
        notice.deadline = wording.deadline->due;
        notice.provisional = wording.deadline->beyond_calendar;
        notice.trace = wording.deadline->trace;
    }
    notice.form = wording.form;
    notice.urgent = work.the_case.urgent_since.has_value();
    notice.missing = wording.missing;
    notice.clauses = wording.clauses;
    notice.hold_until = hold_of(work, notice);
    return notice;
}

// Roles found missing at the same moment are asked for in one notice. False: none was made yet.
bool added_to_question(Work& work, const std::vector<std::string>& missing, Instant scheduled) {
    bool added = false;
    for (Notice& notice : work.notices) {
        if (notice.reason != Reason::contact_missing || notice.scheduled != scheduled) continue;
        added = true;
        for (const std::string& role : missing) {
            auto& known = notice.missing;
            if (std::find(known.begin(), known.end(), role) == known.end()) known.push_back(role);
        }
    }
    return added;
}

// Whoever is asked something belongs to the case from now on, and who joins a stage; whoever only
// gets a copy, or is asked for an address, does not.
bool brings_in(const Notice& notice) {
    const bool asked = notice.kind == NoticeKind::receipt || notice.kind == NoticeKind::prompt ||
                       notice.kind == NoticeKind::reminder;
    return notice.reason == Reason::stage_entered ||
           (asked && notice.reason != Reason::contact_missing &&
            notice.reason != Reason::copied_by_policy);
}

void remember(Work& work, const Notice& notice) {
    auto& known = work.the_case.informed;
    const auto same = [&](const Recipient& r) { return r.address == notice.to.address; };
    if (!brings_in(notice) || std::any_of(known.begin(), known.end(), same)) return;
    known.push_back(notice.to);
    work.informed.push_back(notice.to);
}

}  // namespace

void emit(Work& work, Event event) {
    work.the_case = apply(std::move(work.the_case), event);
    work.events.push_back(std::move(event));
}

std::vector<Recipient> brought_in(const Work& work, std::vector<Recipient> people) {
    std::erase_if(people, [&](const Recipient& person) {
        return !stageclock::brought_in(work.the_case, work.rules, person.side);
    });
    return people;
}

int tell(Work& work, const std::vector<Recipient>& people, const Wording& asked) {
    Wording wording = asked;
    if (!form_is_open(work, wording.form)) wording.form.clear();
    int told = 0;
    for (const Recipient& recipient : people) {
        if (told_already(work, recipient, wording)) continue;
        Notice notice = notice_for(work, recipient, wording);
        remember(work, notice);
        work.notices.push_back(notice);
        for (Notice& nudge : nudges_beside(notice, work.rules.directory, work.rules.board)) {
            work.notices.push_back(std::move(nudge));
        }
        ++told;
    }
    return told;
}

void tell_of_missing(Work& work, const std::vector<std::string>& missing, Instant scheduled,
                     int occurrence, const std::vector<std::string>& clauses) {
    if (missing.empty() || added_to_question(work, missing, scheduled)) return;
    std::vector<Target> who{{Side::board, "inbox"}, {Side::raising, "raiser"}};
    if (stageclock::brought_in(work.the_case, work.rules, Side::receiving)) {
        who.push_back({Side::receiving, "practitioner"});
    }
    tell(work, fill(work.the_case, who, work.rules, work.now).people,
         {.rule = "contacts",
          .kind = NoticeKind::prompt,
          .reason = Reason::contact_missing,
          .occurrence = occurrence,
          .scheduled = scheduled,
          .stage = "",
          .title = "Contact details are missing",
          .ask = "Please tell us who fills the roles below, with an email address.",
          .deadline = nullptr,
          .form = "",
          .clauses = clauses,
          .missing = missing});
}

// That the first notice of a rule went out may start duties (sent:ID).
void record_sent(Work& work, const std::string& rule, Occasion occasion, int told, Reason reason,
                 const std::vector<std::string>& clauses) {
    if (told == 0) return;
    Event event;
    event.kind = EventKind::told;
    event.at = work.now;
    event.recorded = work.now;
    event.stage = work.the_case.stage;
    event.rule = rule;
    event.clauses = clauses;
    event.detail = Told{occasion, 0, told, reason, work.now};
    emit(work, std::move(event));
}

std::string ask_of(const Work& work, const Duty& duty) {
    const Form* form = find_form(work.rules.policy, duty.form);
    if (form == nullptr || duty.part.empty()) return duty.ask;
    for (const FormPart& part : form->parts) {
        if (part.id != duty.part) continue;
        return duty.ask + (duty.ask.empty() ? "" : " ") + "In the form \"" + form->title +
               "\" this is the part \"" + part.title + "\".";
    }
    return duty.ask;
}

bool limits_stage(const Duty& duty) {
    return std::find(duty.met_by.begin(), duty.met_by.end(), "escalated") != duty.met_by.end();
}

int occurrence_of(const Case& the_case, const DutyRun& run, int number) {
    // At most one run of a duty is open: all others came before it.
    const auto earlier = std::count_if(
        the_case.duties.begin(), the_case.duties.end(),
        [&](const DutyRun& other) { return other.duty == run.duty && !other.open(); });
    return static_cast<int>(earlier) * runs_apart + number;
}

Filled owing(const Work& work, const Duty& duty) {
    const auto filled = [&](const std::vector<Target>& targets) {
        return fill(work.the_case, targets, work.rules, work.now);
    };
    if (!duty.owed_by.empty()) return filled(duty.owed_by);
    const Policy& policy = work.rules.policy;
    const std::string& present = work.the_case.stage;
    // Of a stage with steps, those at the present one.
    const bool here = duty.stage.empty() || lies_in(policy, present, duty.stage);
    const std::string& last = here ? present : duty.stage;
    const int from = std::min(place_of(policy, present), place_of(policy, last));
    std::vector<Target> targets;
    for (const Stage* stage : ladder(work.the_case, work.rules)) {
        const int place = place_of(policy, stage->id);
        const bool reached = place <= place_of(policy, last) || lies_in(policy, stage->id, last);
        if (place < from || !reached) continue;
        targets.insert(targets.end(), stage->actors.begin(), stage->actors.end());
    }
    return filled(targets);
}

}  // namespace deciding

Decision decide(Case the_case, const Rules& rules, Instant now) {
    deciding::Work work{std::move(the_case), rules, now, {}, {}, {}};
    bool more = true;
    while (more) {
        deciding::settle(work);
        more = deciding::run_clocks(work);
    }
    if (!work.informed.empty()) {
        Event informed;
        informed.kind = EventKind::informed;
        informed.at = informed.recorded = now;
        informed.detail = Informed{std::move(work.informed)};
        deciding::emit(work, std::move(informed));
    }
    const auto next = deciding::next_occasion(work);
    return {std::move(work.the_case), std::move(work.events), std::move(work.notices),
            std::move(work.cancelled), next};
}

}  // namespace stageclock
